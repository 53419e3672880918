"""The benchmark's data is in the clone, whole, and without what is never used."""

import pyarrow.parquet as pq
import pytest

from bench.data_sets import DATA_SETS, DataSet
from eyre.service.link_fields import never_evidence
from eyre.service.link_mapping import load_mapping
from eyre.service.plan_columns import plan_columns

ROWS = {"febrl3": 5_000, "febrl4": 10_000, "historical_50k": 50_578, "ppl_all": 55_312, "ppl_census_link": 21_274}


@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda each: str(each.name))
def test_a_data_set_is_whole_and_truth_is_all_it_has_besides(data_set: DataSet) -> None:
    assert sum(pq.read_metadata(path).num_rows for path in data_set.files) == ROWS[data_set.name]
    mapping = load_mapping(data_set.mapping)
    for path in data_set.files:
        names = pq.read_schema(path).names
        assert [name for name in names if never_evidence(name)] == ["truth"]
        taken = plan_columns(names, mapping.columns, path).recognised
        assert {"given_name", "surname", "record_id"} <= set(taken.values())
        assert not {"truth", "occupation", "source"} & set(taken)


def test_ages_of_a_census_hold_on_its_day() -> None:
    town = next(each for each in DATA_SETS if each.name == "ppl_all")
    days = {path.parent.name: load_mapping(town.mapping).day_of_file(path) for path in town.files}
    assert {name: day.isoformat() for name, day in days.items() if day} == {
        "town_census2020": "2020-04-01",
        "town_census2030": "2030-04-01",
    }
