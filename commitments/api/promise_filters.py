"""What the lists of statements, follow-ups and events can be asked for."""

import django_filters
from django.db.models import QuerySet

from commitments.api.asked import HasFilter, IsoDateFilter, NameFilter, PersonFilter, WordsFilter
from commitments.models import Event, FollowUp, Kinds, Statement
from commitments.showing.portfolios import with_competence

MORE = "may be given more than once"


class StatementFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        choices=Statement.State.choices, help_text=f"without the scope proposals only accepted ones are there; {MORE}"
    )
    kind = django_filters.MultipleChoiceFilter(choices=Kinds.choices, help_text=MORE)
    relation = django_filters.MultipleChoiceFilter(choices=Statement.Relation.choices, help_text=MORE)
    commitment = django_filters.UUIDFilter(field_name="commitment__uid", help_text="uid of the promise")
    person = PersonFilter(field_name="speech__person", help_text="uid of who said it, also one from before a merge")
    addressee = PersonFilter(field_name="addressee", help_text="uid of the member to whom it was said")
    portfolio = django_filters.CharFilter(
        method="by_portfolio", max_length=400, help_text="a portfolio or a part of it as printed, e.g. “Wonen”"
    )
    committee = NameFilter(field_name="speech__item__document__meeting__committee", help_text="its name as printed")
    meeting = django_filters.UUIDFilter(field_name="speech__item__document__meeting__uid", help_text="its uid")
    document = django_filters.UUIDFilter(field_name="speech__item__document__uid", help_text="its uid")
    item = django_filters.UUIDFilter(field_name="speech__item__uid", help_text="uid of the agenda item")
    said_after = IsoDateFilter(field_name="said_on", lookup_expr="gte", help_text="said on or after this day")
    said_before = IsoDateFilter(field_name="said_on", lookup_expr="lte", help_text="said on or before this day")
    due_after = IsoDateFilter(field_name="due_end", lookup_expr="gte", help_text="last day on or after this day")
    due_before = IsoDateFilter(field_name="due_end", lookup_expr="lte", help_text="last day on or before this day")
    dated = HasFilter(field_name="due_end", help_text="whether it names a last day")
    q = WordsFilter("quote", "summary", "due_text", help_text="every one of these words stands in it")

    class Meta:
        model = Statement
        fields: list[str] = []

    def by_portfolio(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(commitment__mandate__in=with_competence(value))


class FollowUpFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(
        choices=FollowUp.State.choices, help_text=f"without the scope proposals only confirmed ones are there; {MORE}"
    )
    kind = django_filters.MultipleChoiceFilter(choices=FollowUp.Kind.choices, help_text=MORE)
    certainty = django_filters.MultipleChoiceFilter(choices=FollowUp.Certainties.choices, help_text=MORE)
    commitment = django_filters.UUIDFilter(field_name="commitment__uid", help_text="uid of the promise")
    person = PersonFilter(field_name="commitment__person", help_text="uid of who promised")
    committee = NameFilter(field_name="item__document__meeting__committee", help_text="its name as printed")
    meeting = django_filters.UUIDFilter(field_name="item__document__meeting__uid", help_text="its uid")
    document = django_filters.UUIDFilter(field_name="item__document__uid", help_text="its uid")
    item = django_filters.UUIDFilter(field_name="item__uid", help_text="uid of the agenda item")
    said_after = IsoDateFilter(
        field_name="item__document__date", lookup_expr="gte", help_text="of an item on or after this day"
    )
    said_before = IsoDateFilter(
        field_name="item__document__date", lookup_expr="lte", help_text="of an item on or before this day"
    )
    dated = HasFilter(field_name="due_end", help_text="whether it names a new last day")
    q = WordsFilter("quote", "item__title", "due_text", help_text="every one of these words stands in it")

    class Meta:
        model = FollowUp
        fields: list[str] = []


class EventFilter(django_filters.FilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=Event.Kind.choices, help_text=MORE)
    commitment = django_filters.UUIDFilter(field_name="commitment__uid", help_text="uid of the promise")
    person = PersonFilter(field_name="commitment__person", help_text="uid of who promised")
    after = IsoDateFilter(field_name="day", lookup_expr="gte", help_text="happened on or after this day")
    before = IsoDateFilter(field_name="day", lookup_expr="lte", help_text="happened on or before this day")

    class Meta:
        model = Event
        fields: list[str] = []
