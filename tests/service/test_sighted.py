"""When and where people were held is told to resolution as the view shows it, and tells namesakes apart."""

import numpy as np

from eyre.ids import record_id
from eyre.model.field_group import FieldGroup
from eyre.model.view import View, view_of
from eyre.resolve.layout import Int64, SightingFeatures
from eyre.resolve.resolve_around import resolve_around
from eyre.resolve.sightings import UNSEEN, sightings_of_rows, state_number
from eyre.service.session_neighbourhood import SessionNeighbourhood
from eyre.sources.manifest import Manifest
from eyre.store.ask_near import ask_sightings
from eyre.store.open_store import Store
from eyre.store.reader import open_reader
from tests.service.rosters import MODEL, NOON, jail, look, page, row

HERE, THERE = jail("inv_here_jail"), jail("inv_there_jail")
AWAY = jail("inv_away_jail", jurisdiction="ocd-division/country:us/state:au/county:test")
DAY = 96  # quarters of an hour
MINUTES = 24 * 60
NAMESAKE = {"LAST": "HAID", "FIRST": "GREGORY", "DOB": ""}
TEN = [row(number) for number in range(10)]


def ids(store: Store, manifest: Manifest, numbers: list[int]) -> list[int]:
    return [record_id(store.record_key, manifest.id, f"B{number:05}") for number in numbers]


def everybody(store: Store) -> View:
    with store.writer.connection() as writer:
        return view_of("test", [number for (number,) in writer.execute("select id from eyre.terms_class")])


def sighted(store: Store, view: View, records: list[int]) -> SightingFeatures:
    asked: Int64 = np.array(sorted(records), dtype=np.int64)
    order = np.searchsorted(asked, records)
    with open_reader(store.reader, view, store.view_key) as session:
        found = ask_sightings(session, asked)
    return sightings_of_rows(len(records), np.arange(len(records)), [column[order] for column in found])


def persons(store: Store, view: View, records: list[int]) -> int:
    with open_reader(store.reader, view, store.view_key) as session:
        return len(set(resolve_around(records, SessionNeighbourhood(session), MODEL).person.tolist()))


def ridden(store: Store) -> None:
    """Somebody leaves the one jail after two days; a namesake was booked into the other before the first look."""
    for day in range(5):
        gone = day > 1
        look(store, HERE, day * DAY, page(*TEN, *([] if gone else [row(50, **NAMESAKE)])))
        look(store, THERE, day * DAY, page(*TEN[:5], row(60, BOOKED="2026-05-03T08:00", **NAMESAKE)))


def test_a_stay_is_known_from_its_booking_to_its_last_sighting(store: Store) -> None:
    ridden(store)
    (left,) = ids(store, HERE, [50])
    (stays,) = ids(store, THERE, [60])
    found = sighted(store, everybody(store), [left, stays])
    noon = int(NOON.timestamp() // 60)
    booked = noon - 3 * MINUTES + 3 * 60  # ten in the morning of the first of May, five hours behind
    assert found.state.tolist() == [state_number("OZ")] * 2
    assert found.source[0] != found.source[1]
    assert found.begun.tolist() == [booked, noon - MINUTES + 60]
    assert found.until.tolist() == [noon + MINUTES, noon + 4 * MINUTES]
    assert found.over.tolist() == [1, 0]


def test_who_may_not_see_custody_does_not_see_when(store: Store) -> None:
    ridden(store)
    records = ids(store, HERE, [50]) + ids(store, THERE, [60])
    shown = everybody(store)
    hidden = view_of("test", shown.visible, masked=FieldGroup.CUSTODY)
    found = sighted(store, hidden, records)
    assert found.begun.tolist() == found.since.tolist() == found.until.tolist() == [UNSEEN, UNSEEN]
    assert found.over.tolist() == [0, 0]
    assert found.state.tolist() == [state_number("OZ")] * 2
    nothing = sighted(store, view_of("test", []), records)
    assert nothing.state.tolist() == [0, 0]
    assert persons(store, shown, records) == 2
    assert persons(store, hidden, records) == 1


def test_namesakes_in_two_states_need_more_than_a_name(store: Store) -> None:
    common = {"LAST": "WRIGHT", "FIRST": "MICHAEL", "DOB": "1984-03-02"}
    for manifest, number in ((HERE, 50), (AWAY, 60)):
        for day, listed in enumerate(([row(number, **common)], [], [])):
            look(store, manifest, (day + 9 * (manifest is AWAY)) * DAY, page(*TEN, *listed))
    records = ids(store, HERE, [50]) + ids(store, AWAY, [60])
    found = sighted(store, everybody(store), records)
    assert found.state.tolist() == [state_number("OZ"), state_number("AU")]
    assert persons(store, everybody(store), records) == 2
