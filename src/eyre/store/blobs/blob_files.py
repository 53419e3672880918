"""The directory of raw deliveries: one file for each distinct content, named by its hash::

blobs/               0700
├── store            whose directory it is
├── new/             what is being written; what a crash left there is swept
└── ab/cd/<sha256>   whole, always: written under another name, synced, then renamed
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple

from eyre.store.blobs.blob_error import BlobError, NoRoomError
from eyre.store.blobs.owner import claim
from eyre.store.blobs.seal import read_sealed, write_sealed

_CHUNK = 1 << 20
_HASH = 32
_DRAFTS = "new"


class Blob(NamedTuple):
    """The SHA-256 of some bytes, and how many they are."""

    sha256: bytes
    length: int


@dataclass(frozen=True)
class Blobs:
    """The blobs in `directory`, which all processes that use one database share; sealed with `key` where there is
    one. `owner` is the store (`owner_of`), which claims the directory with the first blob."""

    directory: Path
    key: bytes | None = field(default=None, repr=False)
    owner: str = ""

    def keep(self, content: BinaryIO | bytes, known: Blob | None = None) -> Blob:
        """Keeps what is still to be read of `content`; the place in it is then as before. When this returns it is on
        the disk. What is there already costs a look. `known` spares to count a file that was counted already.

        Raises `NoRoomError` where it cannot be written: then nothing is left of it.
        """
        blob = known or blob_of(content)
        path = self.path_of(blob.sha256)
        try:
            if not _touched(path):
                self._write(content, blob, path)
        except OSError as error:
            why = error.strerror or "it cannot be written"
            raise NoRoomError(
                f"the delivery is not taken, for its bytes cannot be kept in `{self.directory}`: {why}",
                remedy="make room there, or let Eyre write there, and send it again",
            ) from error
        return blob

    def read(self, blob: Blob) -> IO[bytes]:
        """The bytes of `blob`, proven to be those. Raises `BlobError`."""
        name = blob.sha256.hex()
        try:
            with open(os.open(self.path_of(blob.sha256), os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
                return read_sealed(file, blob.sha256, blob.length, self.key)
        except OSError as error:
            raise BlobError(
                f"the raw delivery `{name}` cannot be read: {error.strerror}",
                remedy=f"is `{self.directory}` the directory that it was kept in?",
            ) from error

    def remove(self, sha256: bytes, *, last_kept_before: float | None = None) -> bool:
        """Deletes a blob, if it is there, and was last kept before that moment where one is given; tells whether."""
        path = self.path_of(sha256)
        try:
            if last_kept_before is not None and path.lstat().st_mtime >= last_kept_before:
                return False
            path.unlink()
        except FileNotFoundError:
            return False
        return True

    def path_of(self, sha256: bytes) -> Path:
        """Where a blob is, or would be. Only a hash makes a path: no word of a publisher's does."""
        if len(sha256) != _HASH:
            raise ValueError("a blob is named by 32 bytes")
        name = sha256.hex()
        return self.directory / name[:2] / name[2:4] / name

    def older_than(self, moment: float) -> Iterator[bytes]:
        """The hashes of all blobs last kept before `moment` (seconds of the machine's clock)."""
        for path in self.directory.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            with suppress(ValueError, FileNotFoundError):
                sha256 = bytes.fromhex(path.name)
                if len(sha256) == _HASH and path.lstat().st_mtime < moment:
                    yield sha256

    def sweep_drafts(self, moment: float) -> int:
        """Removes what crashes left before `moment`; tells how many files that were."""
        swept = 0
        for path in self.directory.glob(f"{_DRAFTS}/*"):
            with suppress(FileNotFoundError):
                if path.lstat().st_mtime < moment:
                    path.unlink()
                    swept += 1
        return swept

    def _write(self, content: BinaryIO | bytes, blob: Blob, path: Path) -> None:
        drafts = self.directory / _DRAFTS
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.owner and not drafts.exists():
            claim(self.directory, self.owner)
        drafts.mkdir(mode=0o700, exist_ok=True)
        for made in (path.parent.parent, path.parent):
            if not made.is_dir():
                made.mkdir(mode=0o700, exist_ok=True)
                _sync(made.parent)
        handle, draft = tempfile.mkstemp(dir=drafts)
        try:
            with open(handle, "wb") as file:
                write_sealed(_checked(content, blob), file, blob.sha256, self.key)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(draft)
            raise
        _sync(path.parent)


def blob_of(content: BinaryIO | bytes) -> Blob:
    """Hash and length of what is still to be read; the place in the file is as before."""
    if isinstance(content, bytes):
        return Blob(hashlib.sha256(content).digest(), len(content))
    digest, length = hashlib.sha256(), 0
    with _place_kept(content):
        while some := content.read(_CHUNK):
            digest.update(some)
            length += len(some)
    return Blob(digest.digest(), length)


@contextmanager
def _place_kept(content: BinaryIO) -> Iterator[None]:
    start = content.tell()
    try:
        yield
    finally:
        content.seek(start)


def _checked(content: BinaryIO | bytes, blob: Blob) -> Iterator[bytes]:
    """The pieces of `content`. A file may be written to while it is read: then it is not what was counted."""
    if isinstance(content, bytes):
        yield content
        return
    digest = hashlib.sha256()
    with _place_kept(content):
        while some := content.read(_CHUNK):
            digest.update(some)
            yield some
    if digest.digest() != blob.sha256:
        raise BlobError("the delivery's file was written to while it was read", remedy="send it when it is complete")


def _touched(path: Path) -> bool:
    """Whether the blob is there. One that nobody names yet is young again, so that it is not swept meanwhile."""
    try:
        os.utime(path, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return not path.is_symlink()


def _sync(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
