"""What somebody fills in for a key of one's own, and for an address to which events are sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.models import ApiToken, Event, Scope
from commitments.models.webhooks import LONGEST_ADDRESS
from commitments.privacy import Viewer
from commitments.roles import reaches
from commitments.services.tokens import MOST_DAYS
from commitments.services.webhooks import TOLD
from tracker.clock import moment

PERIODS = [(30, _("30 days")), (90, _("90 days")), (MOST_DAYS, _("a year"))]


class KeyForm(forms.Form):
    """Offers the scopes as far as the role of the viewer goes, and no further."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("by which you know later what it is for"))
    scopes = forms.MultipleChoiceField(
        label=_("What for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Without any, it reads what anyone may read, and is counted by itself."),
    )
    days = forms.TypedChoiceField(label=_("Works for"), choices=PERIODS, coerce=int, initial=90)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(scope.value, scope.label) for scope in Scope if reaches(viewer, scope)]
        self.fields["scopes"].choices = offered  # type: ignore[attr-defined]


class WebHookForm(forms.Form):
    """Offers the viewer's own keys that were made for it and work."""

    prefix = "hook"

    token: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("With the key"), empty_label=None, help_text=_("Events are sent as long as this key works.")
    )
    address = forms.URLField(label=_("Address"), max_length=LONGEST_ADDRESS, assume_scheme="https")
    kinds = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(kind.value, kind.label) for kind in Event.Kind if kind in TOLD],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("none chosen: all of them"),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = ApiToken.objects.seen_by(viewer).usable(moment())
        made_for_it = [one.pk for one in usable if Scope.WEBHOOKS in one.scopes]
        self.fields["token"].queryset = usable.filter(pk__in=made_for_it)  # type: ignore[attr-defined]
        self.offered = bool(made_for_it)
