"""The language that somebody chose goes before that of the browser, on every page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from commitments.models import Preference

FOR_PROGRAMS = ("/api/", "/feeds/", "/health/")  # these know no visitor, or are told the language


def own_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after the one that knows the user. Who is not logged in costs no query, and no session is opened."""

    def answer(request: HttpRequest) -> HttpResponse:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(FOR_PROGRAMS)
        if known and request.user.is_authenticated:
            own: Preference | None = getattr(request.user, "preference", None)  # came with the user
            if own is not None and (chosen := own.language) in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return get_response(request)

    return answer
