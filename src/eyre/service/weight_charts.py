"""Two charts as SVG: the weights of true and false pairs, and precision and recall against the threshold.

Readable on light and on dark, by position and stroke as well as by colour, and told in words to screen readers.
"""

from collections.abc import Iterator, Sequence
from math import log10
from xml.sax.saxutils import escape

from eyre.service.weight_curves import BIN_BITS, ThresholdPoint, WeightBin

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 400, 64, 24, 56, 52
_STYLE = """<style>
text { fill: #222; font: 12px sans-serif } .head { font-weight: bold; font-size: 14px }
.ground { fill: #fff } .line { stroke: #888; fill: none } .mark { stroke: #444; stroke-dasharray: 4 }
.one { fill: #1f5fa8 } .other { fill: #b5541c }
.stroke-one { stroke: #1f5fa8; fill: none; stroke-width: 2 }
.stroke-other { stroke: #b5541c; fill: none; stroke-width: 2; stroke-dasharray: 7 3 }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .ground { fill: #16181c } .mark { stroke: #bbb } .one { fill: #7db4f0 } .other { fill: #f0a060 }
.stroke-one { stroke: #7db4f0 } .stroke-other { stroke: #f0a060 }
}
</style>"""


class _Across:
    """Where bits stand from left to right."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, max(high, low + 1.0)

    def at(self, bits: float) -> float:
        return _LEFT + (bits - self.low) / (self.high - self.low) * (_WIDTH - _LEFT - _RIGHT)

    def axis(self, y: float) -> Iterator[str]:
        step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 1000) if (self.high - self.low) / each <= 14)
        bits = -(-self.low // step) * step
        while bits <= self.high:
            yield _text(self.at(bits), y, f"{bits:g}", "middle")
            bits += step

    def mark(self, bits: float, name: str, y: float) -> Iterator[str]:
        """A line at `bits`, named beside it at the height `y`."""
        if self.low <= bits <= self.high:
            x = self.at(bits)
            yield f'<path class="mark" d="M{x:.1f} {_TOP} V{_HEIGHT - _BOTTOM}"/>'
            yield _text(x + 4, y, f"{name} {bits:g}", "start")


def weight_chart(bins: Sequence[WeightBin], floor: float, bar: float) -> str:
    """True pairs above the middle, false ones below, by match weight; counts on a logarithmic scale."""
    true = [each.true_tied + each.true_untied for each in bins]
    false = [each.false_tied for each in bins]
    most = log10(max([9, *true, *false]) + 1)
    middle, half = (_TOP + _HEIGHT - _BOTTOM) / 2, (_HEIGHT - _BOTTOM - _TOP) / 2
    across = _Across(bins[0].bits, bins[-1].bits + BIN_BITS) if bins else _Across(0, 1)
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
    parts.append(f'<path class="line" d="M{_LEFT} {middle:.1f} H{_WIDTH - _RIGHT}"/>')
    for power in range(1, int(most) + 1):
        high = log10(10**power + 1) / most * half
        parts += [_text(_LEFT - 6, middle + way * high + 4, f"{10**power:,}", "end") for way in (-1, 1)]
    parts += [*across.mark(floor, "floor", _TOP - 4), *across.mark(bar, "bar", _TOP + 10)]
    parts += [*across.axis(_HEIGHT - _BOTTOM + 18), _text(_WIDTH - _RIGHT, _TOP + 12, "true pairs", "end")]
    parts.append(_text(_WIDTH - _RIGHT, _HEIGHT - _BOTTOM - 6, "false pairs that are tied", "end"))
    told = f"{sum(true)} true pairs above the middle line, {sum(false)} false ones below, by match weight in bits."
    return _whole("Match weights of true and false pairs", told, "match weight, bits", parts)


def threshold_chart(points: Sequence[ThresholdPoint], bar: float) -> str:
    """Precision and recall of the tied pairs at each threshold, both from 0 to 1."""
    across = _Across(points[0].bits, points[-1].bits) if points else _Across(0, 1)
    tall = _HEIGHT - _BOTTOM - _TOP

    def line(values: list[float], kind: str) -> str:
        where = " ".join(
            f"{across.at(each.bits):.1f},{_TOP + (1 - value) * tall:.1f}"
            for each, value in zip(points, values, strict=True)
        )
        return f'<polyline class="{kind}" points="{where}"/>'

    parts = [f'<path class="line" d="M{_LEFT} {_TOP} V{_HEIGHT - _BOTTOM} H{_WIDTH - _RIGHT}"/>']
    for fifth in range(6):
        parts.append(_text(_LEFT - 6, _TOP + (1 - fifth / 5) * tall + 4, f"{fifth / 5:g}", "end"))
    parts += [*across.axis(_HEIGHT - _BOTTOM + 18), *across.mark(bar, "bar", _HEIGHT - _BOTTOM - 6)]
    parts.append(line([each.precision for each in points], "stroke-one"))
    parts.append(line([each.recall for each in points], "stroke-other"))
    parts += [
        f'<path class="stroke-one" d="M{_WIDTH - 236} 42 h30"/>{_text(_WIDTH - 200, 46, "precision", "start")}',
        f'<path class="stroke-other" d="M{_WIDTH - 126} 42 h30"/>{_text(_WIDTH - 90, 46, "recall", "start")}',
    ]
    return _whole("Precision and recall against the threshold", _told(points), "threshold, bits", parts)


def _told(points: Sequence[ThresholdPoint]) -> str:
    if not points:
        return "No pair is tied."
    first, last = points[0], points[-1]
    return (
        f"From a threshold of {first.bits:g} bits (precision {first.precision:.3f}, recall {first.recall:.3f}) to one "
        f"of {last.bits:g} (precision {last.precision:.3f}, recall {last.recall:.3f}), of tied pairs before clustering."
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _whole(title: str, told: str, below: str, parts: list[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
            'aria-labelledby="title desc">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(told)}</desc>',
            _STYLE,
            f'<rect class="ground" width="{_WIDTH}" height="{_HEIGHT}"/>',
            f'<text class="head" x="{_LEFT}" y="24">{escape(title)}</text>',
            *parts,
            _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, below, "middle"),
            "</svg>\n",
        ]
    )
