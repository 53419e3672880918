"""The token that opens a view in a database session, signed so that nobody without the key can make one.

`eyre.visible()` in the database checks it. It holds for one transaction of one backend: the process number and the
transaction's start are signed with it.
"""

import hashlib
import hmac
from dataclasses import dataclass

from eyre.model.view import View

CLASS_VISIBLE = 1 << 30
"""Set in the mask of every class that the view names, so that a class without any visible field group still counts."""
_BLOCK = 64  # SHA-256's block, RFC 2104


@dataclass(frozen=True, slots=True)
class Backend:
    """A transaction of a database session: the server process and the start in microseconds since 1970."""

    pid: int
    started: int


def sign_view(key: bytes, view: View, backend: Backend) -> str:
    """The value of the setting `eyre.view` that opens `view` in `backend`."""
    said = f"{backend.pid}:{backend.started}:{_array(view)}"
    return f"{hmac.new(key, said.encode(), hashlib.sha256).hexdigest()} {said}"


def hmac_blocks(key: bytes) -> tuple[bytes, bytes]:
    """The inner and the outer padded key of HMAC, as the database keeps them. `key` is at most 64 bytes long."""
    padded = key.ljust(_BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


def _array(view: View) -> str:
    masks = [0] * max(view.visible, default=0)
    for terms_class, groups in view.visible.items():
        masks[terms_class - 1] = CLASS_VISIBLE | int(groups)
    return "{" + ",".join(map(str, masks)) + "}"
