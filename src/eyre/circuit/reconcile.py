"""Full reconciliation: at first, and once in a while, a source is asked for everything that it has.

A source that tells only what changed cannot be understood without what was there before, and one that says "nothing
changed" must not be believed for ever.
"""

from collections.abc import Mapping
from datetime import datetime

from eyre.model.ride import Claim
from eyre.sources.fetch_rule import Fetch

WHOLE_AT = "whole-at"
"""Under this name a source's validators tell when the whole was last asked for."""


def whole_due(fetch: Fetch, claim: Claim, now: datetime) -> Fetch | None:
    """Where the whole is to be had at `now`; nothing while it is not due, nor on every other ride after one that
    failed, so that a whole that is not to be had does not keep the changes away."""
    if fetch.reconcile is None or claim.failures % 2:
        return None
    asked = claim.validators.get(WHOLE_AT)
    if asked is not None and now < datetime.fromisoformat(asked) + fetch.reconcile.every:
        return None
    if fetch.reconcile.url is None:
        return fetch
    return fetch.model_copy(update={"url": fetch.reconcile.url, "paging": None})


def asked_with(claim: Claim, fetch: Fetch, whole: Fetch | None) -> dict[str, str]:
    """What the publisher is asked with: all validators that are its own; none for the `whole`, nor for a list that must
    be had in any case, to know whose own page has its turn."""
    if whole is not None or (fetch.detail is not None and fetch.detail.again is not None):
        return {}
    return {name: told for name, told in claim.validators.items() if name != WHOLE_AT}


def to_ask_with(claim: Claim, whole: Fetch | None, told: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The validators to keep after an answer with `told`: those of the whole are not those of the changes."""
    if whole is None:
        return {**({WHOLE_AT: claim.validators[WHOLE_AT]} if WHOLE_AT in claim.validators else {}), **told}
    own = whole.reconcile is not None and whole.reconcile.url is not None
    return {WHOLE_AT: now.isoformat()} | ({} if own else dict(told))
