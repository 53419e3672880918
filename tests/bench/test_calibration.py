"""The calibration error is that of its definition."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from bench.calibration import calibration, calibration_of_files
from bench.data_sets import DATA_SETS
from bench.reliability_chart import Bin, reliability_chart
from eyre.service.link_mapping import load_mapping


def test_a_known_case() -> None:
    stated = np.array([0.9, 0.9, 0.9, 0.9, 0.5, 0.5, 1.0])
    true = np.array([True, True, True, False, True, False, True])
    found = calibration("known", stated, true)
    assert [each.pairs for each in found.bins] == [2, 4, 1]
    assert [(each.stated, each.true) for each in found.bins] == [(0.5, 0.5), (pytest.approx(0.9), 0.75), (1.0, 1.0)]
    assert found.expected_error == pytest.approx(0.15 * 4 / 7, abs=1e-5)
    assert found.undecided_error == pytest.approx(0.15 * 4 / 6, abs=1e-5)
    assert found.largest_error == pytest.approx(0.15)
    assert found.brier == pytest.approx((3 * 0.01 + 0.81 + 0.5) / 7, abs=1e-5)


def test_honest_probabilities_have_a_small_error_and_boastful_ones_a_large_one() -> None:
    random = np.random.default_rng(1)
    chance = random.random(100_000)
    true = random.random(100_000) < chance
    assert calibration("honest", chance, true).expected_error < 0.01
    assert calibration("boastful", np.where(chance > 0.5, 1.0, 0.0), true).expected_error > 0.2


def test_no_pairs_are_refused() -> None:
    with pytest.raises(ValueError, match="0 probabilities"):
        calibration("none", np.array([]), np.array([], dtype=bool))


def test_pairs_of_files_are_judged_by_their_truth() -> None:
    febrl = DATA_SETS[0]
    found = calibration_of_files(febrl.name, febrl.files, load_mapping(febrl.mapping))
    assert found.pairs > 6_000
    assert found.bins[-1].true > 0.99
    assert found.expected_error < 0.05


def test_a_chart_has_a_dot_a_bin() -> None:
    chart = ET.fromstring(reliability_chart("a < b", [Bin(10, 0.1, 0.2), Bin(1_000, 0.9, 0.8)]))
    dots = [each for each in chart.iter() if each.tag.endswith("circle")]
    assert [(float(dot.attrib["cx"]), float(dot.attrib["cy"])) for dot in dots] == [(80.0, 296.0), (336.0, 104.0)]
    assert float(dots[0].attrib["r"]) < float(dots[1].attrib["r"])
