"""Questions put to what was promised. Each takes the day as an argument; nothing here reads a clock."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

OPEN = ("open", "partly")


class StatementQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Proposed and not yet judged, surest first."""
        return self.filter(state="proposed").order_by("-confidence", "said_on", "pk")

    def not_withdrawn(self) -> Self:
        """All but those the engine has withdrawn."""
        return self.exclude(state="withdrawn")

    def accepted(self) -> Self:
        return self.filter(state="accepted")

    def judged_proposals(self) -> Self:
        """What the engine proposed and a person accepted or rejected."""
        return self.filter(origin="machine", state__in=["accepted", "rejected"]).exclude(cues=[])

    def with_source(self) -> Self:
        """Bring the speech, its item and its document along, without the long texts, in a fixed number of queries."""
        return self.prefetch_related(*_source("speech"))


class CommitmentQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, day: date) -> Self:
        """Open, not waiting for an answer, and `day` is past the last day of the interval."""
        return self._to_be_asked(day).filter(due_end__lt=day)

    def due_soon(self, day: date, within: int) -> Self:
        """Open, not overdue nor waiting for an answer, and the interval ends within `within` days after `day`."""
        return self._to_be_asked(day).filter(due_end__gte=day, due_end__lte=day + timedelta(days=within))

    def time_to_ask(self, day: date) -> Self:
        """Open without a last day, not waiting for an answer, and its day to ask has come."""
        return self._to_be_asked(day).filter(due_end__isnull=True, check_on__lte=day)

    def waiting_for_answer(self, day: date) -> Self:
        """Open, a question was filed about it, and the term for the answer still runs on `day`."""
        return self.open().filter(asked_on__lte=day, waiting_until__gte=day)

    def term_passed(self, day: date) -> Self:
        """Open, a question was filed about it, and the term for the answer has passed without one."""
        return self.open().filter(waiting_until__lt=day)

    def _to_be_asked(self, day: date) -> Self:
        quiet = Q(asked_on__lte=day, waiting_until__gte=day)
        return self.open().filter(Q(waiting_until__isnull=True) | ~quiet)

    def expected(self, day: date) -> Self:
        """Open, and `day` lies in the interval."""
        return self.open().filter(Q(due_start__lte=day) & Q(due_end__gte=day))

    def published(self) -> Self:
        """What anyone may see: it has a statement that a person accepted, or was said outside parliament in public."""
        return self.filter(Exists(_accepted_statements().filter(commitment=OuterRef("pk"))) | Q(outside__public=True))

    def matching(self, words: str) -> Self:
        """Every word stands in the title, the deadline as spoken, the promiser's name or in what was said."""
        found = self
        for word in words.split():
            quoted = _accepted_statements().filter(commitment=OuterRef("pk"), quote__icontains=word)
            found = found.filter(
                Q(title__icontains=word)
                | Q(due_text__icontains=word)
                | Q(person__name__icontains=word)
                | Q(outside__quote__icontains=word)
                | Exists(quoted)
            )
        return found

    def by_last_day(self) -> Self:
        """The longest past its date first; without a last day at the end, by the day to ask."""
        return self.order_by(F("due_end").asc(nulls_last=True), F("check_on").asc(nulls_last=True), "said_on", "pk")

    def with_sources(self) -> Self:
        """Bring along what a line shows: the promiser, and what was accepted or said elsewhere, with its source.

        A fixed number of queries, and none of the long texts.
        """
        statements = _accepted_statements().order_by("said_on", "speech_id", "start")
        return self.select_related("person", "mandate", "outside").prefetch_related(
            Prefetch("statements", statements, to_attr="accepted_statements"),
            *_source("accepted_statements__speech"),
        )


class FollowUpQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Proposed and not yet judged, surest first."""
        return self.filter(state="proposed").order_by("-score", "pk")

    def standing(self) -> Self:
        """All but those that were dismissed or withdrawn."""
        return self.exclude(state__in=["dismissed", "withdrawn"])


class EventQuerySet(models.QuerySet):
    def between(self, start: date, end: date) -> Self:
        """Events of the days [start, end]."""
        return self.filter(day__gte=start, day__lte=end)

    def standing(self) -> Self:
        """What was done to statements and is not undone; neither an undoing, nor what is told beside a decision."""
        beside = Q(kind__in=["deadline_moved", "deadline_corrected"], restores__isnull=True, actor__isnull=False)
        return self.filter(undone_by__isnull=True, undoes__isnull=True).exclude(beside)

    def undoable(self, actor: int | None) -> Self:
        """Decisions of this person (by id), the last first, after which nothing else was done to the statement."""
        from commitments.models import Event

        since = Event.objects.standing().filter(statement=OuterRef("statement"), pk__gt=OuterRef("pk"))
        own = self.standing().filter(actor=actor, restores__isnull=False, statement__isnull=False)
        return own.exclude(Exists(since)).order_by("-pk")


class ExtractionQuerySet(models.QuerySet):
    def pending(self, engine_version: str) -> Self:
        """Not read yet, or failed under another engine than this one: the same engine would fail the same."""
        return self.filter(Q(state="waiting") | (Q(state="failed") & ~Q(engine_version=engine_version)))

    def not_followed(self, engine_version: str) -> Self:
        """Read, and not yet compared with the open commitments by this engine."""
        return self.filter(state="done").exclude(followed_by=engine_version)

    def outdated(self, engine_version: str) -> Self:
        """Read by another engine than this one: with other rules it may find other promises."""
        return self.filter(state="done").exclude(engine_version=engine_version)


def _accepted_statements() -> StatementQuerySet:
    from commitments.models import Statement

    return Statement.objects.accepted()


def _source(path: str) -> list[Prefetch]:
    """Prefetches along `path` (which ends in a speech) to the document, leaving the long texts behind."""
    from transcripts.models import AgendaItem, Document, Speech

    return [
        Prefetch(path, Speech.objects.select_related("person").defer("text", "notes")),
        Prefetch(f"{path}__item", AgendaItem.objects.all()),
        Prefetch(f"{path}__item__document", Document.objects.defer("text", "account", "account_spans", "warnings")),
    ]
