"""The start page: what is late, what is expected, what is to be asked, what was answered; and what came in last."""

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.models import Commitment, Statement
from commitments.showing import front, papers
from commitments.showing.audience import sees_follow_ups, sees_review
from commitments.showing.circle import Circle
from tracker.clock import today
from transcripts.models import Document


def start(request: HttpRequest) -> HttpResponse:
    day = today()
    circle = Circle(request.GET, request.user)
    published = circle.narrow(Commitment.objects.published())
    review, follow_ups = sees_review(request.user), sees_follow_ups(request.user)
    shown = front.read(published, day, review=review, follow_ups=follow_ups)
    last_import = Document.objects.order_by("-imported_at").values("imported_at")[:1]
    documents = papers.newest_first().annotate(last_import=Subquery(last_import))
    latest = papers.counted(documents[: front.ON_START])
    waiting = Statement.objects.waiting().with_source()[: front.ON_START] if review else ()
    return render(
        request,
        "pages/start.html",
        {
            "circle": circle,
            "lead": shown.lead,
            "blocks": shown.blocks,
            "counts": shown.counts,
            "ahead": front.months_ahead(published, day),
            "behind": front.months_behind(published, day),
            "documents": latest,
            "last_import": latest[0].last_import if latest else None,  # type: ignore[attr-defined]
            "waiting": waiting,
            "waiting_count": shown.counts.get("waiting", 0),
            "follow_ups_waiting": shown.counts.get("follow_ups", 0),
        },
    )
