"""Law L5 on a hundred thousand generated records: whoever is asked for, the persons are those of all records."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from bench.population import write_population
from eyre.model.judgement import Judgement
from eyre.resolve.features import code, features_of
from eyre.resolve.keys import Keys, keys_of
from eyre.resolve.layout import Int64
from eyre.resolve.model import default_model
from eyre.resolve.neighbourhood import Asked, Near, Sighted, Told
from eyre.resolve.pack_features import PackedFeatures, pack_features
from eyre.resolve.resolve_all import resolve_coded
from eyre.resolve.resolve_around import resolve_around
from eyre.service.arrange_files import arrange_files
from eyre.service.link_columns import said_of
from eyre.service.link_mapping import LinkMapping

MODEL = default_model()
RECORDS = 100_000
SEEDS = 400


@dataclass(frozen=True)
class Rows:
    """Rows of a file as a neighbourhood: a record's id is its row; keys in the order of keys."""

    keys: Keys
    packed: PackedFeatures

    def told(self, records: Int64) -> Told:
        bounds = self.packed.offset
        body = [self.packed.body[bounds[each] : bounds[each + 1]] for each in records.tolist()]
        joined = np.concatenate([np.zeros(0, dtype=np.uint8), *body])
        return Told(records, bounds[records + 1] - bounds[records], joined)

    def sighted(self, _records: Int64) -> Sighted:
        return Sighted()

    def near(self, asked: Asked) -> Near:
        wanted = np.unique(asked.keys)
        first, last = (np.searchsorted(self.keys.key, wanted, side=side) for side in ("left", "right"))
        followed = asked.most.follows(wanted, last - first)
        places = [np.arange(a, b) for a, b in zip(first[followed], last[followed], strict=True)]
        at = np.concatenate([np.zeros(0, dtype=np.int64), *places])
        records = self.keys.row[at].astype(np.int64)
        judgements: Sequence[Judgement] = ()
        return Near(self.keys.key[at], records, wanted[~followed], judgements)


@pytest.mark.slow
def test_every_seed_gives_the_persons_that_a_hundred_thousand_records_give(tmp_path: Path) -> None:
    write_population(tmp_path / "people.parquet", RECORDS, seed=5)
    arranged = arrange_files([tmp_path / "people.parquet"], LinkMapping({"truth": "ignored"}))
    coded = code(said_of(arranged.slots))
    resolution = resolve_coded(coded, MODEL)
    features = features_of(coded, MODEL.frequencies)
    keys = keys_of(features, MODEL)
    order = np.argsort(keys.key, kind="stable")
    house = Rows(Keys(keys.key[order], keys.row[order], keys.groups[order]), pack_features(features))
    person = resolution.person.astype(np.int64)
    assert len(np.unique(person)) < RECORDS * 0.8
    members = {int(root): np.flatnonzero(person == root).tolist() for root in np.unique(person[:SEEDS])}
    for seed in range(SEEDS):
        found = resolve_around([seed], house, MODEL)
        assert found.same_person(seed) == members[int(person[seed])]
    together = resolve_around(list(range(SEEDS)), house, MODEL)
    assert [together.same_person(seed) for seed in range(SEEDS)] == [
        members[int(person[seed])] for seed in range(SEEDS)
    ]
