"""Questions put to what was promised. Each takes the day as an argument; nothing here reads a clock."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Count, DateField, Exists, F, Func, Max, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, TruncMonth

from commitments.count_querysets import OPEN as OPEN
from commitments.count_querysets import CommitteesQuerySet, CountsQuerySet, to_be_asked
from commitments.index import texts

LONG = ("text", "account", "account_spans", "warnings")  # of a document


class StatementQuerySet(CommitteesQuerySet):
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
        """Bring the speech, its item and its document along, without the long texts, in the same query."""
        long = ("speech__text", "speech__notes", *(f"speech__item__document__{name}" for name in LONG))
        return self.select_related("speech__person", "speech__item__document").defer(*long)


class CommitmentQuerySet(CountsQuerySet):
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

    def unanswered(self, day: date) -> Self:
        """Open and not waiting for an answer; its last day, or the term of a question about it, has passed."""
        return self._to_be_asked(day).filter(Q(due_end__lt=day) | Q(waiting_until__lt=day))

    def condition_came(self, day: date) -> Self:
        """Open and not waiting for an answer; the last day named in its condition is here, so: did it come to pass?"""
        return self._to_be_asked(day).filter(condition_on__lte=day)

    def silent_since(self, heard: date, day: date) -> Self:
        """Running on `day`, not waiting for an answer, and said, told of and asked about on `heard` at the latest.

        What is overdue or has to be asked about is called for already, and is not among them.
        """
        running = Q(due_end__gte=day) | Q(due_end__isnull=True, check_on__gt=day)
        later = [
            Exists(rows.filter(commitment=OuterRef("pk"), **{f"{on}__gt": heard})) for rows, on in _signs_of_life()
        ]
        return self._to_be_asked(day).filter(running, *(~one for one in later), said_on__lte=heard)

    def with_last_heard(self) -> Self:
        """Annotate `last_heard`: the last day on which it was said, told of, asked about or answered."""
        latest = [
            Coalesce(
                Subquery(
                    rows.filter(commitment=OuterRef("pk"))
                    .order_by()
                    .values("commitment")
                    .annotate(last=Max(on))
                    .values("last")
                ),
                F("said_on"),
            )
            for rows, on in _signs_of_life()
        ]
        return self.annotate(last_heard=Greatest(F("said_on"), *latest))

    def slipped(self) -> Self:
        """Its last day was moved later at least once: after one last day was named, a later one was."""
        later = [Exists(rows.filter(commitment=OuterRef("pk"))) for rows in _later_last_days()]
        return self.filter(reduce(or_, later))

    def announced_to_lapse(self) -> Self:
        """Open, announced to lapse with its legislature, and nobody kept it open nor made it open again since."""
        from commitments.models import Event

        announced = Event.objects.standing_announcements()
        return self.open().filter(Exists(announced.filter(commitment=OuterRef("pk"))))

    def _to_be_asked(self, day: date) -> Self:
        return self.filter(to_be_asked(day))

    def with_next_meeting(self, meetings: Mapping[str, date]) -> Self:
        """Annotate `meeting`: the next one of the committee in which it was promised, else of the plenary, else null.

        meetings: the next meeting of each committee, that of the plenary by an empty name (Meeting.next_after).
        """
        first_said = _accepted_statements().filter(commitment=OuterRef("pk")).order_by("said_on", "pk")
        found = self.annotate(committee=Subquery(first_said.values("speech__item__document__meeting__committee")[:1]))
        known = [(name, on) for name, on in meetings.items() if name]
        plenary = Value(meetings.get(""), DateField(null=True))
        return found.annotate(meeting=_by_value(F("committee"), known, plenary) if known else plenary)

    def due_by_meeting(self, day: date, within: int, meetings: Mapping[str, date]) -> Self:
        """Due soon, and its last day is not after the next meeting, annotated as `meeting`; where none is known, it is
        not more than `within` days after `day`.
        """
        soon = day + timedelta(days=within)
        horizon = (max([*meetings.values(), soon]) - day).days
        found = self.due_soon(day, horizon).with_next_meeting(meetings)
        return found.filter(due_end__lte=Coalesce("meeting", Value(soon, DateField())))

    def answered_between(self, start: date, end: date) -> Self:
        """Something came of it in the days [start, end]: a question was answered, or it was done, in whole or in part,
        or a person confirmed what was said of it since.
        """
        from commitments.models import Event

        told = Q(kind__in=["answered", "follow_up_added", "part_done"])
        told |= Q(kind="status_changed", after__status__in=["partly", "fulfilled"])
        told |= Q(kind="follow_up_judged", after__state="confirmed")
        rows = Event.objects.between(start, end).filter(told, undone_by__isnull=True, undoes__isnull=True)
        rows = rows.filter(Q(follow_up__isnull=True) | Q(follow_up__state="confirmed"))
        return self.filter(pk__in=rows.filter(commitment__isnull=False).values("commitment"))

    def deadlines(self, start: date, end: date) -> models.QuerySet:
        """Return due_start, due_end and `number` of what is open and has one of its days in [start, end]."""
        rows = self.open().filter(due_end__gte=start).filter(
            Q(due_start__lte=end) | Q(due_start__isnull=True, due_end__lte=end)
        )  # fmt: skip
        return rows.order_by().values_list("due_start", "due_end").annotate(number=Count("pk"))

    def kept_by_month(self, start: date, end: date, day: date) -> models.QuerySet:
        """Return `month`, `what` and `number` of what had its last day in [start, end], as it stands on `day`.

        what: kept on its last day at the latest ("on_time"), kept later ("later"), past it and still open ("open"),
        or moved to a later day ("moved", in the month of the day it had before). What was dropped, lapsed or replaced
        is none of these.
        """
        from commitments.models import FollowUp, OutsideStatement

        month = TruncMonth("due_end", output_field=DateField())
        kept = self.filter(status="fulfilled", fulfilled_on__isnull=False)
        here = {"due_end__gte": start, "due_end__lte": end}

        def counted(rows: models.QuerySet, what: str, of: str = "pk") -> models.QuerySet:
            told = rows.filter(**here).order_by().annotate(month=month, what=Value(what))
            return told.values_list("month", "what").annotate(number=Count(of, distinct=of != "pk"))

        put_off = FollowUp.objects.filter(state="confirmed", kind="postponed")
        moved = {"commitment__due_end__gt": F("due_end"), "commitment__in": self.order_by().values("pk")}
        return counted(kept.filter(fulfilled_on__lte=F("due_end")), "on_time").union(
            counted(kept.filter(fulfilled_on__gt=F("due_end")), "later"),
            counted(self.open().filter(due_end__lt=day), "open"),
            counted(_accepted_statements().filter(**moved), "moved", "commitment"),
            counted(OutsideStatement.objects.filter(**moved), "moved", "commitment"),
            counted(put_off.filter(**moved), "moved", "commitment"),
            all=True,
        )

    def expected(self, day: date) -> Self:
        """Open, and `day` lies in the interval."""
        return self.open().filter(Q(due_start__lte=day) & Q(due_end__gte=day))

    def published(self) -> Self:
        """What anyone may see: it has a statement that a person accepted, or was said outside parliament in public.

        Asked row by row, without a join: for an EXISTS beside an OR, PostgreSQL reads all statements before the first
        row of a page, and after a join it sorts all rows that follow.
        """
        from commitments.models import OutsideStatement

        said = _accepted_statements().filter(commitment=OuterRef("pk")).order_by().values(shown=Value(True))[:1]
        outside = OutsideStatement.objects.filter(commitment=OuterRef("pk")).order_by().values("public")
        return self.filter(Coalesce(Subquery(said), Subquery(outside), output_field=models.BooleanField()))

    def matching(self, words: str) -> Self:
        """Every word stands in the title, the deadline as spoken, the promiser's name or in what was said."""
        found = self
        for word in words.split():
            found = found.filter(pk__in=texts.holding(word))
        return found

    def late_by(self, day: date, days: int) -> Self:
        """Overdue on `day`, and past the last day for at least `days` days."""
        return self.overdue(day).filter(due_end__lte=day - timedelta(days=days))

    def of_committee(self, committee: str) -> Self:
        """Said in a meeting of this committee, its name as printed."""
        there = _accepted_statements().filter(speech__item__document__meeting__committee=committee)
        return self.filter(Exists(there.filter(commitment=OuterRef("pk"))))

    def of_member(self, member: int) -> Self:
        """Promised to a member of parliament (id), or on a question of theirs; or they asked about it since."""
        from commitments.models import Asking
        from transcripts.models import Question

        said = _accepted_statements().filter(commitment=OuterRef("pk"))
        asked = Question.objects.filter(item=OuterRef("speech__item"), asker=member)
        since = Asking.objects.filter(commitment=OuterRef("pk"), asker=member)
        return self.filter(Exists(said.filter(Q(addressee=member) | Exists(asked))) | Exists(since))

    def by_last_day(self) -> Self:
        """The longest past its date first; without a last day at the end, by the day to ask."""
        return self.order_by(F("due_end").asc(nulls_last=True), F("check_on").asc(nulls_last=True), "said_on", "pk")

    def with_sources(self) -> Self:
        """Bring along what a line shows: the promiser, and what was accepted or said elsewhere, with its source.

        A fixed number of queries, and none of the long texts.
        """
        statements = (
            _accepted_statements()
            .select_related("speech__person", "speech__item__document")
            .defer("speech__text", "speech__notes", *(f"speech__item__document__{name}" for name in LONG))
            .order_by("said_on", "speech_id", "start")
        )
        return self.select_related("person", "mandate", "outside").prefetch_related(
            Prefetch("statements", statements, to_attr="accepted_statements")
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
        """What was done and is not undone; neither an undoing, nor what is told beside a decision."""
        told = ["deadline_moved", "deadline_corrected", "follow_up_corrected"]
        beside = Q(kind__in=told, restores__isnull=True, actor__isnull=False)
        return self.filter(undone_by__isnull=True, undoes__isnull=True).exclude(beside)

    def newest(self) -> models.QuerySet:
        """The pk of the last one alone, as a subquery tells it of each row."""
        return self.order_by("-pk").values("pk")[:1]

    def standing_announcements(self) -> Self:
        """What was announced to lapse, and nobody kept open nor made open again since."""
        from commitments.models import Event

        same = {"commitment": OuterRef("commitment")}
        kept = Event.objects.filter(**same, about_day=OuterRef("about_day"), kind="kept_open")
        lapsed = Event.objects.filter(**same, pk__gt=OuterRef("pk"), after__term_ended__isnull=False)
        return self.filter(kind="lapse_announced").exclude(Exists(kept)).exclude(Exists(lapsed))

    def undoable(self, actor: int | None, about: str = "statement") -> Self:
        """Decisions of this person (by id), the last first, after which nothing else was done to what they are about.

        about: "statement" or "follow_up".
        """
        from commitments.models import Event

        since = Event.objects.standing().filter(pk__gt=OuterRef("pk"), **{about: OuterRef(about)})
        own = self.standing().filter(actor=actor, restores__isnull=False, **{f"{about}__isnull": False})
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


def _by_value(asked: F, known: Iterable[tuple[str, date]], other: Value) -> Func:
    """CASE asked WHEN … THEN … ELSE … END: works `asked` out once for a row, where Django's Case does each time."""
    days: Any = [
        Func(Value(name), Value(on, DateField()), template="WHEN %(expressions)s", arg_joiner=" THEN ")
        for name, on in known
    ]
    otherwise = Func(other, template="ELSE %(expressions)s")
    return Func(
        asked, *days, otherwise,
        template="(CASE %(expressions)s END)", arg_joiner=" ", output_field=DateField(null=True),
    )  # fmt: skip


def _signs_of_life() -> list[tuple[models.QuerySet, str]]:
    """Where something is heard of a commitment, and on which day."""
    from commitments.models import Asking, FollowUp, Part

    return [
        (_accepted_statements(), "said_on"),
        (FollowUp.objects.filter(state="confirmed"), "item__document__date"),
        (Asking.objects.all(), "filed_on"),
        (Asking.objects.all(), "ended_on"),
        (Part.objects.all(), "done_on"),
    ]


def _later_last_days() -> list[models.QuerySet]:
    """What named a last day after something else had named an earlier one, in the order of services.sayings."""
    from commitments.models import FollowUp, OutsideStatement

    same = {"commitment": OuterRef("commitment"), "due_end__lt": OuterRef("due_end")}
    statements = _accepted_statements()
    put_off = FollowUp.objects.filter(state="confirmed", kind="postponed")
    on = "item__document__date"
    said, told = OuterRef("said_on"), OuterRef(on)
    here = {"said_on": said}
    first = Q(said_on__lt=said) | Q(**here, speech__lt=OuterRef("speech"))
    first |= Q(**here, speech=OuterRef("speech"), start__lt=OuterRef("start"))
    outside = OutsideStatement.objects.filter(**same)
    return [
        statements.filter(
            Exists(statements.filter(first, **same))
            | Exists(put_off.filter(**same, **{f"{on}__lt": said}))
            | Exists(outside.filter(said_on__lte=said))
        ),
        put_off.filter(
            Exists(statements.filter(**same, said_on__lte=told))
            | Exists(put_off.filter(Q(**{f"{on}__lt": told}) | Q(**{on: told}, pk__lt=OuterRef("pk")), **same))
            | Exists(outside.filter(said_on__lte=told))
        ),
    ]


def _accepted_statements() -> StatementQuerySet:
    from commitments.models import Statement

    return Statement.objects.accepted()
