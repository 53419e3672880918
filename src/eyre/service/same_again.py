"""What follows when a publisher says that nothing changed."""

from dataclasses import dataclass
from datetime import datetime

from eyre.service.commit_look import Taken, Within
from eyre.service.look_again import look_again
from eyre.service.note_issues import note_answered
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from eyre.store.roster import MovedOnError, read_roster
from eyre.store.writing import writing


@dataclass(frozen=True, slots=True)
class Same:
    """That a source told at `at` what it told before, in pages whose hash is `as_in`, where that is known; it answered
    at `now`. No `at`: it speaks for the instant at which it wrote its page, so that the same page is no new look."""

    at: datetime | None
    now: datetime
    as_in: bytes | None = None


def same_again(store: Store, manifest: Manifest, same: Same, *, within: Within) -> Taken | None:
    """Notes it. Gives nothing where nothing was seen yet.

    Raises `MovedOnError` where another look was committed meanwhile, by hand say: the publisher did not say that it
    tells what stands in that one, so it is to be asked what it tells.
    """
    at, now, as_in = same.at, same.now, same.as_in
    with writing(store) as writer:
        with writer.transaction():
            before = read_roster(writer, manifest.id)
        if at is not None and before is not None and at > before.at:
            if as_in is not None and before.content_hash != as_in:
                raise MovedOnError(f"another look of `{manifest.id}` was committed meanwhile", remedy="ask for it anew")
            return look_again(writer, manifest, before, at, within=within)
        with writer.transaction():
            note_answered(writer, manifest.id, now=now)
            within(writer, False)
    return None
