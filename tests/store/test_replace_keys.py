"""All keys are made anew when the model that makes them changes."""

from collections.abc import Iterator, Sequence

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.model.view import view_of
from eyre.store.delivery import Key
from eyre.store.reader import open_reader
from eyre.store.replace_keys import key_version, replace_keys
from tests.store.town import NAME_KEY, Town, said, taken_back


def test_new_keys_replace_all_old_ones(town: Town) -> None:
    town.deliver([said("k1"), said("k2"), said("k3")])
    town.deliver([taken_back("k3", 1)], 1)
    view = view_of("re-key", [town.jail, town.court])

    def keyed() -> Iterator[tuple[int, Sequence[Key]]]:
        with open_reader(town.store.reader, view, town.store.view_key) as session:
            for batch in session.all_records(1, FieldGroup.NAME):
                yield from ((each.id, [(99, FieldGroup.NAME), (99, FieldGroup.NAME)]) for each in batch)
        yield town.id_of("k3"), [(99, FieldGroup.NAME)]
        yield town.id_of("nowhere"), [(99, FieldGroup.NAME)]

    with town.store.writer.connection() as writer:
        assert key_version(writer) == ""
        assert replace_keys(writer, "2", keyed()) == 2
        assert key_version(writer) == "2"
    with open_reader(town.store.reader, view, town.store.view_key) as session:
        assert len(session.records_by_keys(np.array([NAME_KEY + 1]))[0]) == 0
        _, records = session.records_by_keys(np.array([99]))
    assert sorted(records.tolist()) == sorted([town.id_of("k1"), town.id_of("k2")])
