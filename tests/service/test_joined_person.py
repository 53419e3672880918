"""Who a record turns out to be."""

from eyre.ids import format_record_id, parse_record_id
from eyre.service.joined_person import joined_person
from eyre.service.resolve_view import resolve_view
from eyre.service.show_person import show_person
from eyre.service.why_two import why_two
from eyre.store.open_store import Store
from tests.service.house import EVERYTHING, MODEL, partition, seen


def test_a_person_of_several_sources_is_told_by_the_strongest_record_elsewhere(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        resolved = resolve_view(session, MODEL)
        source_of = {line.record: line.source for line in resolved.records}
        several = [each for each in partition(resolved) if len({source_of[record] for record in each}) > 1]
        assert several
        for members in sorted(several, key=min)[:20]:
            record = min(members)
            joined = joined_person(session, MODEL, record)
            assert joined is not None
            assert (joined.record, joined.source) == (format_record_id(record), source_of[record])
            elsewhere = [other for other in members if source_of[other] != source_of[record]]
            bits = {other: why_two(session, MODEL, record, other).bits for other in elsewhere}
            other = parse_record_id(joined.other)
            assert joined.bits == bits[other] == max(bits.values())
            assert joined.other_source == source_of[other]
            assert joined.sources == tuple(sorted({source_of[each] for each in members}))
            names = [field for field in show_person(session, MODEL, record, invented).fields if field.field == "name"]
            said = {value.text.upper() for field in names for value in field.values}
            assert {joined.name.upper(), joined.other_name.upper()} <= said


def test_whom_no_other_source_knows_is_joined_to_nobody(invented: Store) -> None:
    with seen(invented, EVERYTHING) as session:
        resolved = resolve_view(session, MODEL)
        source_of = {line.record: line.source for line in resolved.records}
        alone = [min(each) for each in partition(resolved) if len({source_of[record] for record in each}) == 1]
        assert [joined_person(session, MODEL, record) for record in alone[:20]] == [None] * 20


def test_a_narrow_view_joins_only_what_it_shows(invented: Store) -> None:
    with seen(invented, "public_inquiry") as session:
        resolved = resolve_view(session, MODEL)
        shown = {line.record for line in resolved.records}
        sources = {line.source for line in resolved.records}
        joined = [joined_person(session, MODEL, record) for record in sorted(shown)[:60]]
    assert any(joined)
    for each in joined:
        assert each is None or (parse_record_id(each.other) in shown and set(each.sources) <= sources)
