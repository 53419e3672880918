"""What is wrong with sources just now."""

from eyre.model.source_issue import OpenIssue
from eyre.store.open_store import Store
from eyre.store.source_issues import open_issues
from eyre.store.writing import writing


def issues_open(store: Store, source: str | None = None) -> tuple[OpenIssue, ...]:
    """The open issues of all sources, or of one, by source and number. They tell of no person."""
    with writing(store) as writer:
        return tuple(open_issues(writer, source))
