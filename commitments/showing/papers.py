"""Documents as the lists show them: the newest first, with how many promises were found in each."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from commitments.models import Statement
from transcripts.models import Document


def newest_first() -> QuerySet[Document]:
    rows = Document.objects.order_by("-date", "-imported_at", "pk")
    return rows.defer("text", "account_spans", "account").select_related("meeting")


def counted(shown: Iterable[Document]) -> list[Document]:
    """Return the documents of one page with `accepted` and `waiting`: how many promises of each are in it."""
    documents = list(shown)
    found = Statement.objects.filter(speech__item__document__in=documents).order_by()
    rows = (
        found.values("speech__item__document")
        .annotate(
            accepted=Count("pk", filter=Q(state=Statement.State.ACCEPTED)),
            waiting=Count("pk", filter=Q(state=Statement.State.PROPOSED)),
        )
        .values_list("speech__item__document", "accepted", "waiting")
    )
    counts = {pk: (accepted, waiting) for pk, accepted, waiting in rows}
    for one in documents:
        one.accepted, one.waiting = counts.get(one.pk, (0, 0))  # type: ignore[attr-defined]
    return documents
