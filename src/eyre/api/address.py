"""Where the door listens."""

import ipaddress
import re
import socket
from dataclasses import dataclass

from eyre.errors import ConfigError, InputError

_WRITTEN = re.compile(r"(?:(\[[0-9A-Fa-f:.%]+\]|[^\[\]:]*):)?(\d{1,5})")
_HERE = "127.0.0.1"
_MOST_PORT = 65_535
_WAITING = 128


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port; port 0 is any that is free."""

    host: str
    port: int

    @property
    def stays_here(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host == "localhost" or _is_loopback(self.host)


def read_address(written: str) -> Address:
    """`HOST:PORT`, `[::1]:PORT` or `PORT`, which is on this machine alone. Raises `InputError` EYRE-422."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None or int(found[2]) > _MOST_PORT:
        raise InputError(
            f"`{written}` is no address to listen at", remedy="write it as 127.0.0.1:8080", code="EYRE-422"
        )
    return Address((found[1] or _HERE).strip("[]"), int(found[2]))


def bind(address: Address, *, tokens_given: bool) -> socket.socket:
    """A socket that listens there. Raises `ConfigError` EYRE-103 when it cannot, or may not: an address that other
    machines reach needs a file of tokens."""
    if not address.stays_here and not tokens_given:
        raise ConfigError(
            f"`{address.host}` can be reached by other machines, and nobody is named who may send",
            remedy="listen at 127.0.0.1, or name a file with EYRE_PUSH_TOKENS",
            code="EYRE-103",
        )
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # said to be TCP, for only then does asyncio send small parts at once; an answer would else wait for 40 ms
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address.host, address.port))
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        raise ConfigError(
            f"it is not possible to listen at `{address.host}:{address.port}`: {error.strerror}",
            remedy="is another process listening there? choose another port",
            code="EYRE-103",
        ) from error
    return listening


def url_of(listening: socket.socket) -> str:
    """The URL at which `listening` is reached."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, of which nobody knows what it will mean
        return False
