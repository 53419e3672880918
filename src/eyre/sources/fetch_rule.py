"""Where a source is fetched, as its manifest declares it."""

from datetime import timedelta
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from eyre.sources.declared import Declared

Scheme = Literal["http", "https", "sftp", "file", "push"]
_SCHEMES: tuple[Scheme, ...] = ("http", "https", "sftp", "file", "push")


class Paging(Declared):
    """A list told in pages of `size` rows, asked for with `parameter`: by number (`page=1`) or by the index of a page's
    first row (`start=25`), counted from `first`. At most `most` pages are asked for. With `overlaps` each is asked for
    from the last row of the page before it on, so that it shows when the list moved in between (`by: index`)."""

    parameter: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")]
    by: Literal["number", "index"]
    size: Annotated[int, Field(ge=1, le=100_000)]
    first: Annotated[int, Field(ge=0, le=1)] = 0
    most: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    overlaps: bool = False

    @model_validator(mode="after")
    def _overlaps_by_index(self) -> Self:
        if self.overlaps and (self.by != "index" or self.size < 2):
            raise ValueError("only pages of two rows or more that are asked for by index can overlap")
        return self


class Detail(Declared):
    """Each row has a page of its own, at `url` with the row's fields filled in (`https://…/inmate/{Booking No}`). At
    most `at_most` of them are asked for in one ride. The page of a row that the list tells unchanged is asked for again
    once in `again_hours`, for what changes only there; without it, never."""

    url: Annotated[str, Field(pattern=r"^https?://.*\{.+\}")]
    at_most: Annotated[int, Field(ge=1, le=100_000)] = 500
    again_hours: Annotated[float, Field(gt=0)] | None = 24.0

    @property
    def again(self) -> timedelta | None:
        """How long a row's own page may go unasked for."""
        return None if self.again_hours is None else timedelta(hours=self.again_hours)


class Reconcile(Declared):
    """Once in `hours`, and at first, everything is asked for, whatever the publisher says of its not having changed:
    at `url`, where a source that tells only what changed has the whole of it; where it has no other, at its own."""

    url: str | None = None
    hours: Annotated[float, Field(gt=0)] = 24.0

    @property
    def every(self) -> timedelta:
        """How often."""
        return timedelta(hours=self.hours)


class Fetch(Declared):
    """`url` is `http(s)://…`, `sftp://…/file`, `file:///folder` for files that are dropped there, or `push:` for a
    source that sends. A server is given `timeout_seconds` to answer; `at_once` requests at most go to one host.
    `agreed`: the publisher agreed to it, whatever its robots.txt says. Of a source that sends or drops files,
    `silent_after_seconds` says how long it may not be heard of."""

    url: str
    paging: Paging | None = None
    detail: Detail | None = None
    reconcile: Reconcile | None = None
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    at_once: Annotated[int, Field(ge=1, le=64)] = 2
    agreed: bool = False
    silent_after_seconds: Annotated[int, Field(ge=1)] | None = None

    @property
    def scheme(self) -> Scheme:
        """The way in which it is fetched."""
        return next(each for each in _SCHEMES if each == urlsplit(self.url).scheme)

    @property
    def host(self) -> str:
        """What politeness is owed to: host and port; empty for a folder and for what is pushed."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @model_validator(mode="after")
    def _understood(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme not in _SCHEMES:
            raise ValueError(f"`{parts.scheme}` is not one of {', '.join(_SCHEMES)}")
        if parts.password is not None:
            raise ValueError("the url holds a password: name it in the settings instead")
        if parts.scheme in ("http", "https", "sftp") and not parts.hostname:
            raise ValueError("the url names no host")
        if self.paging is not None and parts.scheme not in ("http", "https"):
            raise ValueError("only what is fetched by HTTP has pages")
        if self.silent_after_seconds is not None and parts.scheme not in ("file", "push"):
            raise ValueError("only a source that sends or drops files is silent: one that is asked is late")
        if self.detail is not None and urlsplit(self.detail.url).netloc != parts.netloc:
            raise ValueError("the rows' own pages stand on another host than the list")
        if self.reconcile is not None and parts.scheme not in ("http", "https", "sftp"):
            raise ValueError("only what is asked for, by HTTP or SFTP, can be reconciled")
        if self.reconcile is not None and self.reconcile.url is not None:
            whole = urlsplit(self.reconcile.url)
            if (whole.scheme, whole.netloc) != (parts.scheme, parts.netloc):
                raise ValueError("the whole stands on another host than the changes")
        return self
