"""The demonstration as data."""

from typing import Any

from eyre.cli.demo_riding import Demonstrated
from eyre.cli.demo_tellers import circuit_data
from eyre.cli.imported_data import imported_data


def demo_data(done: Demonstrated) -> dict[str, Any]:
    """How it ended; of issues only how many there are."""
    story = done.story
    return {
        "sources": [imported_data(each) for each in done.imported],
        "doors": done.doors,
        "first": done.first,
        "counts": done.counts,
        "circuit": circuit_data(done.status),
        "hours": done.hours,
        "joined": done.joined,
        "seen": story.seen,
        "person": story.shown,
        "custody": story.custody,
        "why": story.why,
        "narrow": {"purpose": story.narrow_purpose, "persons": story.narrow},
    }
