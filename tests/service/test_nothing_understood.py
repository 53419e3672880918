"""What came in the place of a list is no look at it, however few lines it has."""

import pytest

from eyre.custody.run import Run
from eyre.errors import SourceError
from eyre.sources import refusal
from eyre.store.open_store import Store
from eyre.store.runs import runs_of
from tests.service.rosters import NOON, QUARTER, jail, look, page, row

TEN = [row(number) for number in range(10)]


def _runs(store: Store) -> dict[int, list[Run]]:
    with store.writer.connection() as writer:
        records = [record for (record,) in writer.execute("select distinct record from eyre.run order by record")]
        return runs_of(writer, records, until=NOON + 9 * QUARTER)


def test_a_list_of_which_nothing_can_be_understood_is_refused_and_ends_nothing(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN))
    with pytest.raises(SourceError) as refused:
        look(store, manifest, 1, page("500 internal error"))
    assert refused.value.code == refusal.LAYOUT
    assert [run.last for some in _runs(store).values() for run in some] == [NOON + 9 * QUARTER] * 10
    assert look(store, manifest, 2, page(*TEN)).arrived == 0


def test_of_a_short_list_a_row_may_be_all_there_is(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN[:4]))
    assert not look(store, manifest, 1, page("500 internal error")).look.complete


def test_what_is_said_again_after_an_outage_is_read_once(store: Store) -> None:
    manifest = jail()
    for step, rows in enumerate((TEN, [], TEN, [], TEN)):
        look(store, manifest, step, page(*rows))
    for runs in _runs(store).values():
        assert len(runs) == 3
        assert all(run.stay is runs[0].stay for run in runs)


def test_of_a_list_that_stood_in_its_page_many_times_no_more_may_be_lacking(store: Store) -> None:
    manifest = jail()
    look(store, manifest, 0, page(*TEN * 30))
    cut = look(store, manifest, 1, page(*TEN[5:]))
    assert (cut.look.complete, cut.look.reason) == (False, "5 of 10 rows are gone, more than the time explains")
