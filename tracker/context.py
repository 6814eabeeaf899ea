"""What every page may say about the site."""

from django.conf import settings
from django.http import HttpRequest

from commitments.roles import works_at_desk
from commitments.showing.audience import sees_review
from tracker.clock import today


def site(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    return {
        "today": today(),
        "today_is_set": settings.TODAY is not None,
        "site_url": settings.SITE_URL,
        "sees_review": user is not None and sees_review(user),
        "at_desk": user is not None and works_at_desk(user),
    }
