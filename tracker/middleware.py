"""The number of a request: on every line of the log, in the answer, on the page that says that something went wrong."""

from typing import Any, cast

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

HEADER = "X-Request-ID"


def request_number() -> str:
    """Return the number of the request that is being answered, or "" outside one."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


class RequestLog(RequestMiddleware):
    """Log each request by its number, method and path; the number goes back in a header.

    What stands behind the question mark stays out of the log: search words and signed links are nobody else's business.
    """

    def __init__(self, get_response: Any) -> None:
        def answer(request: HttpRequest) -> HttpResponse:
            response = cast(HttpResponse, get_response(request))
            response.headers[HEADER] = request_number()
            return response

        super().__init__(answer)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"
