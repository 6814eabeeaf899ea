"""What people fill in about follow-ups: at the desk for one that is proposed, and in the admin for one by hand."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from commitments.forms import DayInput
from commitments.links import site_address
from commitments.models import Commitment, FollowUp
from commitments.moves import allowed
from commitments.proposal_forms import ChangedForm, ChosenReasonForm
from commitments.querysets import OPEN
from commitments.rejections import DismissReason
from commitments.services import due
from commitments.services.editing import Deadline
from commitments.services.errors import DeadlineNotReadError
from commitments.services.tracking import Closing
from commitments.showing.standing import DAY

Status = Commitment.Status
CLOSING = (Status.FULFILLED, Status.PARTLY)  # what a follow-up that reports it done may make of a commitment


class DismissForm(ChosenReasonForm):
    choice = forms.ChoiceField(
        label=_("Reason"), choices=DismissReason.choices, required=False, widget=forms.RadioSelect()
    )


class CorrectForm(ChangedForm):
    """What a follow-up tells of its promise, and the new time it names, to be confirmed so."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FollowUp.Kind.choices, widget=forms.RadioSelect())
    due_text = forms.CharField(
        label=_("New deadline, in words"),
        max_length=300,
        required=False,
        help_text=_("read at once, against the day on which they were said"),
    )
    field_order = ["kind", "due_text", "due_start", "due_end", "none"]


class CloseForm(forms.Form):
    """What comes of the commitment with this follow-up, with the evidence filled in."""

    status = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect())
    on = forms.DateField(label=_("Since"), required=False, widget=DayInput())
    evidence = forms.CharField(
        label=_("Evidence"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("where it can be read: an address, a document, a page"),
    )

    def closing(self) -> Closing:
        given = self.cleaned_data
        return Closing(status=given["status"], evidence=given["evidence"], on=given["on"])


class ByHandForm(forms.ModelForm):
    """A later item that a person ties to a commitment."""

    class Meta:
        model = FollowUp
        fields = ("commitment", "item", "kind", "due_text", "due_start", "due_end", "note")
        labels = {"due_text": _("New deadline, in words")}
        help_texts = {"due_text": _("without days, it is read against the day of the item")}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        commitment, item = given.get("commitment"), given.get("item")
        if item is None:
            return given
        there = FollowUp.objects.filter(commitment=commitment, item=item).first()
        if there is not None:
            said = _("This item is tied to it already (%(state)s).") % {"state": there.get_state_display()}
            desk = f"{reverse('admin:commitments_followup_desk')}?at={there.pk}"
            raise forms.ValidationError(format_html('{} <a href="{}">{}</a>', said, desk, _("Judge it at the desk")))
        try:
            due.given(given.get("due_text", ""), item.document.date, given.get("due_start"), given.get("due_end"))
        except DeadlineNotReadError as error:
            self.add_error("due_text", str(error))
        return given

    def deadline(self) -> Deadline:
        given = self.cleaned_data
        return Deadline(given["due_text"], given["due_start"], given["due_end"])


def dismiss_form_of(data: object = None) -> DismissForm:
    return DismissForm(data, auto_id="dismiss_%s")  # type: ignore[arg-type]


def correct_form_of(follow_up: FollowUp, data: object = None) -> CorrectForm:
    """Return the form filled in with what the follow-up says now."""
    return CorrectForm(
        data,  # type: ignore[arg-type]
        auto_id="correct_%s",
        initial={
            "kind": follow_up.kind,
            "due_text": follow_up.due_text,
            "due_start": follow_up.due_start,
            "due_end": follow_up.due_end,
        },
    )


def close_form_of(follow_up: FollowUp, data: object = None) -> CloseForm | None:
    """Return the form with the moves that are allowed now and the item as evidence; None where there is none."""
    status = follow_up.commitment.status
    moves = [one for one in CLOSING if one in allowed(status)] if status in OPEN else []
    if not moves:
        return None
    said_on = follow_up.item.document.date
    form = CloseForm(
        data,  # type: ignore[arg-type]
        auto_id="close_%s",
        initial={"status": moves[0], "on": said_on, "evidence": evidence_of(follow_up)},
    )
    form.fields["status"].choices = [(one.value, one.label) for one in moves]  # type: ignore[attr-defined]
    return form


def evidence_of(follow_up: FollowUp) -> str:
    """Return where a follow-up can be read: its document, day and item, and the address of the words."""
    item = follow_up.item
    place = f"t-{follow_up.speech.uid}" if follow_up.speech else f"i-{item.uid}"
    address = site_address(reverse("document", args=[item.document.uid]))
    return f"{item.document.title}, {date_format(item.document.date, DAY)}, {item.title}: {address}#{place}"
