"""The schedule: which sources are due, who rides them, and how the last ride went.

Leases run by the database's clock, so that a worker whose own clock jumps neither keeps nor loses one by it. What is
due is decided by the instant that the caller gives. A `fence` grows with every claim; only the holder of the latest one
may commit (`hold_lease`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import psycopg
from psycopg.types.json import Jsonb

from eyre.errors import StoreError
from eyre.model.ride import Claim, Finish, RideState, Scheduled
from eyre.store.at_once import one_transaction
from eyre.store.sql_files import read_sql


class LostLeaseError(StoreError):
    """Somebody else rides the source by now: what was fetched for it may not be committed."""

    code = "EYRE-206"


def schedule_rides(connection: psycopg.Connection, rides: Sequence[Scheduled]) -> None:
    """Puts sources on the schedule; of those that are on it only host and bound are brought up to date."""
    each_once = {each.source: each for each in rides}.values()
    told = {
        "sources": [each.source for each in each_once],
        "hosts": [each.host for each in each_once],
        "at_once": [each.at_once for each in each_once],
        "every": [each.every for each in each_once],
        "first_due": [each.first_due for each in each_once],
    }
    connection.execute(read_sql("sql/schedule_rides.sql"), told)


def claim_rides(
    connection: psycopg.Connection, worker: str, *, now: datetime, lease: timedelta, most: int
) -> list[Claim]:
    """At most `most` sources that are due at `now`, the most overdue first, leased to `worker` for so long. Of one host
    no more than it takes at once."""
    told = {"worker": worker, "now": now, "lease": lease, "most": most}
    # sent as one: who is stopped in between would keep all others from claiming
    with one_transaction(connection):
        connection.execute("select from eyre.ride_turn for update", prepare=True)
        claimed = connection.execute(read_sql("sql/claim_rides.sql"), told, prepare=True)
    return sorted((Claim(*row) for row in claimed.fetchall()), key=lambda claim: claim.due)


def hold_lease(connection: psycopg.Connection, claim: Claim) -> None:
    """Makes sure, until the open transaction ends, that the source is still ours. Raises `LostLeaseError`."""
    found = connection.execute(
        "select from eyre.ride where source = %s and fence = %s and leased_until is not null for update",
        [claim.source, claim.fence],
        prepare=True,
    )
    if found.rowcount != 1:
        raise LostLeaseError(
            f"the lease on `{claim.source}` was lost to another worker", remedy="nothing: that one does the work"
        )


def finish_ride(connection: psycopg.Connection, claim: Claim, finish: Finish, *, now: datetime) -> bool:
    """Gives the source back and says when it is due next, in the open transaction or one of its own. Tells whether it
    was still ours; if not, nothing is done."""
    told = {
        "source": claim.source,
        "fence": claim.fence,
        "now": now,
        "next_due": finish.next_due,
        "every": finish.every,
        "trouble": finish.trouble,
        "changed": finish.changed,
        "validators": None if finish.validators is None else Jsonb(dict(finish.validators)),
    }
    return connection.execute(read_sql("sql/finish_ride.sql"), told, prepare=True).rowcount == 1


def keep_leases(connection: psycopg.Connection, worker: str, claims: Sequence[Claim], *, lease: timedelta) -> None:
    """Makes the leases that are still held by `worker` last for so long from now on: a heartbeat."""
    if claims:
        connection.execute(
            "update eyre.ride r set leased_until = clock_timestamp() + %s "
            "from unnest(%s::text[], %s::bigint[]) as c (source, fence) "
            "where r.source = c.source and r.fence = c.fence and r.leased_by = %s and r.leased_until is not null",
            [lease, [claim.source for claim in claims], [claim.fence for claim in claims], worker],
            prepare=True,
        )


def next_due(connection: psycopg.Connection) -> datetime | None:
    """When the next source that nobody rides is due; nothing when there is none."""
    row = connection.execute(
        "select next_due from eyre.ride where leased_until is null or leased_until < clock_timestamp() "
        "order by next_due limit 1",
        prepare=True,
    ).fetchone()
    return row[0] if row else None


def ride_states(connection: psycopg.Connection) -> list[RideState]:
    """The whole schedule, by source. `connection` is a writer's."""
    rows = connection.execute(
        "select source, next_due, leased_until > clock_timestamp() is true, failures, trouble, every, tried_at, "
        "answered_at, changed_at from eyre.ride order by source"
    )
    return [RideState(*row) for row in rows]
