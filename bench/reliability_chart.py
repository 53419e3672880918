"""A reliability diagram as SVG: what share of pairs is true, against the probability that was stated of them."""

from collections.abc import Sequence
from math import log10
from typing import NamedTuple
from xml.sax.saxutils import escape

_SIDE, _EDGE, _LABELS = 320, 24, 48


class Bin(NamedTuple):
    """So many pairs, their mean stated probability, and the share of them that is true."""

    pairs: int
    stated: float
    true: float


def reliability_chart(title: str, bins: Sequence[Bin]) -> str:
    """A dot a bin, the larger the more pairs (by the logarithm); on the diagonal where stated and true agree."""
    left, top = _LABELS, _EDGE + 16
    width, height = left + _SIDE + _EDGE, top + _SIDE + _LABELS
    most = log10(max(each.pairs for each in bins) + 1)

    def at(stated: float, true: float) -> tuple[float, float]:
        return left + stated * _SIDE, top + (1 - true) * _SIDE

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{left}" y="{_EDGE}" font-weight="bold">{escape(title)}</text>',
        f'<rect x="{left}" y="{top}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>',
        f'<path d="M{left} {top + _SIDE} l{_SIDE} {-_SIDE}" stroke="#888" stroke-dasharray="4"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = at(tenth / 10, 0)
        parts.append(f'<text x="{x:.0f}" y="{y + 16:.0f}" text-anchor="middle">{tenth / 10:g}</text>')
        x, y = at(0, tenth / 10)
        parts.append(f'<text x="{x - 6:.0f}" y="{y + 4:.0f}" text-anchor="end">{tenth / 10:g}</text>')
    for each in bins:
        x, y = at(each.stated, each.true)
        radius = 2 + 6 * log10(each.pairs + 1) / most
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f5fa8" fill-opacity="0.8">'
            f"<title>{each.pairs} pairs, stated {each.stated:.3f}, true {each.true:.3f}</title></circle>"
        )
    middle = top + _SIDE / 2
    parts += [
        f'<text x="{left + _SIDE / 2:.0f}" y="{height - 10}" text-anchor="middle">stated probability</text>',
        f'<text x="14" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 14 {middle:.0f})">share true</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
