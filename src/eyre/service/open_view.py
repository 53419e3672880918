"""Opening a view: a stated purpose, what the terms allow it, and a session that sees no more."""

from collections.abc import Iterator
from contextlib import contextmanager

from eyre.model.view import View
from eyre.store.at_once import at_once
from eyre.store.enter_view import begin_entry
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession, under_view
from eyre.store.sources import terms_classes
from eyre.store.writing import writing
from eyre.terms.decide_view import ClassUnderTerms, decide_view, parse_purpose
from eyre.terms.instrument import Terms
from eyre.terms.load_terms import shipped_terms


def view_for(store: Store, purpose: str, terms: Terms | None = None) -> View:
    """What `purpose` may see of this store. Raises `ViewError` EYRE-501 for a purpose that is not on the list."""
    stated = parse_purpose(purpose)
    with writing(store) as writer, at_once(writer):
        classes = [ClassUnderTerms(each.id, each.terms_ref, each.record_class) for each in terms_classes(writer)]
    return decide_view(terms or shipped_terms(), stated, classes)


@contextmanager
def open_view(store: Store, purpose: str, terms: Terms | None = None) -> Iterator[ReaderSession]:
    """One transaction under the view of `purpose`: every answer in it is of one instant."""
    with begin_entry(store.reader) as entry:
        yield under_view(entry, view_for(store, purpose, terms), store.view_key)
