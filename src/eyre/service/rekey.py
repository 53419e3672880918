"""Keys and features that another version of the model made are made anew."""

import logging
from collections.abc import Callable, Iterator

from eyre.model.field_group import ALL_GROUPS, PERSON_GROUPS
from eyre.model.view import View
from eyre.resolve.model import Model
from eyre.service.keys_version import keys_version
from eyre.service.make_keys import made_of_persons
from eyre.store.delivery import Made
from eyre.store.open_store import Store
from eyre.store.reader import open_reader
from eyre.store.replace_made import made_version, replace_made
from eyre.store.sources import terms_classes

_log = logging.getLogger(__name__)


def ensure_keys(store: Store, model: Model, begins: Callable[[], None] | None = None) -> bool:
    """Makes the keys and features of every record anew where the stored ones are of another version; tells whether it
    had to.

    To be called before records are taken in or asked for. Others read the old ones until it is done. `begins` is called
    before work that takes a while: about a second for 5,000 records.
    """
    version = keys_version(model)
    with store.writer.connection() as writer:
        stored = made_version(writer)
        if stored == version:
            return False
        if stored and begins is not None:
            begins()
        many = replace_made(writer, version, _made(store, model))
        _log.info("%d keys were made by `%s`, not by `%s`", many, version, stored)
    return True


def _made(store: Store, model: Model) -> Iterator[list[tuple[int, Made]]]:
    with store.writer.connection() as writer:
        everything = View("rekey", {each.id: ALL_GROUPS for each in terms_classes(writer)})
    with open_reader(store.reader, everything, store.view_key) as session:
        for batch in session.all_records(groups=PERSON_GROUPS):
            made = made_of_persons([each.person for each in batch], model)
            yield list(zip((each.id for each in batch), made, strict=True))
