"""What every page may say about the site."""

from django.conf import settings
from django.http import HttpRequest

from tracker.clock import today


def site(request: HttpRequest) -> dict[str, object]:
    return {"today": today(), "today_is_set": settings.TODAY is not None, "site_url": settings.SITE_URL}
