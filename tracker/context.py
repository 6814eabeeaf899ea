"""What every page may say about the site."""

from django.conf import settings
from django.http import HttpRequest

from commitments.showing.audience import sees_review
from tracker.clock import today


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "today": today(),
        "today_is_set": settings.TODAY is not None,
        "site_url": settings.SITE_URL,
        "sees_review": hasattr(request, "user") and sees_review(request.user),
    }
