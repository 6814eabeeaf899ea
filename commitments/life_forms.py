"""What people fill in about a commitment that is tracked: its status, parts, questions, and words said elsewhere."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from commitments.forms import DayInput
from commitments.models import Asking, Commitment, Kinds, Part
from commitments.moves import allowed
from commitments.services.asking import Correction
from commitments.services.due import BY_HAND
from commitments.services.outside import Words
from transcripts.models import Person

Status = Commitment.Status


def _evidence(required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=_("Evidence"),
        required=required,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
        help_text=_("where it can be read: an address, a document, a page"),
    )


class LifeForm(forms.Form):
    """A form about one commitment, on `day`."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, commitment: Commitment, day: date) -> None:
        super().__init__(data)
        self.commitment = commitment
        self.day = day


class StatusForm(LifeForm):
    """What came of a promise; only where it may go from where it is."""

    status = forms.ChoiceField(label=_("Status"))
    on = forms.DateField(label=_("Since"), required=False, widget=DayInput())
    evidence = _evidence()
    superseded_by = forms.ModelChoiceField(
        Commitment.objects.all(),
        label=_("Superseded by"),
        required=False,
        widget=AutocompleteSelect(Commitment._meta.get_field("superseded_by"), admin.site),
        help_text=_("the commitment that took its place"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.commitment.status
        self.initial = {"status": now, "evidence": self.commitment.evidence, "on": self.commitment.fulfilled_on}
        choices = [(one, Status(one).label) for one in Status.values if one in {now, *allowed(now)}]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]


class PartForm(LifeForm):
    title = forms.CharField(
        label=_("Part"), max_length=200, help_text=_("one thing of several that were promised together")
    )


class ChoosePartForm(LifeForm):
    part = forms.ModelChoiceField(Part.objects.none(), widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = self.commitment.parts.all()  # type: ignore[attr-defined]


class TickForm(ChoosePartForm):
    done_on = forms.DateField(label=_("Done on"), required=False, widget=DayInput())
    evidence = _evidence()


class PersonSelect(AutocompleteSelect):
    """Looks nobody up whom the form knows already: as many forms as there are stand on one page.

    person: whom the form begins with.
    """

    person: Person | None = None

    def optgroups(self, name: str, value: Sequence[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        if self.person is None or list(value) != [str(self.person.pk)]:
            return super().optgroups(name, value, attrs)
        groups = super().optgroups(name, [], attrs)
        groups[0][1].append(self.create_option(name, value[0], str(self.person), selected=True, index=1))
        return groups


def _asker() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Person.objects.all(),
        label=_("Asked by"),
        required=False,
        widget=PersonSelect(Asking._meta.get_field("asker"), admin.site),
        help_text=_("the member in whose name it was filed"),
    )


class AskForm(LifeForm):
    """A question that was filed; the last day of its term is filled in by the calendar."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Asking.Kind.choices)
    filed_on = forms.DateField(label=_("Filed on"), widget=DayInput())
    number = forms.CharField(
        label=_("Number"), max_length=20, required=False, help_text=_("once parliament has given it one")
    )
    waiting_until = forms.DateField(
        label=_("Wait until"),
        required=False,
        widget=DayInput(),
        help_text=_(
            "empty: the legal term of a written question, twenty working days; for a request for explanation the next "
            "meeting of the committee, as far as it is known"
        ),
    )
    asker = _asker()
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3, "cols": 60}), help_text=_("as filed")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"filed_on": self.day, "kind": Asking.Kind.WRITTEN}


class ChooseAskingForm(LifeForm):
    asking = forms.ModelChoiceField(Asking.objects.none(), widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.commitment.askings.filter(outcome=Asking.Outcome.NONE)
        self.fields["asking"].queryset = waiting  # type: ignore[attr-defined]


class AskedForm(ChooseAskingForm):
    """A question that was filed, to say it better; filled in with what is kept of it."""

    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    filed_on = forms.DateField(label=_("Filed on"), widget=DayInput())
    waiting_until = forms.DateField(label=_("Wait until"), widget=DayInput())
    asker = _asker()
    addressee = forms.ModelChoiceField(
        Person.objects.all(),
        label=_("Asked of"),
        required=False,
        widget=PersonSelect(Asking._meta.get_field("addressee"), admin.site),
    )
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 6, "cols": 60, "lang": "nl"})
    )

    def __init__(self, *args: Any, asking: Asking | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asking is not None:
            self.auto_id = f"asking-{asking.pk}-%s"
            self.initial = {name: getattr(asking, name) for name in self.fields if name != "asking"} | {
                "asking": asking
            }
            for name, person in (("asker", asking.asker), ("addressee", asking.addressee)):
                cast(PersonSelect, self.fields[name].widget).person = person

    def given(self) -> Correction:
        given = dict(self.cleaned_data)
        del given["asking"]
        return Correction(people=(given.pop("asker"), given.pop("addressee")), **given)


class UndoForm(LifeForm):
    """What the page showed as the last thing done."""

    decision = forms.IntegerField(widget=forms.HiddenInput())


class WordsForm(LifeForm):
    """The words of a promise made outside parliament, and where they can be found."""

    quote = forms.CharField(label=_("Words"), widget=forms.Textarea(attrs={"rows": 3, "cols": 60}))
    said_on = forms.DateField(label=_("Said on"), widget=DayInput())
    source_name = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("where it was said: a paper, a programme")
    )
    source_url = forms.URLField(label=_("Address of the source"), max_length=600, required=False, assume_scheme="https")
    due_text = forms.CharField(
        label=_("Deadline as spoken"),
        max_length=300,
        required=False,
        help_text=_("without days, it is read against the day on which it was said"),
    )
    due_start = forms.DateField(label=_("From"), required=False, widget=DayInput())
    due_end = forms.DateField(label=_("Until"), required=False, widget=DayInput())
    public = forms.BooleanField(label=_("Public: shown to everybody, with its source"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.commitment.said_outside
        if said is not None:
            self.initial = {name: getattr(said, name) for name in self.fields if hasattr(said, name)}
            if said.due_rule and said.due_rule != BY_HAND:  # read from the words; the days would overrule new words
                self.initial |= {"due_start": None, "due_end": None}

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(**{name: given[name] for name in Words.__dataclass_fields__})


class EnterForm(WordsForm):
    """A promise made outside parliament that nobody tracks yet."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("one line that says what is promised")
    )
    person = forms.ModelChoiceField(Person.objects.all(), label=_("Promised by"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kinds.choices, initial=Kinds.ACT)
    field_order = ["title", "person", "kind"]
