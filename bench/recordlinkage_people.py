"""Links a table of people with recordlinkage, in its environment: `python -m bench.recordlinkage_people IN OUT MODE`.

Its documentation's way: a union of blocks, comparisons (Jaro-Winkler .85 for texts, equality for the rest), and the
unsupervised ECM classifier; then connected components. `ecm` ties what the classifier says matches, `ecm95` what it
gives at least .95.
"""

import sys
import time
import warnings
from itertools import combinations

import pandas as pd
import recordlinkage

from bench.peers_told import columns_of, components, tell

TEXTS = ("given_name", "middle_name", "surname", "street", "street_address", "city", "email")
EXACT = ("birth_date", "birth_year", "sex", "ssn", "phone", "house_number", "postal_code", "state")
KEYS = ("given_name", "surname", "birth_date", "birth_year", "postal_code", "street", "street_address", "ssn")
ALONE = ("ssn", "phone", "email")  # keys that are narrow by themselves
LEAST_SAID = 0.7  # of the records; to it, what one side does not say is what both sides differ in
MOST_ALONE = 5_000  # in files as small as this, a name alone is a block too


def main(source: str, target: str, mode: str) -> None:
    """Blocks, compares, classifies, ties and writes `record_id, person_id`."""
    began = time.perf_counter()
    people = pd.read_parquet(source, columns=columns_of(source))
    index = recordlinkage.Index()
    for key in _blocks(people):
        index.block(list(key))
    pairs = index.index(people)
    said = {name for name in people if people[name].notna().mean() >= LEAST_SAID}
    compare = recordlinkage.Compare()
    for name in TEXTS:
        if name in said:
            compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in EXACT:
        if name in said:
            compare.exact(name, name, label=name)
    alike = compare.compute(pairs, people)
    classifier = recordlinkage.ECMClassifier(binarize=0.5)
    matched = classifier.fit_predict(alike)
    if mode == "ecm95":
        matched = classifier.prob(alike).loc[lambda probability: probability >= 0.95].index
    tell(target, list(people["record_id"]), components(len(people), matched), began=began, what="recordlinkage")


def _blocks(people: pd.DataFrame) -> list[tuple[str, ...]]:
    alone = [name for name in ALONE if name in people]
    if len(people) <= MOST_ALONE:
        alone += [name for name in ("given_name", "surname") if name in people]
    rest = [name for name in KEYS if name in people and name not in alone]
    return [*((name,) for name in alone), *combinations(rest, 2)]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(*sys.argv[1:4])
