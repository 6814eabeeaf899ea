"""What people fill in at the review of a statement."""

from datetime import date

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.translation import gettext_lazy as _

from commitments.rejections import RejectReason, stored_reason


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


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

    def deadline(self) -> tuple[str, date | None, date | None]:
        """Return words, first and last day; all empty where no deadline was spoken."""
        given = self.cleaned_data
        return ("", None, None) if given["none"] else (given["due_text"], given["due_start"], given["due_end"])


class ReviewActionForm(ActionForm):
    """Beside the bulk actions of the review queue: why, for those that are rejected."""

    reason = forms.ChoiceField(label=_("because"), choices=[("", "—"), *RejectReason.choices], required=False)
