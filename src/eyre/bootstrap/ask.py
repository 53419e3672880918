"""Asking: a session under a stated purpose, and what its questions are answered with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from eyre.bootstrap.open_house import House
from eyre.resolve.model import Model, default_model
from eyre.service.open_view import open_view
from eyre.service.rekey import ensure_keys
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession


@dataclass(frozen=True, slots=True)
class Answering:
    """What a question is answered with: a session under a purpose, the store behind it, and the model."""

    session: ReaderSession
    store: Store
    model: Model


@contextmanager
def ask(house: House, purpose: str, rekeying: Callable[[], None]) -> Iterator[Answering]:
    """A session under `purpose`; keys that another version made are made anew first, and `rekeying` is
    called before that. Raises `ViewError`."""
    model = default_model()
    ensure_keys(house.store, model, rekeying)
    with open_view(house.store, purpose) as session:
        yield Answering(session, house.store, model)
