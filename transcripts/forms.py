"""What a person fills in to import documents."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from transcripts.models import Document
from transcripts.parsing.transcript import DocumentKind


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files, each not empty and within the limit; measured, not read."""

    def clean(self, data: Sequence[UploadedFile], initial: object = None) -> list[UploadedFile]:
        files = [super(FilesField, self).clean(one, initial) for one in data] or [super().clean(None, initial)]
        limit = settings.MAX_UPLOAD_MB
        for file in files:
            if file.size > limit * 1024 * 1024:
                raise forms.ValidationError(
                    _("%(name)s is larger than %(limit)s MB. Split it, or import it on the server."),
                    params={"name": file.name, "limit": limit},
                )
        return files


class UploadForm(forms.Form):
    """Files, and what their text may not say of itself. What is filled in counts for every file of the upload."""

    papers = FilesField(
        label=_("Files"),
        widget=FilesInput(attrs={"multiple": True}),
        help_text=_("reports, written questions with their answer, policy notes; a small .meta.toml may come along"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("as the text says")), *Document.Kind.choices],
    )
    date = forms.DateField(
        label=_("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("the day it was said or written, where the text does not say so"),
    )
    minister = forms.CharField(
        label=_("Minister"),
        required=False,
        max_length=200,
        help_text=_("who answers or writes, where the text does not name anybody"),
    )

    def kind_given(self) -> DocumentKind | None:
        return DocumentKind(self.cleaned_data["kind"]) if self.cleaned_data["kind"] else None
