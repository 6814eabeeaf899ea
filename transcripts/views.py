"""The import by upload: a door to the same service as the import command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from transcripts.forms import UploadForm
from transcripts.models import Document
from transcripts.papers import open_papers
from transcripts.parsing import LackingError
from transcripts.reading import UnreadableError
from transcripts.services import ImportResult, import_paper

META = ".meta.toml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: either `result`, or the sentence that says what was wrong and what to do."""

    name: str
    result: ImportResult | None = None
    problem: str = ""
    lacking: str = ""


def upload(request: HttpRequest, admin_site: AdminSite) -> HttpResponse:
    """Import what was uploaded, file by file; a file that cannot be read leaves nothing behind, the others stay."""
    if not request.user.has_perm("transcripts.add_document"):
        raise PermissionDenied
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    outcomes: list[Outcome] = []
    if sent and form.is_valid():
        outcomes = list(_import(form))
        for lacking in sorted({one.lacking for one in outcomes if one.lacking} & set(form.fields)):
            names = ", ".join(one.name for one in outcomes if one.lacking == lacking)
            form.add_error(lacking, _question(lacking) % {"names": names})
        if all(one.result for one in outcomes):
            form = UploadForm()
    context = {
        **admin_site.each_context(request),
        "title": _("Import documents"),
        "opts": Document._meta,
        "form": form,
        "outcomes": outcomes,
    }
    return TemplateResponse(request, "admin/transcripts/document/upload.html", context)


def _import(form: UploadForm) -> Iterator[Outcome]:
    files: Sequence[UploadedFile] = form.cleaned_data["papers"]
    with TemporaryDirectory(prefix="upload-") as folder:
        paths = [_keep(file, Path(folder)) for file in files]
        papers = [path for path in paths if not path.name.endswith(META)]
        if not papers:
            yield Outcome(paths[0].name, problem=_("A .meta.toml is about a document: upload that as well."))
        for path in papers:
            try:
                found = open_papers(
                    path,
                    kind=form.kind_given(),
                    said_on=form.cleaned_data["date"],
                    minister=form.cleaned_data["minister"],
                )
                for paper in found:
                    yield Outcome(paper.name, result=import_paper(paper=paper))
            except LackingError as error:
                asked = _question(error.lacks) % {"names": path.name}
                yield Outcome(path.name, problem=asked, lacking=error.lacks)
            except UnreadableError as error:
                yield Outcome(path.name, problem=str(error))


def _keep(file: UploadedFile, folder: Path) -> Path:
    """Put the upload under its own name, so that a .meta.toml is found beside its document."""
    path = folder / get_valid_filename(Path(file.name or "").name)
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return path


def _question(lacking: str) -> str:
    return {
        "date": _("The text of %(names)s does not say on which day it was said. Fill it in and choose the file again."),
        "kind": _("What kind of document %(names)s is, the text does not say. Choose it and choose the file again."),
        "minister": _("The text of %(names)s names no minister. Fill in who speaks and choose the file again."),
    }[lacking]
