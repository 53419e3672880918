"""What a request gets wrong by itself, before anything of it is read."""

from eyre.errors import InputError, NotFoundError, SourceError


class NotAllowedError(InputError):
    """The source is not known here, or the token is not its own: which of the two is not said."""

    code = "EYRE-420"

    def __init__(self) -> None:
        super().__init__(
            "no source of this name takes deliveries with this token",
            remedy="send `Authorization: Bearer TOKEN` with the source's own token",
        )


class TooSlowError(InputError):
    """The delivery did not arrive in time."""

    code = "EYRE-421"


class TooLargeError(SourceError):
    """The delivery is over the source's declared limit; it was not read further."""

    code = "EYRE-302"


class NotSendingError(NotFoundError):
    """The source is not registered, or not as one that sends. Told only to who has its token."""

    code = "EYRE-603"
