"""After a purge the store is as one that never held the record (law L2), and stays so."""

from collections.abc import Callable

from eyre.model.judgement import Judgement, Verdict
from eyre.store.delivery import QuarantinedRow
from eyre.store.judgements import put_judgement
from eyre.store.open_store import Store
from eyre.store.purge_record import purge_record
from tests.store.town import START, Town, contents, said

WITHOUT_PURGED = (
    "record",
    "record_version",
    "record_said",
    "record_features",
    "record_key",
    "judgement",
    "quarantined",
    "issue",
)


def test_a_purge_leaves_what_a_store_has_that_never_held_it(
    town: Town, owner_url: str, other_town: Callable[[Store], tuple[Town, str]]
) -> None:
    bad = QuarantinedRow("row 7", "torn", ("too short",), "k1")
    town.deliver([said("k1"), said("k2")], 0, quarantined=[bad])
    town.deliver([said("k1", 1, status="released"), said("k2", 1)], 1)
    left, right = sorted((town.id_of("k1"), town.id_of("k2")))
    with town.store.writer.connection() as writer:
        put_judgement(writer, Judgement(left, right, Verdict.DIFFERENT, "clerk", "another person", START))
        assert purge_record(writer, town.id_of("k1"), purged_at=START).was_there
        assert not purge_record(writer, town.id_of("k1"), purged_at=START).was_there
    never, url = other_town(town.store)
    never.deliver([said("k2")], 0)
    never.deliver([said("k2", 1)], 1)
    assert contents(owner_url, WITHOUT_PURGED) == contents(url, WITHOUT_PURGED)


def test_a_purged_record_is_ignored_when_it_comes_again(town: Town, owner_url: str) -> None:
    with town.store.writer.connection() as writer:
        assert not purge_record(writer, town.id_of("k1"), purged_at=START).was_there
    bad = QuarantinedRow("row 7", "torn", ("too short",), "k1")
    outcome = town.deliver([said("k1"), said("k1"), said("k2")], quarantined=[bad])
    assert (outcome.accepted, outcome.ignored, outcome.quarantined) == (1, 2, 1)
    assert [row[0] for row in contents(owner_url)["record"]] == [town.id_of("k2")]
    assert contents(owner_url)["quarantined"] == []
