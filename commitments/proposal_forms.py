"""What a reviewer fills in at the desk for one statement."""

import re

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.forms import DayInput, DeadlineForm, RejectForm
from commitments.models import Commitment, Kinds, Statement
from commitments.rejections import RejectReason
from commitments.services.editing import Deadline, To
from transcripts.models import Person, Question, Speech

_JOINT = re.compile(r"(?<=[;:.!?]) |(?<=,) (?=en |of |maar )| (?=en |maar )")


class ChosenReasonForm(RejectForm):
    """The short list of reasons as numbered choices."""

    choice = forms.ChoiceField(
        label=_("Reason"), choices=RejectReason.choices, required=False, widget=forms.RadioSelect()
    )


class ChangedForm(DeadlineForm):
    """What a row says, to say it better, its deadline too. Only what is filled in otherwise than shown counts."""

    due_text = forms.CharField(
        label=_("Deadline, in words"),
        max_length=300,
        required=False,
        help_text=_("read at once, against the day on which they were said"),
    )
    due_end = forms.DateField(
        label=_("Until"), required=False, widget=DayInput(), help_text=_("days that are changed count, not the words")
    )

    def changed(self, name: str) -> str | None:
        """Return the text of a field that was changed, else None."""
        return self.cleaned_data[name] if name in self.changed_data else None

    def given_deadline(self) -> Deadline | None:
        """Return the deadline where it was changed. Words that changed alone are read; days that changed count."""
        given = self.cleaned_data
        changed = {"due_text", "due_start", "due_end", "none"} & set(self.changed_data)
        if not changed:
            return None
        if given["none"]:
            return Deadline()
        if changed == {"due_text"} and given["due_text"]:
            return Deadline(given["due_text"])
        return Deadline(given["due_text"], given["due_start"], given["due_end"])


class EditForm(ChangedForm):
    """What a statement says, to say it better."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kinds.choices)
    quote = forms.CharField(
        label=_("Quote"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("words as they stand in this turn")
    )
    condition = forms.CharField(label=_("Condition"), required=False)
    addressee = forms.ModelChoiceField(
        Person.objects.none(), label=_("Promised to"), required=False, empty_label=_("not known")
    )
    field_order = ["title", "kind", "due_text", "due_start", "due_end", "none", "quote", "condition", "addressee"]

    def given_addressee(self) -> To | None:
        """Return whom it was promised to where that was changed."""
        return To(self.cleaned_data["addressee"]) if "addressee" in self.changed_data else None


class MergeForm(forms.Form):
    commitment = forms.ModelChoiceField(Commitment.objects.all(), label=_("Commitment"), to_field_name="uid")


class SplitForm(forms.Form):
    first = forms.CharField(label=_("First part"), widget=forms.Textarea(attrs={"rows": 3}))
    second = forms.CharField(label=_("Second part"), widget=forms.Textarea(attrs={"rows": 3}))


class MarkForm(DeadlineForm):
    """Words of a turn that become a statement: by their place where the page knows it, else by first and last words."""

    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    first = forms.CharField(label=_("First words"), required=False, help_text=_("or the whole quote"))
    last = forms.CharField(label=_("Last words"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kinds.choices, initial=Kinds.ACT)
    due_text = forms.CharField(label=_("Deadline, in words"), max_length=300, required=False)
    field_order = ["start", "end", "first", "last", "kind", "due_text", "due_start", "due_end", "none"]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not self.errors and self.place() is None and not given.get("first"):
            self.add_error("first", _("Select words in the text, or write the first and the last ones."))
        return given

    def place(self) -> tuple[int, int] | None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        return None if start is None or end is None else (start, end)


def edit_form_of(statement: Statement, data: object = None) -> EditForm:
    """Return the form filled in with what the statement says now; the title is that of the commitment it began."""
    title = statement.summary or statement.quote[:200]
    if statement.commitment is not None and statement.relation == Statement.Relation.ORIGINAL:
        title = statement.commitment.title
    form = EditForm(
        data,  # type: ignore[arg-type]
        auto_id="edit_%s",
        initial={
            "title": title,
            "kind": statement.kind,
            "quote": statement.quote,
            "condition": statement.condition,
            "addressee": statement.addressee_id,
            "due_text": statement.due_text,
            "due_start": statement.due_start,
            "due_end": statement.due_end,
        },
    )
    form.fields["addressee"].queryset = _who_was_there(statement)  # type: ignore[attr-defined]
    return form


def _who_was_there(statement: Statement) -> QuerySet[Person]:
    """Return whom it may have been promised to: who asked or spoke at this item, and was not the one who promised."""
    item = statement.speech.item_id
    asked = Question.objects.filter(item=item).values("asker")
    spoke = Speech.objects.filter(item=item).exclude(capacity=Speech.Capacities.CHAIR).values("person")
    there = Q(pk__in=asked) | Q(pk__in=spoke)
    others = Person.objects.filter(there).exclude(pk__in=[statement.speech.person_id])
    return (others | Person.objects.filter(promises_received=statement)).distinct()


def split_form_of(statement: Statement, data: object = None) -> SplitForm:
    """Return the form with the quote cut where it joins two clauses nearest to its middle, else between two words."""
    quote = statement.quote
    joints = [found.start() for found in _JOINT.finditer(quote)] or [at for at, one in enumerate(quote) if one == " "]
    cut = min(joints, key=lambda at: abs(at - len(quote) // 2), default=len(quote))
    initial = {"first": quote[:cut].strip(), "second": quote[cut:].strip()}
    return SplitForm(data, auto_id="split_%s", initial=initial)  # type: ignore[arg-type]
