"""What people fill in for their own office: its marks on a promise, its notes, and the filters that only they have."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import Priority, Tag, Tagging, Team, Watch
from commitments.privacy import Viewer
from commitments.querysets import CommitmentQuerySet
from commitments.roles import roles_of


class OfficeSearch(forms.Form):
    """Filters by what the viewer's own offices say. Another office's label is as unknown as one that never was."""

    label = forms.ModelChoiceField(Tag.objects.none(), label=_("Own label"), required=False, empty_label=_("all"))
    priority = forms.ChoiceField(label=_("Own priority"), required=False)
    watched = forms.BooleanField(label=_("only the watch list"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if not viewer.is_authenticated:
            self.fields.clear()
        elif not roles_of(viewer):
            del self.fields["label"], self.fields["priority"]
        else:
            self.fields["label"].queryset = Tag.objects.seen_by(viewer)  # type: ignore[attr-defined]
            self.fields["priority"].choices = [("", _("all")), *Priority.Level.choices]  # type: ignore[attr-defined]

    def narrow(self, commitments: CommitmentQuerySet) -> CommitmentQuerySet:
        """Return the commitments that match what was filled in."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("label"):
            commitments = _among(commitments, Tagging.objects.seen_by(self.viewer).filter(tag=wanted["label"]))
        if wanted.get("priority"):
            commitments = _among(commitments, Priority.objects.seen_by(self.viewer).filter(level=wanted["priority"]))
        if wanted.get("watched"):
            commitments = _among(commitments, Watch.objects.seen_by(self.viewer))
        return commitments


class MarksForm(forms.Form):
    """What an office says of one promise, all of it at once."""

    priority = forms.ChoiceField(label=_("Priority"), choices=[("", "–"), *Priority.Level.choices], required=False)
    tags = forms.ModelMultipleChoiceField(Tag.objects.none(), label=_("Labels"), required=False)
    watched = forms.BooleanField(label=_("on our watch list"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].queryset = Tag.objects.seen_by(viewer).filter(team=team)  # type: ignore[attr-defined]


def _among(commitments: CommitmentQuerySet, rows: QuerySet) -> CommitmentQuerySet:
    return commitments.filter(uid__in=rows.values("commitment"))
