"""The file that says who may send."""

import hashlib
from pathlib import Path

import pytest

from eyre.bootstrap.push_tokens import push_tokens, read_push_tokens
from eyre.errors import ConfigError

ONE, TWO = (hashlib.sha256(token).hexdigest() for token in (b"one", b"two"))


def test_each_line_names_a_source_and_the_hash_of_a_token(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# who sends\n\nour_jail {ONE}\nour_court\t{TWO.upper()}\nour_jail   {TWO}\n", encoding="utf-8")
    assert read_push_tokens(file) == {
        "our_jail": (bytes.fromhex(ONE), bytes.fromhex(TWO)),
        "our_court": (bytes.fromhex(TWO),),
    }


@pytest.mark.parametrize("line", ["our_jail secret", f"our_jail {ONE[:-1]}", ONE, f"our_jail {ONE} more"])
def test_a_line_that_is_none_is_refused_and_not_shown(tmp_path: Path, line: str) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"our_court {TWO}\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_push_tokens(file)
    assert caught.value.code == "EYRE-101"
    assert "line 2" in caught.value.message
    assert line not in str(caught.value)


def test_without_the_setting_nobody_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("EYRE_PUSH_TOKENS", raising=False)
    assert push_tokens() is None
    monkeypatch.setenv("EYRE_PUSH_TOKENS", str(tmp_path / "nowhere"))
    with pytest.raises(ConfigError):
        push_tokens()
