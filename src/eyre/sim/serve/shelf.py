"""A bound on what all presses keep together."""

from collections import OrderedDict

from eyre.sim.feeds.press import Press


class Shelf:
    """Presses by when they were last used. Over `most` bytes, those that were used longest ago forget their rows."""

    def __init__(self, most: int) -> None:
        """`most` is a number of bytes."""
        self._most = most
        self._sizes: OrderedDict[int, tuple[Press, int]] = OrderedDict()
        self.size = 0

    def used(self, press: Press) -> None:
        """Notes that `press` was used just now."""
        _, before = self._sizes.pop(id(press), (press, 0))
        self._sizes[id(press)] = press, press.kept
        self.size += press.kept - before
        while self.size > self._most and len(self._sizes) > 1:
            _, (oldest, kept) = self._sizes.popitem(last=False)
            oldest.forget()
            self.size -= kept
