"""What the list can be asked for. A value that makes no sense is refused, never ignored."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from commitments.api.asked import YES_NO, HasFilter, IsoDateFilter, WholeFilter, YesNoFilter
from commitments.api.permissions import viewer
from commitments.models import Commitment, Kinds, Priority, Scope, Statement, Tag, Tagging, Watch
from commitments.querysets import CommitmentQuerySet
from commitments.showing.portfolios import with_competence
from commitments.showing.standing import days_late, waits_until
from commitments.showing.succession import Holders
from transcripts.models import Person

MOST_DAYS = 36_500  # a hundred years late


class CommitmentFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(
        choices=Commitment.Status.choices, method="by_status", help_text="on as_of; may be given more than once"
    )
    kind = django_filters.MultipleChoiceFilter(choices=Kinds.choices, help_text="may be given more than once")
    person = django_filters.UUIDFilter(
        method="by_person", help_text="uid of the person who promised, also one from before a merge"
    )
    overdue = django_filters.ChoiceFilter(
        choices=YES_NO, method="by_overdue", help_text="past its last day, counted on as_of"
    )
    waiting = django_filters.ChoiceFilter(
        choices=YES_NO, method="by_waiting", help_text="a question was filed and the term for the answer runs on as_of"
    )
    holder = django_filters.UUIDFilter(
        method="by_holder", help_text="uid of the person in charge of the portfolio on as_of, by succession too"
    )
    due_after = IsoDateFilter(field_name="due_end", lookup_expr="gte", help_text="last day on or after this day")
    due_before = IsoDateFilter(field_name="due_end", lookup_expr="lte", help_text="last day on or before this day")

    said_after = IsoDateFilter(field_name="said_on", lookup_expr="gte", help_text="first said on or after this day")
    said_before = IsoDateFilter(field_name="said_on", lookup_expr="lte", help_text="first said on or before this day")
    dated = HasFilter(field_name="due_end", help_text="whether it has a last day")
    conditional = YesNoFilter(method="by_conditional", help_text="whether it hangs on a condition")
    slipped = YesNoFilter(method="by_slipped", help_text="whether its last day was ever moved later")
    late_by = WholeFilter(
        method="by_days_late",
        min_value=1,
        max_value=MOST_DAYS,
        help_text="at least this many days past its last day, counted on as_of",
    )
    portfolio = django_filters.CharFilter(
        method="by_portfolio",
        max_length=400,
        help_text="for which it was promised: a portfolio or a part of it as printed, e.g. “Wonen”",
    )
    committee = django_filters.CharFilter(
        method="by_committee", max_length=400, help_text="where it was said; its name as printed"
    )
    addressee = django_filters.UUIDFilter(method="by_addressee", help_text="uid of the member to whom it was promised")
    member = django_filters.UUIDFilter(
        method="by_member", help_text="uid of the member to whom it was promised, or who asked in that agenda item"
    )
    document = django_filters.UUIDFilter(method="by_document", help_text="uid of a document in which it was said")
    meeting = django_filters.UUIDFilter(method="by_meeting", help_text="uid of a meeting in which it was said")
    q = django_filters.CharFilter(
        method="by_words",
        max_length=200,
        help_text="every one of these words stands in the title, the words of the deadline, the name or what was said",
    )
    label = django_filters.UUIDFilter(method="by_label", help_text="id of a label of your own office (scope office)")
    priority = django_filters.MultipleChoiceFilter(
        choices=Priority.Level.choices, method="by_priority", help_text="that your own office gave it (scope office)"
    )
    watched = YesNoFilter(method="by_watched", help_text="whether it is on a watch list of yours (scope office)")

    class Meta:
        model = Commitment
        fields: list[str] = []

    def by_conditional(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        return commitments.exclude(condition="") if value == "true" else commitments.filter(condition="")

    def by_slipped(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        slipped = Commitment.objects.slipped()
        return commitments.filter(pk__in=slipped) if value == "true" else commitments.exclude(pk__in=slipped)

    def by_days_late(self, commitments: CommitmentQuerySet, _name: str, value: int) -> CommitmentQuerySet:
        day, least = self.request.day, int(value)
        latest = date.fromordinal(max(1, day.toordinal() - least))
        now = Q(pk__in=Commitment.objects.overdue(day).filter(due_end__lte=latest))
        return commitments.filter(self._then(now, lambda one: days_late(one, day) >= least))

    def by_portfolio(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        return commitments.filter(mandate__in=with_competence(value))

    def by_committee(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        return commitments.filter(_said(speech__item__document__meeting__committee__iexact=value))

    def by_addressee(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        return commitments.filter(_said(addressee__in=Person.objects.known_as(value)))

    def by_member(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        member = Person.objects.known_as(value)
        asked = _said(speech__item__questions__asker__in=member)
        return commitments.filter(_said(addressee__in=member) | asked)

    def by_document(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        return commitments.filter(_said(speech__item__document__uid=value))

    def by_meeting(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        return commitments.filter(_said(speech__item__document__meeting__uid=value))

    def by_words(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        return commitments.matching(value)

    def by_label(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        own = viewer(self.request, Scope.OFFICE)
        if not Tag.objects.seen_by(own).filter(pk=value).exists():
            raise ValidationError({"label": [_("This is no label of an office of yours.")]})
        given = Tagging.objects.seen_by(own).filter(tag=value)
        return commitments.filter(uid__in=given.values("commitment"))

    def by_priority(self, commitments: CommitmentQuerySet, _name: str, value: list[str]) -> CommitmentQuerySet:
        if not value:
            return commitments
        given = Priority.objects.seen_by(viewer(self.request, Scope.OFFICE)).filter(level__in=value)
        return commitments.filter(uid__in=given.values("commitment"))

    def by_watched(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        watched = Watch.objects.seen_by(viewer(self.request, Scope.OFFICE)).values("commitment")
        return commitments.filter(uid__in=watched) if value == "true" else commitments.exclude(uid__in=watched)

    def by_person(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        return commitments.filter(person__in=Person.objects.known_as(value))

    def by_status(self, commitments: CommitmentQuerySet, _name: str, value: list[str]) -> CommitmentQuerySet:
        if not value:
            return commitments
        return commitments.filter(self._then(Q(status__in=value), lambda one: one.status in value))

    def by_waiting(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        day = self.request.day
        now = Q(pk__in=Commitment.objects.waiting_for_answer(day))
        waiting = self._then(now, lambda one: waits_until(one, day) is not None)
        return commitments.filter(waiting if value == "true" else ~waiting)

    def by_holder(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        holders = Holders(self.request.day)
        held = [pk for person in Person.objects.known_as(value) for pk in holders.mandates_of(person)]
        return commitments.filter(mandate__in=held)

    def by_overdue(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        day = self.request.day
        overdue = self._then(Q(pk__in=Commitment.objects.overdue(day)), lambda one: days_late(one, day) > 0)
        return commitments.filter(overdue if value == "true" else ~overdue)

    def _then(self, now: Q, was: Callable[[Commitment], bool]) -> Q:
        """Return what holds on as_of: for what changed since as it was then, for all else as it is now."""
        changed = self.request.past.changed()
        if not changed:
            return now
        return (now & ~Q(pk__in=list(changed))) | Q(pk__in=[pk for pk, one in changed.items() if was(one)])


def _said(**conditions: object) -> Exists:
    """Whether it was said so in parliament, and that was accepted."""
    return Exists(Statement.objects.accepted().filter(commitment=OuterRef("pk"), **conditions))
