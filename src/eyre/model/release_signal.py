"""How a release shows in what a source publishes."""

from enum import StrEnum


class ReleaseSignal(StrEnum):
    """What a manifest declares; only `DROP_OFF` ever makes a release of a row that is gone."""

    EXPLICIT = "explicit"
    WINDOW = "window"
    DROP_OFF = "drop_off"
    PROJECTED_ONLY = "projected_only"
    DELTA_FILE = "delta_file"
    PUSH_DELETE = "push_delete"
