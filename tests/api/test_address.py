"""Where the door may listen."""

import socket

import pytest

from eyre.api.address import Address, bind, read_address, url_of
from eyre.errors import ConfigError, InputError


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
        ("8080", Address("127.0.0.1", 8080)),
        (":8080", Address("127.0.0.1", 8080)),
        ("[::1]:0", Address("::1", 0)),
        ("eyre.example:80", Address("eyre.example", 80)),
    ],
)
def test_an_address_is_a_host_and_a_port(written: str, address: Address) -> None:
    assert read_address(written) == address


@pytest.mark.parametrize("written", ["", "localhost", "127.0.0.1:", "::1:80", "127.0.0.1:65536", "host:port"])
def test_anything_else_is_none(written: str) -> None:
    with pytest.raises(InputError) as caught:
        read_address(written)
    assert caught.value.code == "EYRE-422"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "eyre.example", ""])
def test_without_tokens_the_door_is_for_this_machine_only(host: str) -> None:
    with pytest.raises(ConfigError) as caught:
        bind(Address(host, 0), tokens_given=False)
    assert caught.value.code == "EYRE-103"
    assert "other machines" in caught.value.message


def test_an_address_that_is_taken_is_said() -> None:
    with bind(Address("127.0.0.1", 0), tokens_given=False) as taken:
        port = taken.getsockname()[1]
        assert url_of(taken) == f"http://127.0.0.1:{port}"
        with pytest.raises(ConfigError) as caught:
            bind(Address("127.0.0.1", port), tokens_given=False)
    assert caught.value.code == "EYRE-103"


def test_answers_are_sent_at_once() -> None:
    with bind(Address("127.0.0.1", 0), tokens_given=False) as listening:
        assert listening.proto == socket.IPPROTO_TCP  # asyncio looks for it before it turns Nagle's delay off


def test_with_tokens_other_machines_may_send() -> None:
    bind(Address("0.0.0.0", 0), tokens_given=True).close()
