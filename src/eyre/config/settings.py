"""The settings of an installation: one frozen value, read from the environment once, at the top."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from eyre.config.data_dir import default_data_dir
from eyre.errors import ConfigError

DATABASE_URL = "EYRE_DATABASE_URL"
DATA_DIR = "EYRE_DATA_DIR"
PG_BINDIR = "EYRE_PG_BINDIR"
LOG = "EYRE_LOG"
BLOB_DIR = "EYRE_BLOB_DIR"
BLOB_KEY_FILE = "EYRE_BLOB_KEY_FILE"
PUSH_TOKENS = "EYRE_PUSH_TOKENS"
KNOWN_HOSTS = "EYRE_KNOWN_HOSTS"
SFTP_KEY = "EYRE_SFTP_KEY"

LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """Documented in docs/reference/settings.md. Without `database_url` a private server runs in `data_dir`.
    Without `blob_dir` raw deliveries are not kept."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, hide_input_in_errors=True)

    database_url: str | None = Field(None, validation_alias=DATABASE_URL, pattern=r"^postgres(ql)?://", repr=False)
    data_dir: Path = Field(default_factory=default_data_dir, validation_alias=DATA_DIR)
    pg_bindir: Path | None = Field(None, validation_alias=PG_BINDIR)
    push_tokens: Path | None = Field(None, validation_alias=PUSH_TOKENS)
    known_hosts: Path | None = Field(None, validation_alias=KNOWN_HOSTS)
    sftp_key: Path | None = Field(None, validation_alias=SFTP_KEY)
    log: LogLevel = Field("warning", validation_alias=LOG)
    blob_dir: Path | None = Field(None, validation_alias=BLOB_DIR)
    blob_key_file: Path | None = Field(None, validation_alias=BLOB_KEY_FILE)


def read_settings(data_dir: Path | None = None) -> Settings:
    """The settings of this process; `data_dir`, as given to a command, goes before the environment and means a private
    server with its raw deliveries there, whatever `EYRE_DATABASE_URL` and `EYRE_BLOB_DIR` say. Raises `ConfigError`
    EYRE-101."""
    given: dict[str, Any] = {} if data_dir is None else {DATA_DIR: data_dir, DATABASE_URL: None, BLOB_DIR: None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = error.errors()[0]
        raise ConfigError(
            f"the setting `{wrong['loc'][0]}` cannot be used: {wrong['msg'].lower()}",
            remedy="see docs/reference/settings.md",
            code="EYRE-101",
        ) from None
    data = settings.data_dir.expanduser().absolute()
    blobs = settings.blob_dir or (data / "blobs" if settings.database_url is None else None)
    key = settings.blob_key_file
    return settings.model_copy(
        update={
            "data_dir": data,
            "blob_dir": blobs.expanduser().absolute() if blobs else None,
            "blob_key_file": key.expanduser().absolute() if key else None,
        }
    )
