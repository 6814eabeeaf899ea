"""What is filled in when a drafted question was filed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms import DayInput


class FileForm(forms.Form):
    """The text as it was filed, and when; the number once parliament has given it one."""

    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 30, "lang": "nl", "spellcheck": "true"})
    )
    filed_on = forms.DateField(label=_("Filed on"), widget=DayInput())
    number = forms.CharField(label=_("Number, where it has one"), max_length=20, required=False)

    def __init__(self, data: Any = None, *, day: date, text: str) -> None:
        super().__init__(data, initial={"filed_on": day, "text": text})
