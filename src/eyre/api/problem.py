"""Errors as answers: `application/problem+json` (RFC 9457), with Eyre's stable code and nobody's data."""

import logging
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from eyre.api.refusals import NotAllowedError, TooLargeError, TooSlowError
from eyre.errors import EyreError, InputError, NotFoundError, SourceError, StoreError, fault_text

_log = logging.getLogger(__name__)
RETRY_AFTER = 2
"""Seconds after which a sender should try again when the store did not answer: a restart takes about that long."""
_STATUS: tuple[tuple[type[EyreError], HTTPStatus, str], ...] = (
    (NotAllowedError, HTTPStatus.UNAUTHORIZED, "not allowed to send"),
    (TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the delivery is too large"),
    (TooSlowError, HTTPStatus.REQUEST_TIMEOUT, "the delivery did not arrive in time"),
    (SourceError, HTTPStatus.UNPROCESSABLE_ENTITY, "the delivery cannot be read"),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE, "the store does not answer"),
    (NotFoundError, HTTPStatus.NOT_FOUND, "there is no such thing"),
    (InputError, HTTPStatus.BAD_REQUEST, "the request cannot be used"),
)
"""The first kind that an error is of decides the status and the title."""
_HEADERS = {
    HTTPStatus.UNAUTHORIZED: {"www-authenticate": "Bearer"},
    HTTPStatus.SERVICE_UNAVAILABLE: {"retry-after": str(RETRY_AFTER)},
}


def problem_of(error: EyreError) -> Response:
    """The answer to what `error` stopped."""
    for kind, status, title in _STATUS:
        if isinstance(error, kind):
            return _problem(status, title, error)
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Eyre is set up wrongly", error)


def problem_of_fault(error: Exception) -> Response:
    """The answer to a fault in Eyre. What the exception says is neither sent nor logged, for it may hold personal data:
    only where it was raised."""
    told = fault_text(error)
    _log.error("%s", told)
    fault = EyreError(told, remedy="please report it")
    return _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "a fault in Eyre", fault)


async def no_such_page(_request: Request, _error: Exception) -> Response:
    """The answer where there is no such address."""
    return problem_of(NotFoundError("there is nothing at this address", remedy="`/` has what there is"))


async def no_such_method(_request: Request, error: Exception) -> Response:
    """The answer to a method that an address does not take."""
    wrong = InputError("this address does not take this method", remedy="see docs/reference/http.md")
    answer = _problem(HTTPStatus.METHOD_NOT_ALLOWED, "the request cannot be used", wrong)
    answer.headers.update(getattr(error, "headers", None) or {})
    return answer


def _problem(status: HTTPStatus, title: str, error: EyreError) -> Response:
    body = {
        "type": f"urn:eyre:error:{error.code}",
        "title": title,
        "status": int(status),
        "detail": error.message,
        "code": error.code,
        "remedy": error.remedy,
    }
    return JSONResponse(body, status, headers=_HEADERS.get(status), media_type="application/problem+json")
