"""The story that `eyre demo` ends with: who was found, one person, where they were held, why, and what a narrower view
sees."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from eyre.errors import InputError
from eyre.model.field_group import FieldGroup
from eyre.resolve.explain import explain_pair
from eyre.resolve.layout import SCALE
from eyre.resolve.model import Model
from eyre.service.custody_person import PersonCustody, custody_person
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

Note = Callable[[str], None]
"""Told the title of a source that is about to be read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a purpose sees: how many records, and how many persons they make."""

    purpose: str
    records: int
    persons: int
    of_several_sources: int


@dataclass(frozen=True, slots=True)
class DemoStory:
    """`shown` is a person whose records come from several sources, `custody` where they are and were held; `why`
    explains two of its records; `narrow` are the persons that a narrower purpose makes of what it sees of the same
    records."""

    seen: Seen
    shown: PersonProfile
    custody: PersonCustody
    why: Why
    narrow_purpose: str
    narrow: tuple[PersonProfile, ...]


def refuse_other_sources(store: Store, is_invented: Callable[[str], bool]) -> None:
    """Raises `InputError` when the store holds other sources than invented ones: a demonstration is not to be mixed
    in."""
    with store.writer.connection() as writer:
        there = {source for source, *_ in registered_sources(writer)}
    if others := sorted(source for source in there if not is_invented(source)):
        raise InputError(
            f"the store holds `{others[0]}`, which is no source of the demonstration",
            remedy="keep invented people apart from real ones: give the demonstration a place of its own, --data-dir",
            code="EYRE-402",
        )


def import_sources(
    store: Store, model: Model, folders: Sequence[SourceFolder], received_at: datetime, note: Note
) -> tuple[Imported, ...]:
    """Takes in the sample delivery of each source; those that were taken before change nothing."""
    ensure_keys(store, model)

    def take(folder: SourceFolder) -> Imported:
        note(folder.manifest.title)
        with folder.delivery.open("rb") as data:
            return import_delivery(store, folder.manifest, Received(data, folder.as_of, received_at), model)

    largest_first = sorted(folders, key=lambda folder: -folder.delivery.stat().st_size)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        taken = {each.source: each for each in pool.map(take, largest_first)}
    return tuple(taken[folder.manifest.id] for folder in folders)


def count_seen(store: Store, model: Model) -> Seen:
    """What `WIDE` sees, and how many persons that is."""
    with open_view(store, WIDE) as session:
        return _seen(resolve_view(session, model))


def tell_story(store: Store, model: Model, lately: Collection[int]) -> DemoStory:
    """Resolves everything that `WIDE` sees, and shows one person: if possible one of whom a record of `lately` is."""
    with open_view(store, WIDE) as session:
        resolved = resolve_view(session, model)
        picked, pair = _pick(session, model, _ranked(resolved, lately))
        shown = show_person(session, model, picked[0], store)
        custody = custody_person(session, model, picked[0], store)
        why = why_two(session, model, *pair)
    with open_view(store, NARROW) as session:
        narrow = _persons_of(session, model, picked, store)
    return DemoStory(_seen(resolved), shown, custody, why, NARROW, narrow)


def _seen(resolved: ResolvedView) -> Seen:
    members = _members(resolved)
    several = sum(len({resolved.records[row].source for row in rows}) > 1 for rows in members)
    return Seen(resolved.purpose, len(resolved.records), len(members), several)


def _members(resolved: ResolvedView) -> list[list[int]]:
    """The rows of each person."""
    rows_of: dict[int, list[int]] = {}
    for row, person in enumerate(resolved.person.tolist()):
        rows_of.setdefault(person, []).append(row)
    return list(rows_of.values())


def _ranked(resolved: ResolvedView, lately: Collection[int]) -> list[list[int]]:
    """The records of each person who has several: those of `lately` first, then those of the most sources, of the most
    records, and by what sources call their records, which is the same on every machine."""

    def rank(rows: list[int]) -> tuple[bool, int, int, list[tuple[str, str]]]:
        lines = [resolved.records[row] for row in rows]
        named = sorted((line.source, line.key) for line in lines)
        old = not any(line.record in lately for line in lines)
        return old, -len({line.source for line in lines}), -len(lines), named

    known = [rows for rows in _members(resolved) if len(rows) > 1]
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
