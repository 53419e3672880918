"""All keys and features are made anew when the model that makes them changes."""

from collections.abc import Iterator

import numpy as np
import psycopg

from eyre.model.field_group import FieldGroup
from eyre.model.view import view_of
from eyre.store.delivery import Made, packed_keys
from eyre.store.reader import open_reader
from eyre.store.replace_made import made_version, replace_made
from tests.resolve.feature_parts import of_parts
from tests.store.town import NAME_KEY, Town, contents, said, taken_back

NEW = Made(packed_keys([(99, FieldGroup.NAME), (99, FieldGroup.NAME)]), of_parts({int(FieldGroup.NAME): b"new"}))


def test_new_ones_replace_all_old_ones(town: Town, owner_url: str) -> None:
    town.deliver([said("k1"), said("k2"), said("k3")])
    town.deliver([taken_back("k3", 1)], 1)
    view = view_of("re-key", [town.jail, town.court])

    def made() -> Iterator[list[tuple[int, Made]]]:
        with open_reader(town.store.reader, view, town.store.view_key) as session:
            for batch in session.all_records(1, FieldGroup.NAME):
                yield [(each.id, NEW) for each in batch]
        yield [(town.id_of("k3"), NEW), (town.id_of("nowhere"), NEW)]

    with town.store.writer.connection() as writer:
        assert made_version(writer) == ""
        assert replace_made(writer, "2", made()) == 2
        assert made_version(writer) == "2"
    with open_reader(town.store.reader, view, town.store.view_key) as session:
        assert len(session.records_by_keys(np.array([NAME_KEY + 1]))[0]) == 0
        _, records = session.records_by_keys(np.array([99]))
    assert sorted(records.tolist()) == sorted([town.id_of("k1"), town.id_of("k2")])
    with psycopg.connect(owner_url) as owner:
        kept = owner.execute("select distinct features, keys from eyre.record_features").fetchall()
    assert kept == [(NEW.features, (99).to_bytes(8, "big"))]
    town.deliver([taken_back("k1", 2), taken_back("k2", 2)], 2)
    assert contents(owner_url, ["record_key"]) == {"record_key": []}
