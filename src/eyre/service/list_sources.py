"""The sources that ship, and those that a store knows."""

from dataclasses import dataclass

from eyre.sources.catalogue import SourceFolder, invented_sources, town_sources
from eyre.store.open_store import Store
from eyre.store.sources import registered_sources


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source that ships; `people` tells whether they are invented or simulated."""

    id: str
    title: str
    publisher: str
    jurisdiction: str
    kind: str
    format: str
    terms: str
    people: str


def shipped_sources() -> tuple[ListedSource, ...]:
    """All sources that come with Eyre."""
    listed = [_listed(each, "invented") for each in invented_sources()]
    return (*listed, *(_listed(each, "simulated") for each in town_sources()))


def _listed(folder: SourceFolder, people: str) -> ListedSource:
    manifest = folder.manifest
    return ListedSource(
        id=manifest.id,
        title=manifest.title,
        publisher=manifest.publisher,
        jurisdiction=manifest.jurisdiction,
        kind=manifest.kind.value,
        format=manifest.format.type,
        terms=manifest.terms,
        people=people,
    )


def stored_sources(store: Store) -> list[str]:
    """The ids of all sources that the store knows."""
    with store.writer.connection() as writer:
        return [source for source, *_ in registered_sources(writer)]
