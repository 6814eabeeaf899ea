"""What every page may say about the site."""

from django.conf import settings
from django.http import HttpRequest

from commitments.roles import works_at_desk
from commitments.showing.audience import may_judge_follow_ups, sees_follow_ups, sees_review
from tracker import pulse
from tracker.clock import today


def site(request: HttpRequest) -> dict[str, object]:
    user = getattr(request, "user", None)
    at_desk = user is not None and works_at_desk(user)
    return {
        "today": today(),
        "today_is_set": settings.TODAY is not None,
        "site_url": settings.SITE_URL,
        "sees_review": user is not None and sees_review(user),
        "sees_follow_ups": user is not None and at_desk and sees_follow_ups(user),
        "judges_follow_ups": user is not None and at_desk and may_judge_follow_ups(user),
        "at_desk": at_desk,
        "missed": pulse.missed_or_unknown() if at_desk else [],
    }
