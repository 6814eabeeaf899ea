"""What the lists of what was said can be asked for: documents, agenda items, speeches, people, mandates, portfolios."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from commitments.api.asked import IsoDateFilter, NameFilter, PersonFilter, WordsFilter, YesNoFilter
from commitments.api.promise_filters import MORE
from commitments.index import Shelf, index
from commitments.models import Commitment
from commitments.showing.portfolios import with_competence
from commitments.showing.searching import telling
from transcripts.models import AgendaItem, Document, Mandate, Person, Question, Speech

WHOLE = "every one of these words is said there, in whatever form: “premie” finds “premies”"


class DocumentFilter(django_filters.FilterSet):
    kind = django_filters.MultipleChoiceFilter(choices=Document.Kind.choices, help_text=MORE)
    committee = NameFilter(field_name="meeting__committee", help_text="its name as printed")
    meeting = django_filters.UUIDFilter(field_name="meeting__uid", help_text="its uid")
    after = IsoDateFilter(field_name="date", lookup_expr="gte", help_text="of this day or later")
    before = IsoDateFilter(field_name="date", lookup_expr="lte", help_text="of this day or earlier")
    q = WordsFilter("title", help_text="every one of these words stands in its title")

    class Meta:
        model = Document
        fields: list[str] = []


class TellingField(forms.CharField):
    """Words to look up by. Raises ValidationError where none of them tells anything."""

    def clean(self, value: object) -> str:
        words = super().clean(value)
        if words and not telling(words):
            raise forms.ValidationError(
                _("No word of “%(words)s” is looked up: give a word that tells more than “de” or a year.")
                % {"words": words}
            )
        return words


class SaidFilter(django_filters.CharFilter):
    """Agenda items in which all these words are said, by the index; rows are of what `field_name` leads from."""

    field_class = TellingField

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=200, **kwargs)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        if not value:
            return rows
        return rows.filter(**{f"{self.field_name}__in": index().holding(Shelf.ITEMS, telling(value))})


class AgendaItemFilter(django_filters.FilterSet):
    document = django_filters.UUIDFilter(field_name="document__uid", help_text="its uid")
    meeting = django_filters.UUIDFilter(field_name="document__meeting__uid", help_text="its uid")
    committee = NameFilter(field_name="document__meeting__committee", help_text="its name as printed")
    asker = django_filters.UUIDFilter(method="by_asker", help_text="uid of a member who asks")
    addressee = django_filters.UUIDFilter(method="by_addressee", help_text="uid of a minister who is asked")
    after = IsoDateFilter(field_name="document__date", lookup_expr="gte", help_text="of this day or later")
    before = IsoDateFilter(field_name="document__date", lookup_expr="lte", help_text="of this day or earlier")
    q = SaidFilter(field_name="pk", help_text=WHOLE)

    class Meta:
        model = AgendaItem
        fields: list[str] = []

    def by_asker(self, rows: QuerySet, _name: str, value: object) -> QuerySet:
        return rows.filter(_asked(asker__in=Person.objects.known_as(value)))  # type: ignore[arg-type]

    def by_addressee(self, rows: QuerySet, _name: str, value: object) -> QuerySet:
        return rows.filter(_asked(addressee__in=Person.objects.known_as(value)))  # type: ignore[arg-type]


class SpeechFilter(django_filters.FilterSet):
    document = django_filters.UUIDFilter(field_name="item__document__uid", help_text="its uid")
    item = django_filters.UUIDFilter(field_name="item__uid", help_text="uid of the agenda item")
    person = PersonFilter(field_name="person", help_text="uid of who speaks, also one from before a merge")
    capacity = django_filters.MultipleChoiceFilter(choices=Speech.Capacities.choices, help_text=MORE)
    party = NameFilter(field_name="party", help_text="as printed")
    committee = NameFilter(field_name="item__document__meeting__committee", help_text="its name as printed")
    after = IsoDateFilter(field_name="item__document__date", lookup_expr="gte", help_text="of this day or later")
    before = IsoDateFilter(field_name="item__document__date", lookup_expr="lte", help_text="of this day or earlier")
    q = SaidFilter(field_name="item", help_text=f"of agenda items: {WHOLE}")

    class Meta:
        model = Speech
        fields: list[str] = []


class PersonFilterSet(django_filters.FilterSet):
    minister = YesNoFilter(method="by_minister", help_text="whether a mandate of theirs is known")
    promised = YesNoFilter(method="by_promised", help_text="whether a promise of theirs was accepted")
    q = WordsFilter("name", help_text="every one of these words stands in the name")

    class Meta:
        model = Person
        fields: list[str] = []

    def by_minister(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        held = Exists(Mandate.objects.filter(person=OuterRef("pk")))
        return rows.filter(held if value == "true" else ~held)

    def by_promised(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        promised = Exists(Commitment.objects.published().filter(person=OuterRef("pk")))
        return rows.filter(promised if value == "true" else ~promised)


class MandateFilter(django_filters.FilterSet):
    person = PersonFilter(field_name="person", help_text="uid of who held it, also one from before a merge")
    portfolio = django_filters.CharFilter(
        method="by_portfolio", max_length=400, help_text="a portfolio or a part of it as printed, e.g. “Wonen”"
    )
    on = IsoDateFilter(method="by_day", help_text="in force on this day")

    class Meta:
        model = Mandate
        fields: list[str] = []

    def by_portfolio(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(pk__in=with_competence(value))

    def by_day(self, rows: QuerySet, _name: str, value: object) -> QuerySet:
        return rows.filter(Q(end__isnull=True) | Q(end__gte=value), start__lte=value)


class PortfolioFilter(django_filters.FilterSet):
    person = django_filters.UUIDFilter(method="by_person", help_text="uid of somebody who held it")
    q = WordsFilter("portfolio", help_text="every one of these words stands in it")

    class Meta:
        model = Mandate
        fields: list[str] = []

    def by_person(self, rows: QuerySet, _name: str, value: object) -> QuerySet:
        held = Mandate.objects.filter(person__in=Person.objects.known_as(value))  # type: ignore[arg-type]
        return rows.filter(portfolio__in=held.values("portfolio"))


def _asked(**conditions: object) -> Exists:
    return Exists(Question.objects.filter(item=OuterRef("pk"), **conditions))
