"""The story that `eyre demo` tells: what was read, who was found, one person, why, and what a narrower view sees."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from eyre.errors import InputError
from eyre.model.field_group import FieldGroup
from eyre.resolve.explain import explain_pair
from eyre.resolve.layout import SCALE
from eyre.resolve.model import Model
from eyre.service.import_delivery import Imported, Received, import_delivery
from eyre.service.open_view import open_view
from eyre.service.person_around import around
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_view import ResolvedView, resolve_view
from eyre.service.show_person import PersonProfile, show_person
from eyre.service.why_two import Why, why_two
from eyre.sources.catalogue import SourceFolder
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession
from eyre.store.sources import registered_sources

WIDE = "custody_operations"
NARROW = "public_inquiry"

_TRIED = 100
_AT_ONCE = 2  # while the database takes one delivery in, the next one is read

Note = Callable[[str, str], None]
"""Told what begins (`import`, `resolve`, `explain`) and on what."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a purpose sees: how many records, and how many persons they make."""

    purpose: str
    records: int
    persons: int
    of_several_sources: int


@dataclass(frozen=True, slots=True)
class DemoStory:
    """`shown` is a person whose records come from the most sources; `why` explains two of its records; `narrow` are the
    persons that a narrower purpose makes of what it sees of the same records."""

    sources: tuple[Imported, ...]
    seen: Seen
    shown: PersonProfile
    why: Why
    narrow_purpose: str
    narrow: tuple[PersonProfile, ...]


def refuse_other_sources(store: Store, shipped: Iterable[str]) -> None:
    """Raises `InputError` when the store holds sources that do not ship: a demonstration is not to be mixed in."""
    with store.writer.connection() as writer:
        there = {source for source, *_ in registered_sources(writer)}
    if others := sorted(there - set(shipped)):
        raise InputError(
            f"the store holds `{others[0]}`, which is no source of the demonstration",
            remedy="keep invented people apart from real ones: give the demonstration a place of its own, --data-dir",
            code="EYRE-402",
        )


def import_sources(
    store: Store, model: Model, folders: Sequence[SourceFolder], received_at: datetime, note: Note
) -> tuple[Imported, ...]:
    """Takes in the sample delivery of each source; those that were taken before change nothing."""
    refuse_other_sources(store, [folder.manifest.id for folder in folders])
    ensure_keys(store, model)

    def take(folder: SourceFolder) -> Imported:
        note("import", folder.manifest.title)
        with folder.delivery.open("rb") as data:
            return import_delivery(store, folder.manifest, Received(data, folder.as_of, received_at), model)

    largest_first = sorted(folders, key=lambda folder: -folder.delivery.stat().st_size)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        taken = {each.source: each for each in pool.map(take, largest_first)}
    return tuple(taken[folder.manifest.id] for folder in folders)


def tell_story(store: Store, model: Model, imported: tuple[Imported, ...], among: set[str], note: Note) -> DemoStory:
    """Resolves everything that `WIDE` sees, and shows one person; it is looked for among the records of the sources
    `among`."""
    with open_view(store, WIDE) as session:
        note("resolve", WIDE)
        resolved = resolve_view(session, model)
        members = _members(resolved)
        note("explain", WIDE)
        picked, pair = _pick(session, model, _ranked(resolved, members, among))
        shown = show_person(session, model, picked[0], store)
        why = why_two(session, model, *pair)
    with open_view(store, NARROW) as session:
        narrow = _persons_of(session, model, picked, store)
    several = sum(len({resolved.records[row].source for row in rows}) > 1 for rows in members)
    seen = Seen(WIDE, len(resolved.records), len(members), several)
    return DemoStory(imported, seen, shown, why, NARROW, narrow)


def _members(resolved: ResolvedView) -> list[list[int]]:
    """The rows of each person."""
    rows_of: dict[int, list[int]] = {}
    for row, person in enumerate(resolved.person.tolist()):
        rows_of.setdefault(person, []).append(row)
    return list(rows_of.values())


def _ranked(resolved: ResolvedView, members: list[list[int]], among: set[str]) -> list[list[int]]:
    """The records of persons known only to the sources `among`: those of the most sources first, then of the most
    records, then by what sources call their records, which is the same on every machine."""

    def rank(rows: list[int]) -> tuple[int, int, list[tuple[str, str]]]:
        lines = [resolved.records[row] for row in rows]
        return -len({line.source for line in lines}), -len(lines), sorted((line.source, line.key) for line in lines)

    known = [rows for rows in members if len(rows) > 1 and all(resolved.records[row].source in among for row in rows)]
    return [[resolved.records[row].record for row in rows] for rows in sorted(known, key=rank)]


def _pick(session: ReaderSession, model: Model, ranked: Sequence[list[int]]) -> tuple[list[int], tuple[int, int]]:
    """The first person none of whose records speak against each other, and the two of its records, of different
    sources if possible, that hold together by the greatest number of comparisons."""
    for records in ranked[:_TRIED]:
        found = around(session, model, *records)
        explained = {
            pair: explain_pair(found.features, model, found.row_of(pair[0]), found.row_of(pair[1]))
            for pair in combinations(sorted(records), 2)
        }
        if min(each.vote for each in explained.values()) >= round(model.bar * SCALE):
            break
    source_of = {record: said.source for record, said in session.said(records, FieldGroup(0)).items()}

    def rank(pair: tuple[int, int]) -> tuple[bool, int, int]:
        told = sum(part.units != 0 for part in explained[pair].parts)
        return source_of[pair[0]] != source_of[pair[1]], told, explained[pair].total

    return records, max(explained, key=rank)


def _persons_of(session: ReaderSession, model: Model, records: list[int], store: Store) -> tuple[PersonProfile, ...]:
    """The persons that a view makes of those of `records` that it shows, the largest first."""
    left = sorted(session.said(records, FieldGroup(0)))
    profiles: dict[str, PersonProfile] = {}
    for record in left:
        profile = show_person(session, model, record, store)
        profiles[profile.person] = profile
    return tuple(sorted(profiles.values(), key=lambda profile: (-len(profile.records), profile.person)))
