"""The demonstration as data."""

from typing import Any

from eyre.service.demo import DemoStory
from eyre.service.import_delivery import Imported


def demo_data(story: DemoStory) -> dict[str, Any]:
    """The story; of issues only how many there are."""
    return {
        "sources": [imported_data(each) for each in story.sources],
        "seen": story.seen,
        "person": story.shown,
        "why": story.why,
        "narrow": {"purpose": story.narrow_purpose, "persons": story.narrow},
    }


def imported_data(imported: Imported) -> dict[str, Any]:
    """How a delivery went, its issues counted."""
    return {
        "source": imported.source,
        "known": imported.known,
        "rows_in": imported.rows_in,
        "accepted": imported.accepted,
        "quarantined": imported.quarantined,
        "ignored": imported.ignored,
        "changed": imported.changed,
        "dropped": imported.dropped,
        "issues": len(imported.issues),
        "complete": imported.complete,
    }
