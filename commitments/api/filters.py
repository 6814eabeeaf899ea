"""What the list can be asked for. A value that makes no sense is refused, never ignored."""

from uuid import UUID

import django_filters
from django import forms

from commitments.models import Commitment, Kinds
from commitments.querysets import CommitmentQuerySet
from commitments.showing.succession import Holders
from transcripts.models import Person

YES_NO = [("true", "true"), ("false", "false")]


class IsoDateFilter(django_filters.DateFilter):
    field_class = forms.DateField

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, input_formats=["%Y-%m-%d"], **kwargs)


class CommitmentFilter(django_filters.FilterSet):
    status = django_filters.MultipleChoiceFilter(
        choices=Commitment.Status.choices, help_text="may be given more than once"
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

    class Meta:
        model = Commitment
        fields: list[str] = []

    def by_person(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        return commitments.filter(person__in=Person.objects.known_as(value))

    def by_waiting(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        waiting = Commitment.objects.waiting_for_answer(self.request.day)
        return commitments.filter(pk__in=waiting) if value == "true" else commitments.exclude(pk__in=waiting)

    def by_holder(self, commitments: CommitmentQuerySet, _name: str, value: UUID) -> CommitmentQuerySet:
        holders = Holders(self.request.day)
        held = [pk for person in Person.objects.known_as(value) for pk in holders.mandates_of(person)]
        return commitments.filter(mandate__in=held)

    def by_overdue(self, commitments: CommitmentQuerySet, _name: str, value: str) -> CommitmentQuerySet:
        overdue = Commitment.objects.overdue(self.request.day)
        return commitments.filter(pk__in=overdue) if value == "true" else commitments.exclude(pk__in=overdue)
