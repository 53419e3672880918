"""The parsers that no manifest can say, by name. A manifest names one of these and can name nothing else."""

from collections.abc import Callable, Mapping

from eyre.sources.invented.oz_cinder_jail.parser import part_hold_reasons
from eyre.sources.raw_row import RawRow

Hook = Callable[[RawRow], RawRow]
"""Takes a row as read, less what is never taken; gives it with fields that a manifest can map. Never raises."""

HOOKS: Mapping[str, Hook] = {"cinder_holds": part_hold_reasons}
