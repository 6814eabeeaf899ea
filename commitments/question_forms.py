"""What is filled in when a drafted question was filed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from commitments.forms import DayInput
from commitments.showing.standing import DAY


class FileForm(forms.Form):
    """The text as it was filed, and when; the number once parliament has given it one."""

    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 30, "lang": "nl", "spellcheck": "true"})
    )
    filed_on = forms.DateField(label=_("Filed on"), widget=DayInput())
    number = forms.CharField(label=_("Number, where it has one"), max_length=20, required=False)

    waiting_until = forms.DateField(
        label=_("Wait until"),
        required=False,
        widget=DayInput(),
    )

    def __init__(self, data: Any = None, *, day: date, text: str, until: date | None) -> None:
        super().__init__(data, initial={"filed_on": day, "text": text})
        if until is not None:
            said = _("empty: until %(day)s where it is filed today") % {"day": date_format(until, DAY)}
            self.fields["waiting_until"].help_text = said
