"""The schedule, as the circuit uses it: sources are put on it, claimed, and given back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from eyre.model.ride import Claim, Finish, RideState, Scheduled
from eyre.service.commit_look import Within
from eyre.service.note_issues import note_trouble
from eyre.service.register import register_manifests
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store, Writer
from eyre.store.rides import claim_rides, finish_ride, hold_lease, keep_leases, next_due, ride_states, schedule_rides
from eyre.store.writing import writing

LEASE = timedelta(seconds=120)
"""A worker that is not heard of for so long has lost its sources. A ride takes a second or two; the heartbeat comes
every `LEASE` / 4."""


def put_on_schedule(store: Store, sources: Sequence[tuple[Manifest, timedelta, datetime]]) -> None:
    """Registers sources and puts them on the schedule: each with how often it is asked at first, and when first. One
    that sends is registered only: nobody asks it."""
    register_manifests(store, [manifest for manifest, _, _ in sources])
    rides = [
        Scheduled(manifest.id, manifest.fetch.host, manifest.fetch.at_once, every, due)
        for manifest, every, due in sources
        if manifest.fetch is not None and manifest.fetch.scheme != "push"
    ]
    with writing(store) as writer:
        schedule_rides(writer, rides)


def claim(store: Store, worker: str, *, now: datetime, most: int, lease: timedelta = LEASE) -> list[Claim]:
    """Sources that are due at `now`, ours for `lease`."""
    with writing(store) as writer:
        return claim_rides(writer, worker, now=now, lease=lease, most=most)


def give_back(claim: Claim, finish: Callable[[bool], Finish], *, now: datetime) -> Within:
    """What makes sure, within a transaction, that the source is still ours, and gives it back when that commits.
    `finish` is told whether anything changed."""

    def within(writer: Writer, changed: bool) -> None:
        hold_lease(writer, claim)
        finish_ride(writer, claim, finish(changed), now=now)

    return within


def give_back_now(store: Store, claim: Claim, finish: Finish, *, now: datetime, unanswered: bool = False) -> bool:
    """Gives the source back in a transaction of its own. Tells whether it was still ours. `unanswered`: its trouble is
    that it could not be asked, which opens an issue."""
    with writing(store) as writer, writer.transaction():
        ours = finish_ride(writer, claim, finish, now=now)
        if ours and unanswered:
            note_trouble(writer, claim.source, finish.trouble, now=now)
        return ours


def stay_alive(store: Store, worker: str, claims: Sequence[Claim], *, lease: timedelta = LEASE) -> None:
    """A heartbeat: what `worker` holds stays its own for another `lease`."""
    with writing(store) as writer:
        keep_leases(writer, worker, claims, lease=lease)


def soonest(store: Store) -> datetime | None:
    """When the next source is due that nobody rides."""
    with writing(store) as writer:
        return next_due(writer)


def schedule_states(store: Store) -> list[RideState]:
    """The whole schedule, by source."""
    with writing(store) as writer:
        return ride_states(writer)
