"""Errors as problem JSON (RFC 9457): one sentence that says what was wrong, and the fields it was about.

Whatever format was asked for, an error is JSON: who asks for a spreadsheet can read a sentence all the same.
"""

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from tracker.middleware import request_number

CONTENT_TYPE = "application/problem+json"
OF_NO_FIELD = "non_field_errors"
TITLES = {
    400: gettext_lazy("The request makes no sense"),
    401: gettext_lazy("Nobody is known by this key"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Nothing here"),
    405: gettext_lazy("This cannot be done here"),
    406: gettext_lazy("There is no such format"),
    409: gettext_lazy("It has changed meanwhile"),
    415: gettext_lazy("This format is not read"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something went wrong"),
}


class Problem(HttpResponse):
    """A problem as an answer. errors: sentences by field, where it is about fields; more: further members."""

    def __init__(self, status: int, detail: str, errors: Mapping[str, list[str]] | None = None, **more: object) -> None:
        words = TITLES.get(status) or HTTPStatus(status).phrase
        problem: dict[str, object] = {"type": "about:blank", "title": str(words), "status": status, "detail": detail}
        if errors:
            problem["errors"] = errors
        content = json.dumps(problem | more, ensure_ascii=False, default=str).encode()
        super().__init__(content, content_type=CONTENT_TYPE, status=status)


def as_problem(error: Exception, context: dict[str, Any]) -> Problem | None:
    """Return what Django REST framework would answer, said as a problem; None for what it does not know.

    It is the EXCEPTION_HANDLER of the settings.
    """
    response = exception_handler(error, context)
    if response is None:
        return None
    errors: dict[str, list[str]] = {}
    if isinstance(error, ValidationError):
        for field, sentence in _flat(response.data):
            errors.setdefault(field, []).append(sentence)
        said = (sentence if field == OF_NO_FIELD else f"{field}: {sentence}"
                for field, some in errors.items() for sentence in some)  # fmt: skip
        detail = " ".join(said)
    else:
        detail = _detail(error, response.data, context, response.headers.get("Retry-After"))
    problem = Problem(response.status_code, detail, errors)
    for name, value in response.headers.items():
        if name.lower() not in ("content-type", "vary"):
            problem[name] = value
    return problem


def server_problem() -> Problem:
    """Return what an address of the API answers when nobody expected what happened."""
    detail = _("Something went wrong that nobody expected. Name this number to the keeper of the site.")
    return Problem(500, detail, request_id=request_number())


class NothingHere(APIView):
    """Answers for every address under /api/ that is nothing, whatever the method."""

    permission_classes = [AllowAny]
    schema = None

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise Http404

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        raise Http404


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Lead on to the same address with a slash at its end, where that is one; else say that there is nothing."""
    if request.method in ("GET", "HEAD") and not request.path.endswith("/"):
        try:
            there = resolve(f"{request.path_info}/").func
        except Resolver404:
            there = nothing_here
        if there is not nothing_here:
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{request.path}/" + (f"?{query}" if query else ""), permanent=True)
    return _nothing(request)


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]  # nothing can be done here
_nothing = NothingHere.as_view()


def _detail(error: Exception, data: Any, context: Mapping[str, Any], wait: str | None) -> str:
    """Return one sentence in the reader's language: of the framework's own words only those that nothing else says."""
    request = context.get("request")
    match error:
        case Http404():  # its own words name a class and are for developers
            return _("There is nothing at this address.")
        case PermissionDenied():
            return str(error) or _("You may not do that.")
        case exceptions.NotAuthenticated():
            return _("Send a key, or log in first.")
        case exceptions.Throttled():
            return _("You ask too often. Ask again after %(wait)s seconds.") % {"wait": wait or "60"}
        case exceptions.MethodNotAllowed():
            return _("The method %(method)s does nothing here.") % {"method": getattr(request, "method", "")}
        case exceptions.NotAcceptable():
            return _("What is here is not to be had in the format that was asked for.")
        case exceptions.UnsupportedMediaType():
            return _("A body of this content type is not read here.")
        case exceptions.ParseError() if str(error.detail) == str(error.default_detail):
            return _("The request was not understood.")
        case exceptions.PermissionDenied() if str(error.detail) == str(error.default_detail):
            return _("You may not do that.")
    return str(data.get("detail", "")) if isinstance(data, dict) else ""


def _flat(said: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield (field, sentence) of what a validation found; a field within another is named “outer.inner”."""
    if isinstance(said, Mapping):
        for name, inner in said.items():
            yield from _flat(inner, f"{at}.{name}" if at else str(name))
    elif isinstance(said, list | tuple):
        for number, inner in enumerate(said):
            within = isinstance(inner, Mapping | list | tuple)
            yield from _flat(inner, f"{at}.{number}".lstrip(".") if within else at)
    else:
        yield at or OF_NO_FIELD, str(said)
