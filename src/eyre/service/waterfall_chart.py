"""A match weight as a chart: one bar a comparison, from where the sum stood before it to where it stands after."""

from collections.abc import Sequence
from textwrap import wrap

from eyre.service.svg_chart import TOP, WIDTH, BitsAcross, svg_chart, svg_text
from eyre.service.waterfall import Waterfall, WaterfallStep

_EDGE = 24
_BARS_BEGIN, _BARS_END = 290, 636
_LINE, _GAP, _BAR = 15, 12, 16
_LETTERS = 42  # of a line of 12 pixels in the column of labels
_MOST_LINES = 3
_BELOW = 56
_NEARLY = 0.999
_AXIS = "sum of match weights, bits"


def waterfall_chart(waterfall: Waterfall) -> str:
    """The chart as SVG. It shows values of records only if `waterfall` holds some."""
    labels = [_label(step) for step in waterfall.steps]
    reached = [0.0, waterfall.bar_bits, *(step.ends for step in waterfall.steps)]
    across = BitsAcross(min(reached), max(reached), start=_BARS_BEGIN, end=_BARS_END)
    parts: list[str] = []
    y = float(TOP)
    for step, lines in zip(waterfall.steps, labels, strict=True):
        tall = _LINE * len(lines) + _GAP
        parts += _row(across, step, lines, y)
        y += tall
        parts.append(f'<path class="line" d="M{across.at(step.ends):.1f} {y - tall + _BAR + 2:.1f} V{y + 2:.1f}"/>')
    parts += _sum(across, waterfall, y)
    bottom = y + _LINE * 2 + _GAP
    parts = [*across.mark(waterfall.bar_bits, "bar", TOP - 6, bottom), *parts]
    parts += [*across.axis(bottom + 16), svg_text((_BARS_BEGIN + _BARS_END) / 2, bottom + 36, _AXIS, "middle")]
    return svg_chart(_title(waterfall), _told(waterfall), parts, round(bottom + _BELOW))


def _title(waterfall: Waterfall) -> str:
    verdict = "are of one person" if waterfall.same_person else "are of two persons"
    return f"Why {waterfall.left} and {waterfall.right} {verdict}"


def _told(waterfall: Waterfall) -> str:
    steps = "; ".join(f"{step.title}, {step.found}: {step.bits:+.2f}" for step in waterfall.steps)
    return f"{steps}. Together {waterfall.bits:+.2f} bits, against a bar of {waterfall.bar_bits:g}."


def _label(step: WaterfallStep) -> list[tuple[str, str]]:
    """The lines of a row's label, each with its class."""
    lines = [(line, "") for line in _some(step.title)] + [(line, "faint") for line in _some(step.found)]
    for name, values in (("A", step.left), ("B", step.right)):
        if step.left or step.right:
            lines += [(line, "faint") for line in _some(f"{name}: {'; '.join(values) or 'not said'}")]
    return lines


def _some(text: str) -> list[str]:
    lines = wrap(text, _LETTERS)
    return lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1] + " …"]


def _row(across: BitsAcross, step: WaterfallStep, lines: Sequence[tuple[str, str]], y: float) -> list[str]:
    kind = "one" if step.bits > 0 else "other"
    parts = [svg_text(_EDGE, y + _LINE * (at + 0.85), line, "start", faint) for at, (line, faint) in enumerate(lines)]
    return [*parts, _bar(across, (step.begins, step.ends), kind, y), _bits(step.bits, y)]


def _sum(across: BitsAcross, waterfall: Waterfall, y: float) -> list[str]:
    return [
        svg_text(_EDGE, y + _LINE * 0.85, "together", "start", "head"),
        svg_text(_EDGE, y + _LINE * 1.85, f"{_probability(waterfall)} by this pair alone", "start", "faint"),
        _bar(across, (0.0, waterfall.bits), "sum", y),
        _bits(waterfall.bits, y),
    ]


def _probability(waterfall: Waterfall) -> str:
    if waterfall.probability > _NEARLY:
        return f"probability above {_NEARLY}"
    less = waterfall.probability < 1 - _NEARLY
    return "probability below 0.001" if less else f"probability {waterfall.probability:.3f}"


def _bar(across: BitsAcross, span: tuple[float, float], kind: str, y: float) -> str:
    low, high = sorted(across.at(bits) for bits in span)
    return f'<rect class="{kind}" x="{low:.1f}" y="{y + 1:.1f}" width="{max(high - low, 1):.1f}" height="{_BAR}"/>'


def _bits(bits: float, y: float) -> str:
    return svg_text(WIDTH - _EDGE, y + _LINE * 0.9, f"{bits:+.2f}", "end")
