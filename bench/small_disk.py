"""A disk so small that it can be filled: a file system in memory, which only root can mount."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SmallDisk:
    """A mounted file system at `place`."""

    place: Path

    def fill(self) -> None:
        """Leaves no byte free."""
        with open(self._filler, "ab") as file:
            for size in (1 << 20, 1 << 12):
                while self._writes(file.fileno(), size):
                    pass

    def make_room(self) -> None:
        """Undoes `fill`."""
        self._filler.unlink(missing_ok=True)

    @property
    def _filler(self) -> Path:
        return self.place / "filler"

    def _writes(self, handle: int, size: int) -> bool:
        try:
            return os.write(handle, bytes(size)) == size
        except OSError:
            return False


def may_mount() -> bool:
    """Whether this process may make small disks; root in a container often may not."""
    if os.geteuid() != 0:
        return False
    with tempfile.TemporaryDirectory() as place:
        mounted = subprocess.run(_mount(Path(place), 1), check=False, capture_output=True).returncode == 0
        if mounted:
            subprocess.run(["/bin/umount", place], check=True)
    return mounted


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk of that size at `place`, there while the block runs."""
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    subprocess.run(_mount(place, megabytes), check=True, capture_output=True)
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["/bin/umount", "--lazy", str(place)], check=False, capture_output=True)


def _mount(place: Path, megabytes: int) -> list[str]:
    return ["/bin/mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(place)]
