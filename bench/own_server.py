"""A folder and a PostgreSQL server for one run of a benchmark, gone when it is over."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eyre.store.server.start import RunningServer, ServerSettings, start_server, stop_server


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that the server's user may enter, for the server is run as a user of its own where this one is root."""
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def own_server(folder: Path, *, shared_buffers: str | None = None) -> Iterator[RunningServer]:
    """A server that writes to disk, in `folder`; with so much memory of its own, or as much as it takes by itself."""
    options = {} if shared_buffers is None else {"shared_buffers": shared_buffers}
    server = start_server(ServerSettings(folder / "server", options=options))
    try:
        yield server
    finally:
        stop_server(server)
