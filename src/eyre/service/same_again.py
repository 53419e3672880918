"""What follows when a publisher says that nothing changed."""

from datetime import datetime

from eyre.service.commit_look import Taken, Within
from eyre.service.look_again import look_again
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store, Writer
from eyre.store.roster import MovedOnError, read_roster
from eyre.store.writing import writing


def same_again(store: Store, manifest: Manifest, at: datetime | None, *, within: Within) -> Taken | None:
    """Notes that the source told at `at` what it told before. No `at`: it speaks for the instant at which it wrote its
    page, so that the same page is no new look. Gives nothing where nothing was seen yet. Another look of the source
    that was committed meanwhile is compared with instead; raises `MovedOnError` when that happens again."""
    with writing(store) as writer:
        try:
            return _noted(writer, manifest, at, within)
        except MovedOnError:
            return _noted(writer, manifest, at, within)


def _noted(writer: Writer, manifest: Manifest, at: datetime | None, within: Within) -> Taken | None:
    with writer.transaction():
        before = read_roster(writer, manifest.id)
    if at is not None and before is not None and at > before.at:
        return look_again(writer, manifest, before, at, within=within)
    with writer.transaction():
        within(writer, False)
    return None
