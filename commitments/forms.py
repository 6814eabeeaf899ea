"""What people fill in: the search on the list, and the review of a statement."""

from datetime import date

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment, Kinds
from commitments.querysets import CommitmentQuerySet
from commitments.rejections import RejectReason, stored_reason
from commitments.showing.succession import Holders
from transcripts.models import Person


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CommitmentSearch(forms.Form):
    """Search and filters of the list; a field that makes no sense is said so and does not filter."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    minister = forms.ModelChoiceField(
        Person.objects.none(), label=_("Minister"), required=False, to_field_name="uid", empty_label=_("all")
    )
    holder = forms.ModelChoiceField(
        Person.objects.none(), label=_("Now in charge"), required=False, to_field_name="uid", empty_label=_("all")
    )
    status = forms.ChoiceField(label=_("Status"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    overdue = forms.BooleanField(label=_("only past their date"), required=False)
    asked = forms.BooleanField(label=_("only waiting for an answer"), required=False)

    def __init__(self, *args, holders: Holders, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.holders = holders
        in_charge = Person.objects.filter(pk__in=[one.pk for one in holders.people])
        self.fields["holder"].queryset = in_charge  # type: ignore[attr-defined]
        ministers = Person.objects.filter(commitments__isnull=False).distinct()
        self.fields["minister"].queryset = ministers  # type: ignore[attr-defined]
        self.fields["status"].choices = [("", _("all")), *Commitment.Status.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("all")), *Kinds.choices]  # type: ignore[attr-defined]

    def narrow(self, commitments: CommitmentQuerySet, day: date) -> CommitmentQuerySet:
        """Return the commitments that match what was filled in, as counted on `day`."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("q"):
            commitments = commitments.matching(wanted["q"])
        if wanted.get("minister"):
            commitments = commitments.filter(person=wanted["minister"])
        if wanted.get("holder"):
            commitments = commitments.filter(mandate__in=self.holders.mandates_of(wanted["holder"]))
        if wanted.get("status"):
            commitments = commitments.filter(status=wanted["status"])
        if wanted.get("kind"):
            commitments = commitments.filter(kind=wanted["kind"])
        if wanted.get("overdue"):
            commitments = commitments.overdue(day)
        if wanted.get("asked"):
            commitments = commitments.waiting_for_answer(day)
        return commitments


class AcceptForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("one line that says what is promised"),
        widget=forms.TextInput(attrs={"size": 70}),
    )


class RejectForm(forms.Form):
    """reason() is what to store: a reason of the list, own words, or both."""

    choice = forms.ChoiceField(label=_("Reason"), choices=[("", "—"), *RejectReason.choices], required=False)
    words = forms.CharField(
        label=_("In your own words"), max_length=250, required=False, widget=forms.TextInput(attrs={"size": 50})
    )

    def clean(self) -> dict[str, str]:
        given = super().clean() or {}
        if not given.get("choice") and not given.get("words"):
            raise forms.ValidationError(_("Choose a reason, or write one."))
        return given

    def reason(self) -> str:
        return stored_reason(self.cleaned_data["choice"], self.cleaned_data["words"])


class DeadlineForm(forms.Form):
    """A deadline as words, as days, or as both; the review service reads words that come without days."""

    due_text = forms.CharField(
        label=_("Words"),
        max_length=300,
        required=False,
        help_text=_("as spoken; without days, they are read against the day on which they were said"),
    )
    due_start = forms.DateField(label=_("From"), required=False, widget=DayInput())
    due_end = forms.DateField(
        label=_("Until"), required=False, widget=DayInput(), help_text=_("days that are given count, not the words")
    )
    none = forms.BooleanField(label=_("no deadline was spoken"), required=False)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not self.errors and not any(given.values()):
            self.add_error("due_text", _("Give the words, or the days, or say that no deadline was spoken."))
        return given

    def deadline(self) -> tuple[str, date | None, date | None]:
        """Return words, first and last day; all empty where no deadline was spoken."""
        given = self.cleaned_data
        return ("", None, None) if given["none"] else (given["due_text"], given["due_start"], given["due_end"])


class ReviewActionForm(ActionForm):
    """Beside the bulk actions of the review queue: why, for those that are rejected."""

    reason = forms.ChoiceField(label=_("because"), choices=[("", "—"), *RejectReason.choices], required=False)
