"""One ride: ask, compare, commit, and say when the source is due again."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from eyre.circuit.fetch_details import Details, fetch_details
from eyre.circuit.fetch_source import fetch_source
from eyre.circuit.hold_on import hold_on
from eyre.circuit.pace import Next, Went, next_ride, pace_of
from eyre.circuit.reconcile import asked_with, to_ask_with, whole_due
from eyre.circuit.ride_folder import empty_folder
from eyre.circuit.tools import Tools
from eyre.errors import EyreError, SourceError, StoreError
from eyre.model.ride import Claim, Finish
from eyre.service.commit_look import Taken
from eyre.service.ride_board import give_back, give_back_now
from eyre.service.same_again import Same, same_again
from eyre.service.take_snapshot import Snapshot, content_hash, take_snapshot
from eyre.sources.fetch_rule import Fetch
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetched import Fetched, FetchError, NotChanged, TroubleKind
from eyre.store.rides import LostLeaseError
from eyre.store.roster import MovedOnError

_log = logging.getLogger(__name__)
AHEAD = timedelta(minutes=5)
"""A publisher whose clock is further ahead than this is not believed about when it speaks."""
_CONTENT = "content"
"""Under this name the hash of the pages is kept beside the validators that came with them."""
_OF_THE_HOST = frozenset((TroubleKind.UNREACHABLE, TroubleKind.TIMED_OUT, TroubleKind.BUSY))


class RideEnd(StrEnum):
    """How a ride ended."""

    CHANGED = "changed"
    SAME = "same"
    TROUBLE = "trouble"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Ridden:
    """What came of a ride: `late` is how long after it was due it began; what was `taken`, several files perhaps; how
    many `seconds` it took."""

    source: str
    end: RideEnd
    late: timedelta
    taken: tuple[Taken, ...] = ()
    trouble: str = ""
    bytes_read: int = 0
    seconds: float = 0.0


def ride_source(tools: Tools, claim: Claim) -> Ridden:
    """Rides a source that was claimed. Raises only what no ride can help: a fault of ours, or `StoreGoneError` where
    the store stays away so long that the source cannot even be given back."""
    manifest = tools.manifests[claim.source]
    fetch = manifest.fetch
    began = tools.clock()
    late = max(began - claim.due, timedelta(0))
    if fetch is None:
        raise ValueError(f"`{claim.source}` is on the schedule and has no `fetch`")
    if fetch.scheme == "file":
        return _folder_ridden(tools, claim, (manifest, fetch), late)
    try:
        try:
            taken, size = _ridden(tools, claim, fetch, anew=False)
        except MovedOnError:
            taken, size = _ridden(tools, claim, fetch, anew=True)
    except LostLeaseError:
        return Ridden(claim.source, RideEnd.LOST, late)
    except EyreError as error:
        return _in_trouble(tools, claim, error, late)
    changed = taken is not None and bool(taken.records or taken.noted or taken.withdrawn)
    end = RideEnd.CHANGED if changed else RideEnd.SAME
    return Ridden(claim.source, end, late, () if taken is None else (taken,), bytes_read=size)


def _folder_ridden(tools: Tools, claim: Claim, source: tuple[Manifest, Fetch], late: timedelta) -> Ridden:
    """Each file is a delivery of its own; the source is given back after the last. A worker that lost its lease
    meanwhile did no harm: a file that is taken twice changes nothing."""
    manifest, fetch = source
    try:
        emptied = empty_folder(tools, manifest, fetch)
    except EyreError as error:
        return _in_trouble(tools, claim, error, late)
    now = tools.clock()
    changed = any(taken.records or taken.noted or taken.withdrawn for taken in emptied.taken)
    following = next_ride(claim.source, pace_of(manifest), Next(claim.due, claim.every), Went(changed=changed), now=now)
    trouble = emptied.refused[-1] if emptied.refused else ""
    if not give_back_now(tools.store, claim, Finish(following.due, following.every, trouble, changed), now=now):
        return Ridden(claim.source, RideEnd.LOST, late)
    end = RideEnd.TROUBLE if trouble else RideEnd.CHANGED if changed else RideEnd.SAME
    return Ridden(claim.source, end, late, tuple(emptied.taken), trouble, emptied.bytes_read)


def _ridden(tools: Tools, claim: Claim, fetch: Fetch, *, anew: bool) -> tuple[Taken | None, int]:
    """Asks for what changed since the last ride, or `anew` for everything, and commits it. Gives how many bytes came,
    too."""
    manifest, began = tools.manifests[claim.source], tools.clock()
    whole = whole_due(fetch, claim, began)
    fetched = _asked(tools, manifest, whole or fetch, {} if anew else asked_with(claim, fetch, whole))
    details = hold_on(claim.source, tools.stop, lambda: _details(tools, manifest, fetch, fetched))
    answer = _Answer(fetched, details, whole)
    size = sum(map(len, fetched.pages)) if isinstance(fetched, Fetched) else 0
    return hold_on(claim.source, tools.stop, lambda: _taken(tools, claim, answer, began)), size


def _asked(tools: Tools, manifest: Manifest, fetch: Fetch, validators: Mapping[str, str]) -> Fetched | NotChanged:
    if not tools.breaker.lets_through(fetch.host, tools.clock()):
        raise FetchError(
            TroubleKind.UNREACHABLE, f"`{fetch.host}` failed again and again and is left alone for a while"
        )
    try:
        told = {name: value for name, value in validators.items() if name != _CONTENT}
        fetched = fetch_source(tools, manifest, fetch, validators=told)
    except FetchError as error:
        tools.breaker.note(fetch.host, tools.clock(), failed=error.kind in _OF_THE_HOST)
        raise
    tools.breaker.note(fetch.host, tools.clock(), failed=False)
    return fetched


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a source told, the pages of single rows, where it has them, and where the whole was asked for, if it was."""

    fetched: Fetched | NotChanged
    details: Details | None
    whole: Fetch | None


def _details(tools: Tools, manifest: Manifest, fetch: Fetch, fetched: Fetched | NotChanged) -> Details | None:
    return None if isinstance(fetched, NotChanged) else fetch_details(tools, manifest, fetch, fetched.pages)


def _taken(tools: Tools, claim: Claim, answer: _Answer, began: datetime) -> Taken | None:
    """Commits what was fetched and gives the source back, all in one transaction. Where pages of rows are still to be
    had, the list is asked for again in any case."""
    now, manifest, fetched, details = tools.clock(), tools.manifests[claim.source], answer.fetched, answer.details
    validators: Mapping[str, str] | None = None
    if isinstance(fetched, Fetched):
        known = fetched.validators and (details is None or details.complete)
        told = {**fetched.validators, _CONTENT: content_hash(fetched.pages).hex()} if known else {}
        validators = to_ask_with(claim, answer.whole, told, now)

    def finish(changed: bool) -> Finish:
        ridden = Next(claim.due, claim.every)
        following = next_ride(claim.source, pace_of(manifest), ridden, Went(changed=changed), now=now)
        return Finish(following.due, following.every, "", changed, validators)

    within = give_back(claim, finish, now=now)
    if isinstance(fetched, NotChanged):
        at = began if "last-modified" not in claim.validators else None
        as_in = bytes.fromhex(claim.validators[_CONTENT]) if _CONTENT in claim.validators else None
        return same_again(tools.store, manifest, Same(at, now, as_in), within=within)
    spoken = fetched.spoken_at if details is None else None
    at = spoken if spoken is not None and spoken <= began + AHEAD else began
    snapshot = Snapshot(fetched.pages, at, now, None if details is None else details.pages)
    return take_snapshot(tools.store, manifest, snapshot, tools.model, within=within)


def _is_unanswered(error: EyreError) -> bool:
    """Whether there is no delivery; why one that came was refused was noted with it."""
    return not isinstance(error, SourceError) or isinstance(error, FetchError)


def _in_trouble(tools: Tools, claim: Claim, error: EyreError, late: timedelta) -> Ridden:
    now = tools.clock()
    kind = error.kind.value if isinstance(error, FetchError) else error.code
    trouble = f"{kind}: {error.message}"
    after = error.retry_after if isinstance(error, FetchError) else None
    went = Went(
        failed=True, failed_before=claim.failures, retry_after=None if after is None else timedelta(seconds=after)
    )
    following = next_ride(
        claim.source, pace_of(tools.manifests[claim.source]), Next(claim.due, claim.every), went, now=now
    )
    finish = Finish(following.due, following.every, trouble)
    if not give_back_now(tools.store, claim, finish, now=now, unanswered=_is_unanswered(error)):
        return Ridden(claim.source, RideEnd.LOST, late)
    # a publisher's trouble is daily bread; our own store's is for somebody to mend
    _log.log(logging.ERROR if isinstance(error, StoreError) else logging.INFO, "`%s`: %s", claim.source, trouble)
    return Ridden(claim.source, RideEnd.TROUBLE, late, trouble=trouble)
