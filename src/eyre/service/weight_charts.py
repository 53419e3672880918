"""Two charts as SVG: the weights of true and false pairs, and precision and recall against the threshold."""

from collections.abc import Sequence
from math import log10

from eyre.service.svg_chart import BOTTOM, LEFT, RIGHT, TOP, WIDTH, BitsAcross, svg_chart, svg_text
from eyre.service.weight_curves import BIN_BITS, ThresholdPoint, WeightBin

_HEIGHT = 400
_BASE = _HEIGHT - BOTTOM


def weight_chart(bins: Sequence[WeightBin], floor: float, bar: float) -> str:
    """True pairs above the middle, false ones below, by match weight; counts on a logarithmic scale."""
    true = [each.true_tied + each.true_untied for each in bins]
    false = [each.false_tied for each in bins]
    most = log10(max([9, *true, *false]) + 1)
    middle, half = (TOP + _BASE) / 2, (_BASE - TOP) / 2
    across = BitsAcross(bins[0].bits, bins[-1].bits + BIN_BITS) if bins else BitsAcross(0, 1)
    parts: list[str] = []
    for each, up, down in zip(bins, true, false, strict=True):
        x, wide = across.at(each.bits), max(across.at(each.bits + BIN_BITS) - across.at(each.bits) - 1, 1.0)
        told = f"{each.bits:g} to {each.bits + BIN_BITS:g} bits: {up} true ({each.true_untied} not tied), {down} false"
        tall, deep = log10(up + 1) / most * half, log10(down + 1) / most * half
        parts.append(
            f"<g><title>{told}</title>"
            f'<rect class="one" x="{x:.1f}" y="{middle - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
            f'<rect class="other" x="{x:.1f}" y="{middle:.1f}" width="{wide:.1f}" height="{deep:.1f}"/></g>'
        )
    parts.append(f'<path class="line" d="M{LEFT} {middle:.1f} H{WIDTH - RIGHT}"/>')
    for power in range(1, int(most) + 1):
        high = log10(10**power + 1) / most * half
        parts += [svg_text(LEFT - 6, middle + way * high + 4, f"{10**power:,}", "end") for way in (-1, 1)]
    parts += [*across.mark(floor, "floor", TOP - 4, _BASE), *across.mark(bar, "bar", TOP + 10, _BASE)]
    parts += [*across.axis(_BASE + 18), svg_text(WIDTH - RIGHT, TOP + 12, "true pairs", "end")]
    parts.append(svg_text(WIDTH - RIGHT, _BASE - 6, "false pairs that are tied", "end"))
    told = f"{sum(true)} true pairs above the middle line, {sum(false)} false ones below, by match weight in bits."
    return _chart("Match weights of true and false pairs", told, "match weight, bits", parts)


def threshold_chart(points: Sequence[ThresholdPoint], bar: float) -> str:
    """Precision and recall of the tied pairs at each threshold, both from 0 to 1."""
    across = BitsAcross(points[0].bits, points[-1].bits) if points else BitsAcross(0, 1)
    tall = _BASE - TOP

    def line(values: list[float], kind: str) -> str:
        where = " ".join(
            f"{across.at(each.bits):.1f},{TOP + (1 - value) * tall:.1f}"
            for each, value in zip(points, values, strict=True)
        )
        return f'<polyline class="{kind}" points="{where}"/>'

    parts = [f'<path class="line" d="M{LEFT} {TOP} V{_BASE} H{WIDTH - RIGHT}"/>']
    for fifth in range(6):
        parts.append(svg_text(LEFT - 6, TOP + (1 - fifth / 5) * tall + 4, f"{fifth / 5:g}", "end"))
    parts += [*across.axis(_BASE + 18), *across.mark(bar, "bar", _BASE - 6, _BASE)]
    parts.append(line([each.precision for each in points], "stroke-one"))
    parts.append(line([each.recall for each in points], "stroke-other"))
    parts += [
        f'<path class="stroke-one" d="M{WIDTH - 236} 42 h30"/>{svg_text(WIDTH - 200, 46, "precision", "start")}',
        f'<path class="stroke-other" d="M{WIDTH - 126} 42 h30"/>{svg_text(WIDTH - 90, 46, "recall", "start")}',
    ]
    return _chart("Precision and recall against the threshold", _told(points), "threshold, bits", parts)


def _told(points: Sequence[ThresholdPoint]) -> str:
    if not points:
        return "No pair is tied."
    first, last = points[0], points[-1]
    return (
        f"From a threshold of {first.bits:g} bits (precision {first.precision:.3f}, recall {first.recall:.3f}) to one "
        f"of {last.bits:g} (precision {last.precision:.3f}, recall {last.recall:.3f}), of tied pairs before clustering."
    )


def _chart(title: str, told: str, below: str, parts: list[str]) -> str:
    legend = svg_text((LEFT + WIDTH - RIGHT) / 2, _HEIGHT - 10, below, "middle")
    return svg_chart(title, told, [*parts, legend], _HEIGHT)
