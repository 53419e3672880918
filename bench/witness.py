"""A witness in the database of who rode what: it writes down every claim and every end of a ride, whatever the workers
themselves say of it."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

_MADE = """
create unlogged table public.claimed (
    source text not null, fence bigint not null, due timestamptz not null, worker text not null, at timestamptz not null
);
create unlogged table public.finished (
    source text not null, fence bigint not null, due timestamptz not null, worker text not null, at timestamptz not null
);
create function public.witness() returns trigger language plpgsql security definer as $$
begin
    if new.fence <> old.fence then
        insert into public.claimed values (new.source, new.fence, old.next_due, new.leased_by, clock_timestamp());
    elsif old.leased_by is not null and new.leased_by is null then
        insert into public.finished values (new.source, new.fence, old.next_due, old.leased_by, clock_timestamp());
    end if;
    return null;
end $$;
create trigger witness after update on eyre.ride for each row execute function public.witness();
"""


@dataclass(frozen=True)
class Ride:
    """One ride that was committed: when it was due, claimed and committed, by the database's clock."""

    source: str
    worker: str
    due: datetime
    claimed_at: datetime
    finished_at: datetime


def call_witness(url: str) -> None:
    """Writes down from now on."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(_MADE)


def forget_until_now(url: str) -> None:
    """Begins anew."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("truncate public.claimed, public.finished")


def rides_due(url: str, begins: datetime, ends: datetime) -> list[Ride]:
    """The rides that were due from `begins` until `ends` and committed."""
    with psycopg.connect(url) as owner:
        rows = owner.execute(
            "select f.source, f.worker, f.due, c.at, f.at from public.finished f "
            "join public.claimed c using (source, fence) where f.due >= %s and f.due < %s order by c.at",
            [begins, ends],
        ).fetchall()
    return [Ride(*row) for row in rows]


def never_claimed(url: str, begins: datetime, ends: datetime) -> int:
    """Sources that are still due at an instant of that time, and that nobody has claimed."""
    with psycopg.connect(url) as owner:
        (many,) = owner.execute(
            "select count(*) from eyre.ride where next_due >= %s and next_due < %s and leased_by is null",
            [begins, ends],
        ).fetchone() or (0,)
    return int(many)


def committed_twice(url: str) -> int:
    """Rides of one source, due at one instant, of which more than one was committed."""
    with psycopg.connect(url) as owner:
        (many,) = owner.execute(
            "select count(*) from (select from public.finished group by source, due having count(*) > 1) twice"
        ).fetchone() or (0,)
    return int(many)


def tried(url: str) -> int:
    """Sources that were ridden at least once, whatever came of it."""
    with psycopg.connect(url) as owner:
        (many,) = owner.execute("select count(*) from eyre.ride where tried_at is not null").fetchone() or (0,)
    return int(many)
