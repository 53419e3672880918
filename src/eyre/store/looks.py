"""When a source was looked at, what each look told of itself, and whether it was believed to be whole."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import psycopg

from eyre.custody.look import Look, LookFacts
from eyre.store.sql_files import read_sql

MOST_IN_A_STRETCH = 96  # looks in a row of the table: a day's, at one a quarter of an hour


def note_look(
    connection: psycopg.Connection, source: str, facts: LookFacts, look: Look, *, again: datetime | None = None
) -> None:
    """Keeps a look, in a writer's open transaction; `again` is the instant of the look before it, where that told the
    same, byte for byte, and was judged the same."""
    told = {
        "source": source,
        "at": facts.at,
        "rows": facts.rows,
        "declared_total": facts.declared_total,
        "ended_early": facts.ended_early,
        "unsound": facts.unsound,
        "repeats": facts.repeats,
        "complete": look.complete,
        "reason": look.reason,
        "again": again,
        "most": MOST_IN_A_STRETCH,
    }
    if again is not None and connection.execute(read_sql("sql/look_again.sql"), told, prepare=True).rowcount == 1:
        return
    connection.execute(read_sql("sql/note_look.sql"), told, prepare=True)


def looks_around(
    connection: psycopg.Connection, source: str, instants: Iterable[datetime], *, before: int, after: int
) -> list[Look]:
    """The looks of `source` that tell what became of rows first or last listed at one of `instants`: around each at
    least `before` complete ones before it, where there are so many, and `after` complete ones after it, with all that
    lie between; in order."""
    told = {"source": source, "instants": sorted(set(instants)), "before": before + 1, "after": after + 1}
    rows = connection.execute(read_sql("sql/looks_around.sql"), told, prepare=True, binary=True)
    found = {at: Look(at, complete, reason) for stretch, complete, reason in rows for at in stretch}
    return [found[at] for at in sorted(found)]


def last_facts(connection: psycopg.Connection, source: str) -> LookFacts | None:
    """What the latest look of `source` told of itself."""
    row = connection.execute(
        "select instants[cardinality(instants)], rows, declared_total, ended_early, unsound, repeats from eyre.look "
        "where source = %s order by first_at desc limit 1",
        [source],
        prepare=True,
        binary=True,
    ).fetchone()
    return LookFacts(*row) if row else None


def all_facts(connection: psycopg.Connection, source: str) -> list[LookFacts]:
    """What every look of `source` told of itself, in order."""
    rows = connection.execute(
        "select instants, rows, declared_total, ended_early, unsound, repeats from eyre.look where source = %s",
        [source],
        prepare=True,
        binary=True,
    )
    found = [LookFacts(at, *told) for stretch, *told in rows for at in stretch]
    return sorted(found, key=lambda facts: facts.at)


def rewrite_looks(connection: psycopg.Connection, source: str, judged: Sequence[tuple[LookFacts, Look]]) -> None:
    """Replaces every look of `source`: needed when one arrived late and others are judged anew. A stretch each."""
    connection.execute("delete from eyre.look where source = %s", [source])
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.look values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    source,
                    facts.at,
                    [facts.at],
                    facts.rows,
                    facts.declared_total,
                    facts.ended_early,
                    facts.unsound,
                    facts.repeats,
                    look.complete,
                    look.reason,
                )
                for facts, look in judged
            ],
        )
