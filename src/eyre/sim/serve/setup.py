"""What is served, and how."""

from dataclasses import dataclass, field
from pathlib import Path

from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.serve.push import Listener


@dataclass(frozen=True)
class Setup:
    """`folder` is where dropped files go (None: those feeds are had over the web only). Messages are sent
    to the listener `push_to`; None: nothing is sent, or not before `Served.begin_pushing`. `keep_up` is how many real
    seconds pass between two rounds of dropping and pushing; 0: only `Served.catch_up` does either. `most_kept` bounds
    the bytes of written rows that are kept.
    """

    faults: Faults = field(default=NO_FAULTS)
    sftp: bool = True
    folder: Path | None = None
    push_to: Listener | None = None
    keep_up: float = 0.0
    most_kept: int = 1 << 30
