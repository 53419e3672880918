"""When a source was looked at, what each look told of itself, and whether it was believed to be whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg

from eyre.custody.frozen import is_frozen
from eyre.custody.look import Look, LookFacts
from eyre.store.sql_files import read_sql

MOST_IN_A_STRETCH = 96  # looks in a row of the table: a day's, at one a quarter of an hour


@dataclass(frozen=True, slots=True)
class NotedLook:
    """A look as it is kept: the hash of its bytes, what it told of itself, and how it was judged."""

    content_hash: bytes
    facts: LookFacts
    look: Look


def note_look(connection: psycopg.Connection, source: str, noted: NotedLook, *, again: datetime | None = None) -> None:
    """Keeps a look, in a writer's open transaction; `again` is the instant of the look before it, where that told the
    same, byte for byte, and was judged the same."""
    facts, look = noted.facts, noted.look
    told = {
        "source": source,
        "content_hash": noted.content_hash,
        "at": facts.at,
        "rows": facts.rows,
        "declared_total": facts.declared_total,
        "ended_early": facts.ended_early,
        "unsound": facts.unsound,
        "repeats": facts.repeats,
        "gone": facts.gone,
        "last": facts.last,
        "cut": facts.cut,
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
    looks: list[Look] = []
    since, before_it = None, b""
    for first, stretch, complete, reason, listed, content in rows:
        since = since if since is not None and bytes(content) == before_it else first
        before_it = bytes(content)
        still = since if is_frozen(since, stretch[-1], listed) else None
        looks += [Look(at, complete, reason, still if still != at else None) for at in stretch]
    return looks


def last_facts(connection: psycopg.Connection, source: str) -> LookFacts | None:
    """What the latest look of `source` told of itself."""
    row = connection.execute(
        "select instants[cardinality(instants)], rows, declared_total, ended_early, unsound, repeats, gone, "
        "last_record, cut "
        "from eyre.look where source = %s order by first_at desc limit 1",
        [source],
        prepare=True,
        binary=True,
    ).fetchone()
    return LookFacts(*row) if row else None


def latest_looks(
    connection: psycopg.Connection, source: str, most: int
) -> list[tuple[datetime, datetime, int, int, bool, str]]:
    """The latest `most` stretches of looks, the last one first: first and last instant, looks, rows, whether they are
    complete, and why not. `connection` is a writer's."""
    query = (
        "select first_at, instants[cardinality(instants)], cardinality(instants), rows, complete, reason "
        "from eyre.look where source = %s order by first_at desc limit %s"
    )
    return connection.execute(query, [source, most]).fetchall()


def was_superseded(connection: psycopg.Connection, source: str, content_hash: bytes) -> bool:
    """Whether a look of `source` had these bytes, and a complete one after that had others."""
    query = (
        "select from eyre.look where source = %(source)s and complete and first_at > "
        "(select max(first_at) from eyre.look where source = %(source)s and content_hash = %(content)s) limit 1"
    )
    return connection.execute(query, {"source": source, "content": content_hash}, prepare=True).rowcount > 0


def told_since(connection: psycopg.Connection, source: str, content_hash: bytes, at: datetime) -> bool:
    """Whether a look of `source` before `at` told something of a record that was not said of it when these bytes were
    told last. Where absence says nothing, only such a page is newer than they are."""
    told = {"source": source, "content": content_hash, "at": at}
    return connection.execute(read_sql("sql/told_since.sql"), told, prepare=True).rowcount > 0


def all_facts(connection: psycopg.Connection, source: str) -> list[tuple[bytes, LookFacts]]:
    """The hash of every look of `source` and what it told of itself, in order."""
    rows = connection.execute(
        "select content_hash, instants, rows, declared_total, ended_early, unsound, repeats, gone, last_record, cut "
        "from eyre.look "
        "where source = %s",
        [source],
        prepare=True,
        binary=True,
    )
    found = [(bytes(content), LookFacts(at, *told)) for content, stretch, *told in rows for at in stretch]
    return sorted(found, key=lambda each: each[1].at)


def rewrite_looks(connection: psycopg.Connection, source: str, looks: Sequence[NotedLook]) -> None:
    """Replaces every look of `source`: needed when one arrived late and others are judged anew. A stretch each."""
    connection.execute("delete from eyre.look where source = %s", [source])
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.look values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    source,
                    each.facts.at,
                    [each.facts.at],
                    each.content_hash,
                    each.facts.rows,
                    each.facts.declared_total,
                    each.facts.ended_early,
                    each.facts.unsound,
                    each.facts.repeats,
                    each.facts.gone,
                    each.look.complete,
                    each.look.reason,
                    each.facts.last,
                    each.facts.cut,
                )
                for each in looks
            ],
        )
