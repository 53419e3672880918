"""Settings are read once; what cannot be used is refused by its name, and its value is not shown."""

from pathlib import Path

import pytest

from eyre.config.data_dir import default_data_dir
from eyre.config.settings import (
    BLOB_DIR,
    BLOB_KEY_FILE,
    DATA_DIR,
    DATABASE_URL,
    KNOWN_HOSTS,
    LOG,
    PG_BINDIR,
    PUSH_TOKENS,
    SFTP_KEY,
    Settings,
    read_settings,
)
from eyre.errors import ConfigError

ROOT = Path(__file__).parents[2]
ALL = (DATABASE_URL, DATA_DIR, PG_BINDIR, PUSH_TOKENS, LOG, BLOB_DIR, BLOB_KEY_FILE, KNOWN_HOSTS, SFTP_KEY)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ALL:
        monkeypatch.delenv(name, raising=False)


def test_without_settings_a_private_server_runs_in_the_default_place() -> None:
    settings = read_settings()
    assert settings.database_url is None
    assert settings.data_dir == default_data_dir()


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_URL, "")
    monkeypatch.setenv(DATA_DIR, "")
    assert read_settings() == read_settings(default_data_dir())


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATABASE_URL, "postgresql://somebody@db.example.org/eyre")
    monkeypatch.setenv(DATA_DIR, str(tmp_path))
    monkeypatch.setenv(PG_BINDIR, "/opt/pg/bin")
    monkeypatch.setenv(LOG, "debug")
    settings = read_settings()
    assert settings.database_url == "postgresql://somebody@db.example.org/eyre"
    assert (settings.data_dir, settings.pg_bindir, settings.log) == (tmp_path, Path("/opt/pg/bin"), "debug")


def test_a_directory_given_to_a_command_goes_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATABASE_URL, "postgresql://db.example.org/eyre")
    monkeypatch.setenv(DATA_DIR, "/elsewhere")
    settings = read_settings(tmp_path)
    assert (settings.database_url, settings.data_dir) == (None, tmp_path)


def test_raw_deliveries_are_kept_beside_a_private_server_and_elsewhere_where_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(DATA_DIR, str(tmp_path))
    assert read_settings().blob_dir == tmp_path / "blobs"
    monkeypatch.setenv(BLOB_DIR, "/srv/raw")
    monkeypatch.setenv(BLOB_KEY_FILE, "~/key")
    assert read_settings().blob_dir == Path("/srv/raw")
    assert read_settings().blob_key_file == Path.home() / "key"
    assert read_settings(tmp_path / "other").blob_dir == tmp_path / "other" / "blobs"
    monkeypatch.setenv(DATABASE_URL, "postgresql://db.example.org/eyre")
    assert read_settings().blob_dir == Path("/srv/raw")
    monkeypatch.delenv(BLOB_DIR)
    assert read_settings().blob_dir is None


def test_a_setting_that_cannot_be_used_is_named_and_its_value_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_URL, "mysql://root:hunter2@db.example.org/eyre")
    with pytest.raises(ConfigError, match=r"`EYRE_DATABASE_URL`") as caught:
        read_settings()
    assert caught.value.code == "EYRE-101"
    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_password_is_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATABASE_URL, "postgresql://u:hunter2@db.example.org/eyre")
    assert "hunter2" not in repr(read_settings())


def test_every_setting_has_its_heading() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    names = [str(field.validation_alias) for field in Settings.model_fields.values()]
    assert sorted(names) == sorted(ALL)
    assert all(f"\n## {name}\n" in page for name in names)


def test_root_s_default_place_is_one_that_the_server_s_user_can_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert default_data_dir() == Path("/var/lib/eyre")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/home/somebody/.data")
    assert default_data_dir() == Path("/home/somebody/.data/eyre")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert default_data_dir() == Path.home() / ".local/share/eyre"
