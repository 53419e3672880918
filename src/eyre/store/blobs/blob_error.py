"""What can be wrong with raw deliveries that are kept."""

from eyre.errors import StoreError


class NoRoomError(StoreError):
    """A raw delivery could not be kept, so it is not taken either; nothing was changed, and it may be tried again."""

    code = "EYRE-211"


class BlobError(StoreError):
    """A raw delivery that is kept cannot be read back: it is gone, damaged, or sealed with another key."""

    code = "EYRE-212"
