"""Shares of texts in columns: a table of a million words is looked up, and made, without a Python object a word."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.texts.buffers import Texts, texts_from
from eyre.resolve.texts.number_texts import places_among

Shares = NDArray[np.float64]
_Other = TypeVar("_Other")


class ShareColumn(Mapping[str, float]):
    """`share[i]` is that of `texts[i]`; each text is there once. For a few texts it is a mapping, for many `shares_of`
    finds all at once."""

    def __init__(self, texts: Texts, share: Shares) -> None:
        self.texts = texts
        self.share = share

    @cached_property
    def _by_text(self) -> dict[str, float]:
        return dict(zip(cast("list[str]", self.texts.to_pylist()), self.share.tolist(), strict=True))

    def __getitem__(self, text: str) -> float:
        return self._by_text[text]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_text)

    def __len__(self) -> int:
        return len(self.share)

    def get(self, text: str, default: _Other = None) -> float | _Other:  # type: ignore[assignment]
        """The share of a text."""
        return self._by_text.get(text, default)


def in_columns(shares: Mapping[str, float]) -> ShareColumn:
    """The same in columns, in the same order."""
    if isinstance(shares, ShareColumn):
        return shares
    return ShareColumn(texts_from(list(shares)), np.fromiter(shares.values(), dtype=np.float64, count=len(shares)))


def shares_of(texts: Texts, shares: Mapping[str, float]) -> Shares:
    """The share of each text, NaN where there is none."""
    table = in_columns(shares)
    if texts is table.texts:
        return table.share
    return np.append(table.share, np.nan).take(places_among(texts, table.texts))
