"""`evaluate`: figures and error classes against what can be counted by hand."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from eyre.errors import InputError
from eyre.resolve.model import default_model
from eyre.resolve.weigh import room_for, weigh_pairs
from eyre.service.evaluate import Evaluation, blind_to, compared, evaluate
from eyre.service.link import link_files
from eyre.service.link_mapping import LinkMapping
from eyre.service.weight_charts import threshold_chart, weight_chart
from eyre.service.weight_curves import threshold_points, weight_bins
from tests.service.link_files_made import write

ROOT = Path(__file__).parents[2]
HEADER = "record_id,given_name,surname,birth_date,ssn,phone,who\n"
PEOPLE = """\
a1,Marisol,Quintero,1984-03-09,512-04-7788,555-301-2210,p
a2,Marisol,Quintero,1984-03-09,512-04-7788,555-301-2210,p
a3,Marisol,Quintero,1984-03-09,512-04-7788,555-301-2210,q
b1,Dwayne,Ostrander,1971-11-30,498-22-1035,,r
b2,Zebulon,Fairweather,1950-01-12,,,r
c1,Petra,Lindqvist,1990-05-05,,,
c2,Petra,Lindqvist,1990-05-05,,,
"""


def evaluated(path: Path, truth: str = "who", columns: dict[str, str] | None = None) -> Evaluation:
    mapping = blind_to(LinkMapping(columns or {}), truth)
    return evaluate(link_files([path], mapping, default_model()), truth, mapping)


@pytest.fixture
def small(tmp_path: Path) -> Evaluation:
    return evaluated(write(tmp_path / "x.csv", HEADER + PEOPLE))


def test_the_figures_are_those_of_a_count_by_hand(small: Evaluation) -> None:
    """Said: {a1 a2 a3} {b1} {b2}; true: {a1 a2} {a3} {b1 b2}; the two without a truth are not judged."""
    quality = small.agreement
    assert (small.records, small.labelled, small.persons) == (7, 5, 4)
    assert (quality.right, quality.said_pairs, quality.true_pairs) == (1, 3, 2)
    assert (quality.exact, quality.said_clusters, quality.true_clusters) == (0, 3, 3)
    assert quality.bcubed_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert quality.bcubed_recall == pytest.approx((1 + 1 + 1 + 1 / 2 + 1 / 2) / 5)


def test_errors_are_told_by_stage_and_pattern_with_record_ids_alone(small: Evaluation) -> None:
    (wrong,) = small.false_positives.classes
    assert (small.false_positives.pairs, wrong.stage, wrong.pairs) == (2, "held", 2)
    assert [(each.left, each.right) for each in wrong.examples] == [("a1", "a3")]  # the other is of the same person
    (missed,) = small.false_negatives.classes
    assert (missed.stage, missed.pattern, missed.pairs) == ("no_shared_key", "surname_differs", 1)
    assert [(each.left, each.right) for each in missed.examples] == [("b1", "b2")]
    assert missed.examples[0].bits < 0


def test_weights_are_counted_once_a_pair(small: Evaluation) -> None:
    counted = [sum(getattr(each, name) for each in small.match_weights) for name in ("true_tied", "true_untied")]
    assert counted == [1, 1]
    assert sum(each.false_tied for each in small.match_weights) == 2
    first = small.thresholds[0]
    assert (first.pairs, first.precision, first.recall) == (3, 1 / 3, 1 / 2)


def test_weights_made_anew_are_those_that_linking_used_and_all_errors_are_explained() -> None:
    mapping = blind_to(LinkMapping({"rec_id": "record_id"}), "truth")
    linked = link_files([ROOT / "bench/data/febrl3.parquet"], mapping, default_model())
    ties = linked.resolution.ties
    again = room_for(len(ties.left))
    weigh_pairs(compared(linked, mapping), linked.model.weight_array(), ties.left, ties.right, again)
    assert np.array_equal(again.total, ties.weight)
    found = evaluate(linked, "truth", mapping)
    assert sum(each.true_tied + each.true_untied for each in found.match_weights) == found.agreement.true_pairs == 6538
    missed = found.false_negatives
    assert missed.pairs == missed.looked_at == sum(each.pairs for each in missed.classes)
    assert missed.pairs == found.agreement.true_pairs - found.agreement.right
    assert {"scored_low", "no_shared_key"} <= {each.stage for each in missed.classes}
    assert found.agreement.f1 > 0.99


def test_curves_of_known_weights() -> None:
    weight, true = np.array([1024, 2048, 4096], dtype=np.int32), np.array([False, True, True])
    points = {each.bits: each for each in threshold_points(weight, true, 4)}
    assert (points[1.0].pairs, points[1.0].precision, points[1.0].recall) == (3, 2 / 3, 2 / 4)
    assert (points[1.5].pairs, points[2.0].pairs, points[2.5].pairs) == (2, 2, 1)
    assert max(points) == 4.0
    bins = weight_bins(weight[true], np.array([-1], dtype=np.int32), weight[~true])
    assert [(each.bits, each.true_tied, each.true_untied, each.false_tied) for each in bins] == [
        (-2.0, 0, 1, 0),
        (0.0, 0, 0, 1),
        (2.0, 1, 0, 0),
        (4.0, 1, 0, 0),
    ]


def test_charts_are_whole_and_say_in_words_what_they_show(small: Evaluation) -> None:
    charts = (
        weight_chart(small.match_weights, small.floor_bits, small.bar_bits),
        threshold_chart(small.thresholds, small.bar_bits),
        weight_chart((), 0, 1),
        threshold_chart((), 1),
    )
    for chart in charts:
        root = ElementTree.fromstring(chart)
        named = {each.get("id"): each.text for each in root}
        assert root.get("aria-labelledby") == "title desc"
        assert named["title"]
        assert named["desc"]
        assert "prefers-color-scheme: dark" in chart
        assert "nan" not in chart
    assert "2 true pairs above the middle line, 2 false ones below" in charts[0]


@pytest.mark.parametrize(
    ("text", "columns", "told"),
    [
        (HEADER + PEOPLE, {"who": "surname"}, "is no evidence of it"),
        ("surname\nLee\n", {}, "names the column `who`, which no file has"),
        ("surname,who\nLee,\n", {}, "no row has a truth in `who`"),
    ],
)
def test_a_truth_that_is_none_is_refused(tmp_path: Path, text: str, columns: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        evaluated(write(tmp_path / "x.csv", text), columns=columns)


def test_every_file_needs_the_truth(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one.csv", "surname,who\nLee,a\n"), write(tmp_path / "two.csv", "surname\nRay\n")
    mapping = blind_to(LinkMapping(), "who")
    with pytest.raises(InputError, match=r"`.*two\.csv` has no column `who`"):
        evaluate(link_files([one, other], mapping, default_model()), "who", mapping)


def test_a_truth_that_bears_the_name_of_a_field_is_no_evidence(tmp_path: Path) -> None:
    rows = "given_name,surname,ssn\nMarisol,Quintero,512-04-7788\nZebulon,Fairweather,512-04-7788\n"
    found = evaluated(write(tmp_path / "x.csv", rows), truth="ssn")
    assert (found.persons, found.false_negatives.pairs) == (2, 1)
