"""Asking a source, in the way that its manifest declares."""

from collections.abc import Mapping

from eyre.circuit.tools import Tools
from eyre.errors import ConfigError
from eyre.sources.count_rows import count_rows
from eyre.sources.fetch_rule import Fetch
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import Asking, fetch_http
from eyre.sources.transports.fetch_sftp import fetch_sftp
from eyre.sources.transports.fetched import Fetched, NotChanged


def fetch_source(
    tools: Tools, manifest: Manifest, fetch: Fetch, *, validators: Mapping[str, str]
) -> Fetched | NotChanged:
    """What the source has to say, by HTTP or SFTP. Raises `FetchError`, and `ConfigError` where no known hosts are
    named for a server that is asked by SFTP."""
    if fetch.scheme == "sftp":
        if tools.sftp_keys is None:
            raise ConfigError(
                f"`{manifest.id}` is fetched by SFTP, and no file of known hosts is named",
                remedy="name one with EYRE_KNOWN_HOSTS",
            )
        return fetch_sftp(fetch, manifest.limits, tools.sftp_keys, validators=validators)
    pause = 0.0 if fetch.agreed else tools.robots.delay(tools.client, fetch, tools.clock())
    asking = Asking(tools.client, manifest.limits, pause=pause, rows_in=lambda page: count_rows(manifest, page))
    return fetch_http(asking, fetch, validators=validators)
