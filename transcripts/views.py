"""The import by upload: a door to the same service as the import command."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from transcripts.forms import UploadForm
from transcripts.models import Document
from transcripts.services import ImportResult, changes
from transcripts.services.files import META, import_files, papers_among
from transcripts.uploads import too_large
from transcripts.wording import account_in_words, worded

PAGE = "admin/transcripts/document/upload.html"
LONGEST_STEM = 150  # bytes of a file name, its ending not counted
PART = "admin/transcripts/document/outcomes.html"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: either `result`, or the sentence that says what was wrong and what to do."""

    name: str
    result: ImportResult | None = None
    problem: str = ""
    lacking: str = ""

    @property
    def account(self) -> list[tuple[str, int]]:
        return account_in_words(self.result.document.account) if self.result else []

    @property
    def warnings(self) -> list[str]:
        return [worded(warning) for warning in self.result.warnings] if self.result else []

    @property
    def summary(self) -> str:
        return changes.summary(self.result.changes) if self.result else ""

    @property
    def changed(self) -> list[str]:
        """Sentences about what a later version changed."""
        return changes.sentences(self.result.changes) if self.result else []


def upload(request: HttpRequest, admin_site: AdminSite, document: Document | None = None) -> HttpResponse:
    """Import what was uploaded, file by file; a file that cannot be read leaves nothing behind, the others stay.

    document: the one of which a new version is uploaded. A page that sends the files one by one, and says so in the
    header X-Requested-With, gets back what became of each and not the whole page.
    """
    if not request.user.has_perm("transcripts.add_document"):
        raise PermissionDenied
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    outcomes = [Outcome(name, problem=_too_large(name)) for name in too_large(request)]
    if sent and outcomes and not request.FILES:
        form = UploadForm(initial=request.POST.dict())
    elif sent and form.is_valid():
        outcomes += _import(form, document)
        for lacking in sorted({one.lacking for one in outcomes if one.lacking} & set(form.fields)):
            names = ", ".join(one.name for one in outcomes if one.lacking == lacking)
            form.add_error(lacking, _question(lacking) % {"names": names})
        if all(one.result for one in outcomes):
            form = UploadForm()
    title = _("Import a new version of “%(title)s”") % {"title": document} if document else _("Import documents")
    context = {
        **admin_site.each_context(request),
        "title": title,
        "opts": Document._meta,
        "form": form,
        "outcomes": outcomes,
        "document": document,
        "limit": settings.MAX_UPLOAD_MB,
    }
    part = sent and request.headers.get("X-Requested-With") == "fetch"
    return TemplateResponse(request, PART if part else PAGE, context)


def _import(form: UploadForm, document: Document | None) -> Iterator[Outcome]:
    files: Sequence[UploadedFile] = form.cleaned_data["papers"]
    with TemporaryDirectory(prefix="upload-") as folder:
        paths = _keep(files, Path(folder))
        papers = [paths[name] for name in papers_among(list(paths))]
        if not papers:
            yield Outcome(next(iter(paths)), problem=_("A .meta.toml is about a document: upload that as well."))
        if document is not None and len(papers) > 1:
            yield Outcome(papers[1].name, problem=_("A document has one new version at a time: choose one file."))
            return
        given = form.cleaned_data
        for one in import_files(
            papers, kind=form.kind_given(), said_on=given["date"], minister=given["minister"], document=document
        ):
            name = one.paper.name if one.paper else one.path.name
            problem = _question(one.lacking) % {"names": name} if one.lacking else worded(one.problem or "")
            yield Outcome(one.about or name, one.result, problem, one.lacking)


def _too_large(name: str) -> str:
    if not name:
        return _("What was sent is larger than %(limit)s MB. Split it, or import it on the server.") % {
            "limit": settings.MAX_UPLOAD_MB
        }
    return _("%(name)s is larger than %(limit)s MB. Split it, or import it on the server.") % {
        "name": name,
        "limit": settings.MAX_UPLOAD_MB,
    }


def _keep(files: Sequence[UploadedFile], folder: Path) -> dict[str, Path]:
    """Put the uploads under their own names, so that a .meta.toml is found beside its document.

    Two of one name both stay, the second under a number; a name longer than a file system bears is cut.
    """
    kept: dict[str, Path] = {}
    for file in files:
        name = get_valid_filename(Path(file.name or "").name)
        ending = META if name.endswith(META) else Path(name).suffix
        stem = name.removesuffix(ending).encode()[:LONGEST_STEM].decode(errors="ignore")
        path = folder / f"{stem}{ending}"
        number = 2
        while path.exists():
            path = folder / f"{stem}-{number}{ending}"
            number += 1
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        kept[path.name] = path
    return kept


def _question(lacking: str) -> str:
    return {
        "date": _("The text of %(names)s does not say on which day it was said. Fill it in and choose the file again."),
        "kind": _("What kind of document %(names)s is, the text does not say. Choose it and choose the file again."),
        "minister": _("The text of %(names)s names no minister. Fill in who speaks and choose the file again."),
    }[lacking]
