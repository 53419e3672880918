"""Keeping what people decided about pairs of records."""

import psycopg

from eyre.errors import NotFoundError
from eyre.ids import format_record_id
from eyre.model.judgement import Judgement


def put_judgement(connection: psycopg.Connection, judgement: Judgement) -> None:
    """Keeps `judgement`; putting it again changes nothing. `connection` is a writer's.

    Raises `NotFoundError` when one of its records is not in the store (any more).
    """
    with connection.transaction():
        connection.execute("lock table eyre.purged in share mode")
        pair = [judgement.left, judgement.right]
        there = {row[0] for row in connection.execute("select id from eyre.record where id = any (%s)", [pair])}
        for record in pair:
            if record not in there:
                raise NotFoundError(f"there is no record `{format_record_id(record)}`")
        connection.execute(
            "insert into eyre.judgement values (%s, %s, %s, %s, %s, %s) on conflict do nothing",
            [*pair, judgement.verdict.value, judgement.actor, judgement.reason, judgement.decided_at],
        )
