"""What every chart is made of: an SVG with a title and a description, a line of bits, marks on it, and text.

Readable on light and on dark, by position and stroke as well as by colour, and told in words to screen readers.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

WIDTH = 720
LEFT, RIGHT = 64, 24
"""The margins of a chart whose labels are numbers."""
TOP, BOTTOM = 56, 52

_STYLE = """<style>
text { fill: #222; font: 12px sans-serif } .head { font-weight: bold; font-size: 14px } .faint { fill: #555 }
.ground { fill: #fff } .line { stroke: #888; fill: none } .mark { stroke: #444; stroke-dasharray: 4 }
.one { fill: #1f5fa8 } .other { fill: #b5541c } .sum { fill: #444 }
.stroke-one { stroke: #1f5fa8; fill: none; stroke-width: 2 }
.stroke-other { stroke: #b5541c; fill: none; stroke-width: 2; stroke-dasharray: 7 3 }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .faint { fill: #aaa } .ground { fill: #16181c } .mark { stroke: #bbb }
.one { fill: #7db4f0 } .other { fill: #f0a060 } .sum { fill: #bbb }
.stroke-one { stroke: #7db4f0 } .stroke-other { stroke: #f0a060 }
}
</style>"""


class BitsAcross:
    """Where bits stand from left to right, from `low` to `high` (at least one bit further), between the margins
    `start` and `end` in pixels."""

    def __init__(self, low: float, high: float, *, start: float = LEFT, end: float = WIDTH - RIGHT) -> None:
        self.low, self.high = low, max(high, low + 1.0)
        self.start, self.end = start, end

    def at(self, bits: float) -> float:
        """The place of `bits`, in pixels from the left."""
        return self.start + (bits - self.low) / (self.high - self.low) * (self.end - self.start)

    def axis(self, y: float) -> Iterator[str]:
        """Round numbers of bits along the line at the height `y`."""
        step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 1000) if (self.high - self.low) / each <= 14)
        bits = -(-self.low // step) * step
        while bits <= self.high:
            yield svg_text(self.at(bits), y, f"{bits:g}", "middle")
            bits += step

    def mark(self, bits: float, name: str, y: float, bottom: float) -> Iterator[str]:
        """A line at `bits` from the top down to `bottom`, named beside it at the height `y`."""
        if self.low <= bits <= self.high:
            x = self.at(bits)
            yield f'<path class="mark" d="M{x:.1f} {TOP} V{bottom:g}"/>'
            yield svg_text(x + 4, y, f"{name} {bits:g}", "start")


def svg_text(x: float, y: float, text: str, anchor: str, kind: str = "") -> str:
    """A line of text; `anchor` is start, middle or end, `kind` a class of the style."""
    told = f' class="{kind}"' if kind else ""
    return f'<text{told} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def svg_chart(title: str, told: str, parts: Sequence[str], height: int) -> str:
    """The whole chart: `told` is what it shows, in words."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            'aria-labelledby="title desc">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(told)}</desc>',
            _STYLE,
            f'<rect class="ground" width="{WIDTH}" height="{height}"/>',
            svg_text(24, 24, title, "start", "head"),
            *parts,
            "</svg>\n",
        ]
    )
