"""The search on the list of commitments: its filters and its orders, as they stand in the address."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.forms import DayInput
from commitments.keyset import Key, Order
from commitments.models import Asking, Commitment, Kinds, Statement
from commitments.querysets import CommitmentQuerySet
from commitments.showing.succession import Holders
from transcripts.models import Meeting, Person, Question
from transcripts.register import competences

LAST_DAY, NEWEST, OLDEST = "last_day", "newest", "oldest"
# Each is walked by an index (Commitment.Meta), so that the last page costs what the first one does.
ORDERS = {
    LAST_DAY: Order.by(Key("due_end", null_as=date.max), Key("check_on", null_as=date.max), "said_on"),
    NEWEST: Order.by("said_on", downwards=True),
    OLDEST: Order.by("said_on"),
}
SORTS = [(LAST_DAY, _("by last day")), (NEWEST, _("said last first")), (OLDEST, _("said first first"))]
LATEST = 36500  # days
# What stands on the form at once; the rest is folded until one of it is filled in.
AT_ONCE = ("q", "minister", "status", "sort")
FOLDED = ("holder", "portfolio", "committee", "member", "kind", "dated", "due_from", "due_until", "late_by")


class KnownAs(forms.TypedChoiceField):
    """A person of `people`, by permanent id, also by one of before a merge."""

    people: dict[str, Person]

    def offer(self, people: Iterable[Person]) -> None:
        self.people = {str(one.uid): one for one in people}
        self.choices = [("", _("all")), *((uid, str(one)) for uid, one in self.people.items())]
        self.coerce = self.people.get

    def to_python(self, value: Any) -> str:
        given = str(value or "").lower()
        if given and given not in self.people:
            try:
                former = Person.objects.known_as(UUID(given)).first()
            except ValueError:
                former = None
            given = str(former.uid) if former else given
        return given


def _known_as(label: Any) -> KnownAs:
    return KnownAs(label=label, required=False, empty_value=None)


class Choices:
    """What can be chosen on a day, each kind of it read when it is asked for; for several searches at once."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def holders(self) -> Holders:
        return Holders(self.day)

    @cached_property
    def people(self) -> list[Person]:
        return list(_people())

    @cached_property
    def committees(self) -> list[str]:
        return list(Meeting.objects.order_by().values_list("committee", flat=True).distinct())


class CommitmentSearch(forms.Form):
    """Search and filters of the list; a field that makes no sense is said so and does not filter."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    minister = _known_as(_("Minister"))
    status = forms.ChoiceField(label=_("Status"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)
    holder = _known_as(_("Now in charge"))
    portfolio = forms.ChoiceField(label=_("Portfolio"), required=False)
    committee = forms.ChoiceField(label=_("Committee"), required=False)
    member = _known_as(_("Member of parliament"))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    dated = forms.ChoiceField(
        label=_("Last day"),
        required=False,
        choices=[("", _("with or without")), ("yes", _("with a last day")), ("no", _("without a last day"))],
    )
    due_from = forms.DateField(label=_("Last day from"), required=False, widget=DayInput())
    due_until = forms.DateField(label=_("Last day until"), required=False, widget=DayInput())
    late_by = forms.IntegerField(label=_("Days past its date, at least"), required=False, min_value=1, max_value=LATEST)
    overdue = forms.BooleanField(label=_("only past their date"), required=False)
    asked = forms.BooleanField(label=_("only waiting for an answer"), required=False)
    slipped = forms.BooleanField(label=_("only with a deadline that was moved"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holders = holders = choices.holders
        fields: dict[str, Any] = self.fields
        people = choices.people
        fields["holder"].offer(holders.people)
        fields["minister"].offer(one for one in people if one.has_promised)  # type: ignore[attr-defined]
        fields["member"].offer(one for one in people if one.has_asked)  # type: ignore[attr-defined]
        fields["status"].choices = _or_all(Commitment.Status.choices)
        fields["kind"].choices = _or_all(Kinds.choices)
        fields["portfolio"].choices = _or_all(_printed(one.portfolio for one in holders.promised))
        fields["committee"].choices = _or_all(_printed(choices.committees))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("due_from"), given.get("due_until")
        if first and last and last < first:
            self.add_error("due_until", _("This day is before the first one."))
            given.pop("due_from")  # half of what makes no sense does not filter either
        return given

    def narrow(self, commitments: CommitmentQuerySet, day: date) -> CommitmentQuerySet:
        """Return the commitments that match what was filled in, as counted on `day`."""
        self.is_valid()
        wanted = self.cleaned_data
        found = commitments
        if wanted.get("q"):
            found = found.matching(wanted["q"])
        if wanted.get("minister"):
            found = found.filter(person=wanted["minister"])
        if wanted.get("holder"):
            found = found.filter(mandate__in=self.holders.mandates_of(wanted["holder"]))
        if wanted.get("portfolio"):
            sought = competences(wanted["portfolio"])
            found = found.filter(
                mandate__in=[one.pk for one in self.holders.promised if sought & competences(one.portfolio)]
            )
        if wanted.get("committee"):
            found = found.of_committee(wanted["committee"])
        if wanted.get("member"):
            found = found.of_member(wanted["member"].pk)
        for name in ("status", "kind"):
            if wanted.get(name):
                found = found.filter(**{name: wanted[name]})
        return self._by_date(found, day)

    def _by_date(self, found: CommitmentQuerySet, day: date) -> CommitmentQuerySet:
        wanted = self.cleaned_data
        if wanted.get("dated"):
            found = found.filter(due_end__isnull=wanted["dated"] == "no")
        if wanted.get("due_from"):
            found = found.filter(due_end__gte=wanted["due_from"])
        if wanted.get("due_until"):
            found = found.filter(due_end__lte=wanted["due_until"])
        if wanted.get("late_by"):
            found = found.late_by(day, wanted["late_by"])
        if wanted.get("overdue"):
            found = found.overdue(day)
        if wanted.get("asked"):
            found = found.waiting_for_answer(day)
        return found.slipped() if wanted.get("slipped") else found

    @property
    def order(self) -> str:
        """The name of the order that was chosen (after narrow)."""
        return self.cleaned_data.get("sort") or LAST_DAY

    def at_once(self) -> list[forms.BoundField]:
        return [self[name] for name in AT_ONCE]

    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in FOLDED]

    def is_unfolded(self) -> bool:
        """Tell whether something is filled in, or wrong, among what is folded."""
        return any(self.data.get(name) for name in (*FOLDED, "slipped"))


def _people() -> QuerySet[Person]:
    """Whoever promised something (has_promised), and whoever asked something or was promised it (has_asked)."""
    here = OuterRef("pk")
    promised = Exists(Commitment.objects.filter(person=here))
    asked = (
        Exists(Question.objects.filter(asker=here))
        | Exists(Statement.objects.accepted().filter(addressee=here))
        | Exists(Asking.objects.filter(asker=here))
    )
    return Person.objects.annotate(has_promised=promised, has_asked=asked).filter(promised | asked)


def _or_all(choices: Iterable[Any]) -> list[Any]:
    return [("", _("all")), *choices]


def _printed(found: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, one) for one in sorted({*found} - {""}, key=str.casefold)]
