"""Public data with known truth, and how each is given to `eyre link`: its files and one column mapping."""

from dataclasses import dataclass
from pathlib import Path

import eyre

_HERE = Path(__file__).parent
_TOWN = Path(eyre.__file__).parent / "sources/town"
_TOWN_FILE = "delivery.parquet"


@dataclass(frozen=True)
class DataSet:
    """`files` have a column `truth`, which linking never uses."""

    name: str
    files: tuple[Path, ...]
    mapping: Path


def _town(pattern: str) -> tuple[Path, ...]:
    """The simulated town's sources ship with Eyre, one file each."""
    return tuple(sorted(_TOWN.glob(f"{pattern}/{_TOWN_FILE}")))


def _own(name: str) -> tuple[Path, ...]:
    return (_HERE / "data" / f"{name}.parquet",)


def _mapping(name: str) -> Path:
    return _HERE / "mappings" / f"{name}.yaml"


DATA_SETS = (
    DataSet("febrl3", _own("febrl3"), _mapping("febrl")),
    DataSet("febrl4", _own("febrl4"), _mapping("febrl")),
    DataSet("historical_50k", _own("historical_50k"), _mapping("historical")),
    DataSet("ppl_all", _town("town_*"), _mapping("town")),
    DataSet("ppl_census_link", _town("town_census*"), _mapping("town")),
)
