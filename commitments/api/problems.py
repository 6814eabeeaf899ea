"""Errors as problem JSON (RFC 9457): one sentence that says what was wrong, and the fields it was about."""

from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

CONTENT_TYPE = "application/problem+json"


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Return what Django REST framework would answer, said as a problem; None for what it does not know."""
    response = exception_handler(error, context)
    if response is None:
        return None
    problem: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
    }
    if isinstance(error, ValidationError) and isinstance(response.data, dict):
        problem["detail"] = " ".join(
            f"{field}: {sentence}" for field, sentences in response.data.items() for sentence in sentences
        )
        problem["errors"] = response.data
    else:
        problem["detail"] = str(response.data.get("detail", "")) if isinstance(response.data, dict) else ""
    response.data = problem
    response.content_type = CONTENT_TYPE
    return response
