"""Metrics against a count by hand, pair by pair and record by record."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.resolve.agreement import agreement

LABELS = st.integers(1, 12).flatmap(
    lambda many: st.tuples(*[st.lists(st.sampled_from("abcd"), min_size=many, max_size=many)] * 2)
)


def test_a_known_case() -> None:
    found = agreement(np.array(["p", "p", "p", "q"]), np.array([1, 1, 2, 2]))
    assert (found.precision, found.recall) == (0.5, 1 / 3)
    assert found.f1 == pytest.approx(0.4)
    assert found.bcubed_precision == pytest.approx(0.75)
    assert found.bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found.largest == 2
    assert (found.right, found.said_pairs, found.true_pairs) == (1, 2, 3)
    assert (found.exact, found.cluster_precision, found.cluster_recall) == (0, 0, 0)


def test_a_cluster_is_right_if_it_is_the_same_records() -> None:
    found = agreement(np.array(["p", "p", "q", "r", "r"]), np.array([1, 1, 2, 3, 4]))
    assert (found.exact, found.said_clusters, found.true_clusters) == (2, 4, 3)
    assert (found.cluster_precision, found.cluster_recall) == (2 / 4, 2 / 3)


@given(LABELS)
def test_it_agrees_with_counting_by_hand(labels: tuple[list[str], list[str]]) -> None:
    truth, said = labels
    rows = range(len(truth))
    pairs = list(combinations(rows, 2))
    right = sum(truth[a] == truth[b] and said[a] == said[b] for a, b in pairs)
    together = sum(said[a] == said[b] for a, b in pairs)
    belonging = sum(truth[a] == truth[b] for a, b in pairs)
    shared = [sum(truth[a] == truth[b] and said[a] == said[b] for b in rows) for a in rows]
    groups = [{frozenset(b for b in rows if each[a] == each[b]) for a in rows} for each in labels]
    found = agreement(np.array(truth), np.array(said))
    assert (found.exact, found.true_clusters) == (len(groups[0] & groups[1]), len(groups[0]))
    assert found.precision == (right / together if together else 1.0)
    assert found.recall == (right / belonging if belonging else 1.0)
    assert found.bcubed_precision == pytest.approx(np.mean([shared[a] / said.count(said[a]) for a in rows]))
    assert found.bcubed_recall == pytest.approx(np.mean([shared[a] / truth.count(truth[a]) for a in rows]))


@given(LABELS)
def test_names_of_groups_do_not_matter_and_the_truth_agrees_with_itself(labels: tuple[list[str], list[str]]) -> None:
    truth, said = (np.array(each) for each in labels)
    assert agreement(truth, said) == agreement(np.char.add(truth, "x"), np.array([ord(each) for each in said]))
    assert agreement(truth, truth).f1 == agreement(truth, truth).bcubed_f1 == 1.0


def test_what_does_not_describe_the_same_records_is_refused() -> None:
    with pytest.raises(ValueError, match="2 true labels and 1 said"):
        agreement(np.array(["a", "b"]), np.array([1]))
    with pytest.raises(ValueError, match="0 true labels"):
        agreement(np.array([]), np.array([]))
