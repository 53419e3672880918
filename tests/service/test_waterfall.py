"""The match-weight chart: its steps are the explanation's parts, it is told in words, and it holds no value unasked."""

import re
from xml.etree import ElementTree

import pytest

from eyre.service.resolve_view import resolve_view
from eyre.service.waterfall import Waterfall, values_of_two, waterfall
from eyre.service.waterfall_chart import waterfall_chart
from eyre.service.why_two import Comparison, Why, why_two
from eyre.store.open_store import Store
from tests.service.house import MODEL, partition, seen

PARTS = (("prior", -20.0), ("given_name", 8.5), ("middle_name", 0.0), ("surname", 9.0), ("birth_date", -1.25))
LONG = "Bartholomew Featherstonehaugh-Cholmondeley of Upper Wallop; " * 4
SVG = "{http://www.w3.org/2000/svg}"


def explained(*parts: tuple[str, float]) -> Why:
    units = [round(bits * 1024) for _, bits in parts]
    return Why(
        left="r0000000000001",
        right="r0000000000002",
        purpose="oversight",
        model="a-model@1",
        same_person=False,
        tied=sum(units) >= 0,
        parts=tuple(
            Comparison(key, f"the {key}", "alike <&>", each, bits)
            for (key, bits), each in zip(parts, units, strict=True)
        ),
        units=sum(units),
        bits=sum(units) / 1024,
        probability=0.07,
        judgements=(),
    )


def bars(chart: str) -> list[tuple[str, float, float]]:
    """The class, left edge and width of each bar."""
    rows = ElementTree.fromstring(chart).iter(f"{SVG}rect")
    return [
        (each.attrib["class"], float(each.attrib["x"]), float(each.attrib["width"]))
        for each in rows
        if "x" in each.attrib
    ]


def test_the_steps_lead_from_nought_to_the_weight() -> None:
    fallen = waterfall(explained(*PARTS), 0.5)
    assert [(each.key, each.begins, each.ends) for each in fallen.steps] == [
        ("prior", 0.0, -20.0),
        ("given_name", -20.0, -11.5),
        ("surname", -11.5, -2.5),
        ("birth_date", -2.5, -3.75),
    ]
    assert fallen.bits == fallen.steps[-1].ends
    assert (fallen.bar_bits, fallen.same_person) == (0.5, False)
    assert all(each.left == each.right == () for each in fallen.steps)


def test_bars_stand_where_the_sum_stood_and_go_where_it_went() -> None:
    drawn = bars(waterfall_chart(waterfall(explained(*PARTS), 0.5)))
    assert [kind for kind, *_ in drawn] == ["other", "one", "one", "other", "sum"]
    prior, given, surname, birth, total = drawn
    pixels = prior[2] / 20.0
    assert given[1] == pytest.approx(prior[1], abs=0.11)
    assert given[2] / pixels == pytest.approx(8.5, abs=0.02)
    assert surname[1] == pytest.approx(given[1] + given[2], abs=0.11)
    assert birth[1] + birth[2] == pytest.approx(surname[1] + surname[2], abs=0.11)
    assert total[1] == pytest.approx(birth[1], abs=0.11)
    assert total[1] + total[2] == pytest.approx(prior[1] + prior[2], abs=0.11)


@pytest.mark.parametrize("bits", [0.0, 3.0, -60.0, 400.0])
def test_a_chart_of_any_weight_is_whole_and_told_in_words(bits: float) -> None:
    chart = waterfall_chart(waterfall(explained(("prior", -20.0), ("surname", 20.0 + bits)), 0.0))
    root = ElementTree.fromstring(chart)
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert title.text == "Why r0000000000001 and r0000000000002 are of two persons"
    assert f"the surname, alike <&>: {20.0 + bits:+.2f}" in (told.text or "")
    assert f"Together {bits:+.2f} bits, against a bar of 0." in (told.text or "")
    assert "prefers-color-scheme: dark" in chart
    assert "nan" not in chart
    _, _, wide, tall = map(float, root.attrib["viewBox"].split())
    for each in root.iter():
        if "x" in each.attrib:
            assert 0 <= float(each.attrib["x"]) <= wide - float(each.attrib.get("width", 0))
            assert 0 <= float(each.attrib["y"]) <= tall


def test_values_stand_beside_the_first_comparison_of_their_field_and_long_ones_are_cut() -> None:
    values = {"name": (("Ann Ash",), ()), "birth": (("1971-02-14",), (LONG,)), "phone": (("555-0142",), ("555-0187",))}
    fallen = waterfall(explained(*PARTS), 0.0, values)
    assert [(each.left, each.right) for each in fallen.steps] == [
        ((), ()),
        (("Ann Ash",), ()),
        ((), ()),
        (("1971-02-14",), (LONG,)),
    ]
    chart = waterfall_chart(fallen)
    lines = [each.text or "" for each in ElementTree.fromstring(chart).iter(f"{SVG}text")]
    assert "A: Ann Ash" in lines
    assert "B: not said" in lines
    assert [line for line in lines if line.endswith(" …")]
    assert max(map(len, lines)) < 70
    assert "555-0142" not in chart


def test_nothing_that_a_record_says_is_in_a_chart_unasked(invented: Store) -> None:
    with seen(invented, "oversight") as session:
        members = max(partition(resolve_view(session, MODEL)), key=lambda each: (len(each), min(each)))
        left, right = sorted(members)[:2]
        why = why_two(session, MODEL, left, right)
        values = values_of_two(session, left, right)
        unasked, asked = _both(waterfall(why, MODEL.bar)), _both(waterfall(why, MODEL.bar, values))
    said = {word for field in ("name", "birth") for side in values[field] for text in side for word in text.split()}
    words = {word for word in said if len(word) > 3}  # not the `to` between two days
    assert len(words) > 2
    found = set(re.findall(r"[\w-]+", unasked))
    assert not words & found
    assert words & set(re.findall(r"[\w-]+", asked))


def _both(fallen: Waterfall) -> str:
    return waterfall_chart(fallen) + repr(fallen)
