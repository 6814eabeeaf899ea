"""What nobody expected: the page for the visitor, and the report to a collector of errors where one is set."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from tracker.middleware import request_number

API = "/api/"


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request makes no sense; to a program as a problem."""
    if request.path.startswith(API):
        from commitments.api.problems import Problem  # the settings import this module: nothing here may need them

        return Problem(400, gettext("The request was not understood."))
    return defaults.bad_request(request, exception)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer with the number to ask the keeper of the site about. Nothing is asked of a database that may be gone."""
    if request.path.startswith(API):
        from commitments.api.problems import server_problem

        return server_problem()
    page = loader.get_template("500.html").render({"request_number": request_number()})
    return HttpResponseServerError(page)


def report_to(dsn: str, *, environment: str) -> None:
    """Send errors to the Sentry, or what speaks like it, at `dsn`; never the words of a page, a form or a visitor.

    Raises ValueError where `dsn` is not the address of one.
    """
    import sentry_sdk  # only where it is asked for: it takes a while to load
    from sentry_sdk.integrations.logging import ignore_logger
    from sentry_sdk.utils import BadDsn

    def with_number(event: Any, hint: dict[str, Any]) -> Any:
        if number := request_number():
            event.setdefault("tags", {})["request_id"] = number
        if "request" in event:
            event["request"] = {key: event["request"][key] for key in ("method", "url") if key in event["request"]}
        return event

    try:
        sentry_sdk.init(
            dsn,
            environment=environment,
            before_send=with_number,
            send_default_pii=False,
            include_local_variables=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            traces_sample_rate=None,
            send_client_reports=False,
            auto_session_tracking=False,
        )
    except BadDsn as error:
        raise ValueError(str(error)) from None
    for logger in ("django_structlog.middlewares.request", "django_structlog.celery.receivers"):
        ignore_logger(logger)  # what they log is reported where it was raised
