"""How a blob is laid out in its file: a head, and the bytes compressed with zstd; sealed, where there is a key.

::

    EYRB 1                  magic and version, 5 bytes
    p | s                   plain or sealed, 1 byte
    key id, nonce           8 and 12 bytes, only of a sealed one
    compressed bytes
    tag                     16 bytes, only of a sealed one

Sealed means AES-256-GCM (NIST SP 800-38D) with a random nonce; the head and the SHA-256 of the plain bytes are
authenticated with it, so that no blob can stand in another one's place. The key id, a hash, tells a wrong key from a
damaged file.
"""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from typing import IO, Any, cast

from eyre.store.blobs.blob_error import BlobError

_MAGIC = b"EYRB1"
_PLAIN, _SEALED = b"p", b"s"
_KEY_ID, _NONCE, _TAG = 8, 12, 16
_CHUNK = 1 << 18
_IN_MEMORY = 8 << 20
_AGAIN = "restore the blob directory from a backup"


def write_sealed(content: Iterator[bytes], target: IO[bytes], sha256: bytes, key: bytes | None) -> None:
    """Writes `content`, whose hash is `sha256`, as a whole file."""
    import pyarrow as pa  # most commands keep nothing, and it takes long to load

    sink = _Sink(target, sha256, key)
    with pa.CompressedOutputStream(pa.PythonFile(sink, mode="w"), "zstd") as packed:
        for some in content:
            packed.write(some)
    sink.finish()


def read_sealed(file: IO[bytes], sha256: bytes, length: int, key: bytes | None) -> IO[bytes]:
    """The `length` bytes whose hash is `sha256`, at their start. Raises `BlobError` unless they are exactly those."""
    import pyarrow as pa

    name = sha256.hex()
    head = file.read(len(_MAGIC) + 1)
    if head[:-1] != _MAGIC or head[-1:] not in (_PLAIN, _SEALED):
        raise BlobError(f"the raw delivery `{name}` is damaged: it is no blob", remedy=_AGAIN)
    packed: IO[bytes] = _unsealed(file, head, sha256, key) if head[-1:] == _SEALED else file
    opened = new_spool()
    digest = hashlib.sha256()
    left = length
    try:
        with pa.CompressedInputStream(pa.PythonFile(cast(io.IOBase, packed), mode="r"), "zstd") as stream:
            while some := stream.read(min(_CHUNK, left + 1)):
                left -= len(some)
                if left < 0:
                    break
                digest.update(some)
                opened.write(some)
    except (OSError, pa.ArrowException) as error:
        opened.close()
        raise BlobError(f"the raw delivery `{name}` is damaged: it cannot be decompressed", remedy=_AGAIN) from error
    if left != 0 or digest.digest() != sha256:
        opened.close()
        raise BlobError(f"the raw delivery `{name}` is damaged: it is not what its name says", remedy=_AGAIN)
    opened.seek(0)
    return opened


def new_spool() -> IO[bytes]:
    """A file for what is read back, in memory while it is small."""
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)


def _unsealed(file: IO[bytes], head: bytes, sha256: bytes, key: bytes | None) -> IO[bytes]:
    """The compressed bytes, all of them authenticated before any is used."""
    from cryptography.exceptions import InvalidTag

    name = sha256.hex()
    if key is None:
        raise BlobError(
            f"the raw delivery `{name}` is sealed and there is no key", remedy="name its file with EYRE_BLOB_KEY_FILE"
        )
    key_id, nonce = file.read(_KEY_ID), file.read(_NONCE)
    if key_id != _id_of(key):
        raise BlobError(
            f"the raw delivery `{name}` is sealed with another key", remedy="name that one with EYRE_BLOB_KEY_FILE"
        )
    start = file.tell()
    left = file.seek(0, io.SEEK_END) - start - _TAG
    file.seek(start)
    cipher = _cipher(key, nonce).decryptor()
    cipher.authenticate_additional_data(head + key_id + sha256)
    packed = new_spool()
    try:
        while left > 0 and (some := file.read(min(_CHUNK, left))):
            packed.write(cipher.update(some))
            left -= len(some)
        cipher.finalize_with_tag(file.read(_TAG))
    except (InvalidTag, ValueError) as error:
        packed.close()
        raise BlobError(f"the raw delivery `{name}` is damaged: its seal is broken", remedy=_AGAIN) from error
    packed.seek(0)
    return packed


class _Sink(io.RawIOBase):
    """Takes compressed bytes and writes them behind a head, sealed where there is a key. Being closed does nothing:
    whoever made the file closes it."""

    def __init__(self, target: IO[bytes], sha256: bytes, key: bytes | None) -> None:
        super().__init__()
        self._target = target
        self._cipher: Any = None
        if key is None:
            target.write(_MAGIC + _PLAIN)
            return
        nonce = os.urandom(_NONCE)
        self._cipher = _cipher(key, nonce).encryptor()
        self._cipher.authenticate_additional_data(_MAGIC + _SEALED + _id_of(key) + sha256)
        target.write(_MAGIC + _SEALED + _id_of(key) + nonce)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, some: Any) -> int:
        """Writes all of `some`."""
        self._target.write(self._cipher.update(some) if self._cipher else some)
        return len(some)

    def finish(self) -> None:
        """Writes what stands at the end."""
        if self._cipher:
            self._cipher.finalize()
            self._target.write(self._cipher.tag)


def _cipher(key: bytes, nonce: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    return Cipher(algorithms.AES256(key), modes.GCM(nonce))


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(b"eyre blob key" + key).digest()[:_KEY_ID]
