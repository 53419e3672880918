"""With which keys servers are asked by SFTP."""

from pathlib import Path

from eyre.config.settings import read_settings
from eyre.sources.transports.fetch_sftp import SftpKeys


def sftp_keys(data_dir: Path | None = None) -> SftpKeys | None:
    """The files that the settings name; nothing where they name no known hosts, and so no server is trusted."""
    settings = read_settings(data_dir)
    if settings.known_hosts is None:
        return None
    key = settings.sftp_key
    return SftpKeys(settings.known_hosts.expanduser().absolute(), key.expanduser().absolute() if key else None)
