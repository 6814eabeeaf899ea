"""What the filters of all resources share: a value or a name that makes no sense is refused with a sentence."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from transcripts.models import Person

YES_NO = [("true", "true"), ("false", "false")]
LONGEST = 200  # characters of words to look for
# What a list itself takes, beside its filters.
OF_THE_LIST = frozenset({"page", "page_size", "cursor", "ordering", "format", "excel", "updated_since"})


class IsoDateFilter(django_filters.DateFilter):
    field_class = forms.DateField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, input_formats=["%Y-%m-%d"], **kwargs)


class WholeFilter(django_filters.NumberFilter):
    """A whole number."""

    field_class = forms.IntegerField


class YesNoFilter(django_filters.ChoiceFilter):
    """true or false; what is asked by `method` gets the word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=YES_NO, **kwargs)


class HasFilter(YesNoFilter):
    """Whether a column is filled in."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows if not value else rows.filter(**{f"{self.field_name}__isnull": value == "false"})


class WordsFilter(django_filters.CharFilter):
    """Every one of these words stands in one of the columns, in capitals or not."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        self.columns = columns

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            here = Q()
            for column in self.columns:
                here |= Q(**{f"{column}__icontains": word})
            rows = rows.filter(here)
        return rows


class PersonFilter(django_filters.UUIDFilter):
    """A person by permanent id, also one from before a merge."""

    def filter(self, rows: QuerySet, value: UUID | None) -> QuerySet:
        return rows if value is None else rows.filter(**{f"{self.field_name}__in": Person.objects.known_as(value)})


class NameFilter(django_filters.CharFilter):
    """A name as printed, in capitals or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, lookup_expr="iexact", max_length=400, **kwargs)


class KnownBackend(DjangoFilterBackend):
    """Filters; a parameter that is none of this address is refused, so that a slip of the pen is no other answer."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filters = self.get_filterset_class(view, queryset)
        known = set(filters.base_filters if filters else ())
        refuse_unknown(request, [*known, *getattr(view, "also_asked", ())])
        if known.isdisjoint(request.query_params):
            return queryset  # to make a form of all filters takes longer than to answer a page
        return super().filter_queryset(request, queryset, view)


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """Raise ValidationError for a parameter that is not known, and name those that are."""
    names = sorted(OF_THE_LIST.union(known))
    said = {
        name: [_("There is no such parameter here. Choose from: %(names)s.") % {"names": ", ".join(names)}]
        for name in request.query_params
        if name not in names
    }
    if said:
        raise ValidationError(said)
