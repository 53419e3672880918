"""Columns of Parquet files, read while the rest of the program is still being loaded: Arrow needs no interpreter."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from eyre.errors import InputError
from eyre.service.link_fields import field_of
from eyre.service.tables import is_parquet, read_column, read_outline

Place = tuple[Path, str]


class ColumnsAhead:
    """Reads what columns of files are likely to be asked for, one after the other, in a thread of its own. A column is
    given once, and no longer kept here."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._lock = Lock()
        self._begun: dict[Place, Future[Any]] = {}
        self._asked: set[Place] = set()  # it is too late for the reader to begin these
        self._stopped = False
        self._reader = Thread(target=self._read, args=(tuple(dict.fromkeys(paths)),), daemon=True)
        self._reader.start()

    def column(self, path: Path, name: str) -> Any:
        """A column, awaited if it is being read, and read here if nobody has begun to. Raises as `read_column` does."""
        with self._lock:
            begun = self._begun.pop((path, name), None)
            self._asked.add((path, name))
        return begun.result() if begun is not None else read_column(path, name)

    def stop(self) -> None:
        """No further column will be asked for."""
        self._stopped = True
        self._reader.join()
        self._begun.clear()

    def _read(self, paths: Sequence[Path]) -> None:
        for place in (place for path in paths for place in _likely(path)):
            mine: Future[Any] = Future()
            with self._lock:
                if self._stopped or place in self._asked:
                    continue
                self._begun[place] = mine
            try:
                mine.set_result(read_column(*place))
            except Exception as error:  # noqa: BLE001 - whoever asks for the column is told
                mine.set_exception(error)


def _likely(path: Path) -> list[Place]:
    """The columns of a file that bear the names of fields; none of a file that cannot be read so."""
    try:
        names = read_outline(path)[0] if is_parquet(path) else []
    except (InputError, OSError):  # whoever reads the file is told
        return []
    return [(path, name) for name in names if field_of(name, frozenset())]
