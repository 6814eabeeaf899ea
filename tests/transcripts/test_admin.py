"""Importing by upload: what is asked for, what is told, what stays when something is wrong."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from transcripts.models import AgendaItem, Document, Speech
from transcripts.services import files

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).resolve().parent.parent / "samples" / "reports"
REPORT = REPORTS / "commissieverslag-2026-02-24.txt"
NOTE = REPORTS / "beleidsnota-2024-11-08.txt"  # its kind, date and minister stand in the file beside it


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def importer(django_user_model):
    """Staff who may import."""
    user = django_user_model.objects.create_user("importer", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_document", "view_document"]))
    return user


@pytest.fixture
def address() -> str:
    return reverse("admin:transcripts_document_add")


def upload(client, address: str, *files: Path | SimpleUploadedFile, **fields):
    sent = [
        one if isinstance(one, SimpleUploadedFile) else SimpleUploadedFile(one.name, one.read_bytes()) for one in files
    ]
    return client.post(address, {"papers": sent, **fields})


def test_a_report_becomes_a_document_and_its_account_is_shown(client, importer, address):
    client.force_login(importer)
    text = upload(client, address, REPORT).content.decode()
    document = Document.objects.get()
    assert reverse("document", args=[document.uid]) in text
    assert "imported." in text
    assert f'<td class="number">{document.account["speech"]}</td>' in text


def test_the_same_file_twice_changes_nothing_and_says_so(client, importer, address):
    client.force_login(importer)
    upload(client, address, REPORT)
    assert "was already here, nothing changed." in upload(client, address, REPORT).content.decode()
    assert Document.objects.count() == 1


def test_only_staff_who_may_add_documents_import(client, importer, address, django_user_model):
    assert upload(client, address, REPORT)["Location"].startswith(reverse("admin:login"))
    client.force_login(django_user_model.objects.create_user("member"))
    assert upload(client, address, REPORT)["Location"].startswith(reverse("admin:login"))
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert upload(client, address, REPORT).status_code == 403
    assert not Document.objects.exists()
    client.force_login(importer)
    assert upload(client, address, REPORT).status_code == 200
    assert Document.objects.count() == 1


def test_the_short_address_leads_to_the_upload(client, address):
    assert client.get(reverse("document_upload"))["Location"] == address


def test_a_document_that_does_not_say_its_day_asks_for_it_and_keeps_what_was_filled_in(client, importer, address):
    client.force_login(importer)
    undated = SimpleUploadedFile("nota.txt", NOTE.read_bytes())
    given = {"kind": "beleidsnota", "minister": "Wouter Van Hullebeke"}
    answer = upload(client, address, undated, **given)
    form = answer.context["form"]
    assert list(form.errors) == ["date"]
    assert "nota.txt" in form.errors["date"][0]
    assert form["minister"].value() == given["minister"]
    assert 'class="form-row errors"' in answer.content.decode()
    assert not Document.objects.exists()

    undated.seek(0)
    upload(client, address, undated, date="2024-11-08", **given)
    assert Document.objects.get().date.isoformat() == "2024-11-08"


def test_the_file_beside_a_document_may_be_uploaded_with_it(client, importer, address):
    client.force_login(importer)
    upload(client, address, NOTE, NOTE.with_suffix(".meta.toml"))
    assert Document.objects.get().kind == Document.Kind.POLICY_NOTE


def test_a_file_beside_nothing_is_asked_for_its_document(client, importer, address):
    client.force_login(importer)
    answer = upload(client, address, NOTE.with_suffix(".meta.toml"))
    assert "is about a document: upload that as well." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)),
        ("blank.txt", b" \n \n"),
        ("broken.pdf", b"%PDF-1.7 and then nothing of a PDF"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_and_the_others_are_imported(client, importer, address, name, data):
    client.force_login(importer)
    text = upload(client, address, SimpleUploadedFile(name, data), REPORT).content.decode()
    assert 'class="errornote"' in text
    assert text.count(f"{name}") == 1
    assert [one.file_name for one in Document.objects.all()] == [REPORT.name]


def test_two_files_of_one_name_both_come_in(client, importer, address):
    other = REPORTS / "commissieverslag-2025-10-14.txt"
    client.force_login(importer)
    upload(client, address, *(SimpleUploadedFile("verslag.txt", one.read_bytes()) for one in (REPORT, other)))
    assert sorted(one.file_name for one in Document.objects.all()) == ["verslag-2.txt", "verslag.txt"]


def test_a_name_longer_than_a_file_system_bears_is_cut_and_keeps_its_neighbour(client, importer, address):
    client.force_login(importer)
    long = "é" * 120
    meta = NOTE.with_name(f"{NOTE.stem}.meta.toml")
    upload(
        client,
        address,
        SimpleUploadedFile(f"{long}.txt", NOTE.read_bytes()),
        SimpleUploadedFile(f"{long}.meta.toml", meta.read_bytes()),
    )
    assert Document.objects.get().kind == Document.Kind.POLICY_NOTE


def test_a_mistake_of_the_program_with_one_file_is_told_and_the_others_come_in(client, importer, address, monkeypatch):
    real = files.import_paper

    def stumbles(*, paper, document):
        if paper.name == "first.txt":
            raise ZeroDivisionError("a mistake")
        return real(paper=paper, document=document)

    monkeypatch.setattr(files, "import_paper", stumbles)
    client.force_login(importer)
    page = upload(client, address, SimpleUploadedFile("first.txt", REPORT.read_bytes()), REPORT)
    assert page.status_code == 200
    assert "an error in the program stopped the import" in page.content.decode()
    assert [one.file_name for one in Document.objects.all()] == [REPORT.name]


def test_a_file_larger_than_the_limit_is_refused_unread(client, importer, address, settings):
    client.force_login(importer)
    settings.MAX_UPLOAD_MB = 1
    large = SimpleUploadedFile("large.txt", bytes(1024 * 1024 + 1))
    assert "large.txt is larger than 1 MB" in upload(client, address, large).content.decode()
    assert not Document.objects.exists()
    settings.MAX_UPLOAD_MB = 50
    assert 'class="errornote"' not in upload(client, address, REPORT).content.decode()


def test_a_file_over_the_limit_is_never_stored_and_the_others_are_imported(client, importer, address, settings):
    client.force_login(importer)
    settings.MAX_UPLOAD_MB = 1
    large = SimpleUploadedFile("large.txt", b"a" * (3 * 1024 * 1024))
    answer = upload(client, address, large, REPORT)
    assert "large.txt" in answer.content.decode()
    assert [one.file_name for one in Document.objects.all()] == [REPORT.name]
    assert [one.name for one in answer.wsgi_request.FILES.getlist("papers")] == [REPORT.name]


def corrected(*, name: str = REPORT.name) -> SimpleUploadedFile:
    """The report with one more word in its last long line."""
    lines = REPORT.read_text(encoding="utf-8").split("\n")
    at = max(number for number, line in enumerate(lines) if len(line) > 60)
    lines[at] += " inderdaad"
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def test_a_corrected_report_is_told_as_a_version_with_what_it_changed(client, importer, address):
    client.force_login(importer)
    upload(client, address, REPORT)
    text = upload(client, address, corrected()).content.decode()
    assert "imported as version 2: 1 turn changed." in text
    assert "inderdaad" in text
    assert "was already here as version 1" in upload(client, address, REPORT).content.decode()
    assert Document.objects.count() == 1


def test_a_page_that_sends_files_one_by_one_gets_back_what_became_of_each(client, importer, address):
    client.force_login(importer)
    sent = {"papers": SimpleUploadedFile(REPORT.name, REPORT.read_bytes())}
    text = client.post(address, sent, headers={"X-Requested-With": "fetch"}).content.decode()
    assert "imported." in text
    assert "<form" not in text
    empty = {"papers": SimpleUploadedFile("empty.txt", b"")}
    text = client.post(address, empty, headers={"X-Requested-With": "fetch"}).content.decode()
    assert 'class="errornote"' in text


def test_a_new_version_is_uploaded_from_the_page_of_its_document(client, admin_user):
    client.force_login(admin_user)
    upload(client, reverse("admin:transcripts_document_add"), REPORT)
    document = Document.objects.get()
    address = reverse("admin:transcripts_document_version", args=[document.pk])
    page = reverse("admin:transcripts_document_change", args=[document.pk])
    assert f'href="{address}"' in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    assert "version 2" in upload(client, address, corrected(name="verbeterd.txt")).content.decode()
    shown = client.get(page).content.decode()
    assert "inderdaad" in shown
    assert "1 turn changed" in shown


def test_other_words_are_no_version_of_a_document(client, admin_user):
    client.force_login(admin_user)
    upload(client, reverse("admin:transcripts_document_add"), REPORT)
    document = Document.objects.get()
    address = reverse("admin:transcripts_document_version", args=[document.pk])
    text = upload(client, address, NOTE, NOTE.with_suffix(".meta.toml")).content.decode()
    assert "import it as its own" in text
    assert "one new version at a time" in upload(client, address, REPORT, corrected(name="b.txt")).content.decode()
    assert client.get(reverse("admin:transcripts_document_version", args=[document.pk + 9])).status_code == 404
    assert Document.objects.get().revisions.count() == 1


def test_what_is_read_along_with_a_file_is_no_paper_of_its_own(client, importer, address):
    client.force_login(importer)
    samples = Path(__file__).resolve().parent / "samples" / "formats"
    export = [samples / f"mobiliteit_2026-03-10_{part}.csv" for part in ("content", "meetings")]
    text = upload(client, address, *export).content.decode()
    assert 'class="errornote"' not in text
    assert Document.objects.exists()


@pytest.mark.parametrize("files", [[], [SimpleUploadedFile("empty.txt", b"")]], ids=["no file", "an empty file"])
def test_without_words_there_is_nothing_to_import(client, importer, address, files):
    client.force_login(importer)
    assert list(upload(client, address, *files).context["form"].errors) == ["papers"]


def test_a_name_that_points_elsewhere_stays_in_its_folder(client, importer, address):
    client.force_login(importer)
    upload(client, address, SimpleUploadedFile("../../etc/c9.txt", REPORT.read_bytes()))
    assert Document.objects.get().file_name == "c9.txt"


def test_a_wrong_import_is_undone_with_all_that_was_read_from_it(client, importer, address, django_user_model):
    client.force_login(importer)
    upload(client, address, REPORT)
    delete = reverse("admin:transcripts_document_delete", args=[Document.objects.get().pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    importer.user_permissions.add(Permission.objects.get(codename="delete_document"))
    client.force_login(django_user_model.objects.get(pk=importer.pk))
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert not Document.objects.exists()
    assert not AgendaItem.objects.exists()


def test_what_was_read_is_looked_at_and_not_changed(client, admin_user, importer, address):
    client.force_login(admin_user)
    upload(client, address, REPORT)
    speech = Speech.objects.first()
    page = reverse("admin:transcripts_speech_change", args=[speech.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"text": "iets anders"}).status_code == 403


def test_the_page_of_a_document_shows_its_account_and_its_warnings(client, admin_user, address):
    client.force_login(admin_user)
    upload(client, address, REPORT)
    document = Document.objects.get()
    Document.objects.update(warnings=["Page 3: a line was not understood."])
    text = client.get(reverse("admin:transcripts_document_change", args=[document.pk])).content.decode()
    assert "<li>Page 3: a line was not understood.</li>" in text
    assert f"<td>{document.account['speech']}</td>" in text


def test_a_request_larger_than_its_files_may_be_is_refused_unread(client, importer, address, settings):
    client.force_login(importer)
    settings.MAX_UPLOAD_MB = 1
    large = SimpleUploadedFile("large.txt", b"a" * (3 * 1024 * 1024))
    headers = {"X-Requested-With": "fetch", "X-Files": "1"}
    answer = client.post(address, {"papers": large}, headers=headers)
    assert "is larger than 1 MB" in answer.content.decode()
    assert answer.wsgi_request._stream.read(10) != b""  # nobody read it
    fitting = SimpleUploadedFile(REPORT.name, REPORT.read_bytes())
    assert "imported." in client.post(address, {"papers": fitting}, headers=headers).content.decode()


def test_the_same_file_is_imported_again_with_another_date_on_the_page_of_its_document(client, admin_user, importer):
    client.force_login(admin_user)
    upload(client, reverse("admin:transcripts_document_add"), REPORT)
    document = Document.objects.get()
    address = reverse("admin:transcripts_document_version", args=[document.pk])
    client.force_login(importer)
    assert "nothing changed" in upload(client, address, REPORT).content.decode()
    text = upload(client, address, REPORT, date="2026-01-05").content.decode()
    assert "imported as version 2: 2 particulars changed" in text  # the day, and with it the meeting
    document.refresh_from_db()
    assert document.date.isoformat() == "2026-01-05"


def test_who_may_not_add_documents_imports_none_again(client, admin_user, django_user_model):
    client.force_login(admin_user)
    upload(client, reverse("admin:transcripts_document_add"), REPORT)
    address = reverse("admin:transcripts_document_version", args=[Document.objects.get().pk])
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    assert upload(client, address, REPORT, date="2026-01-05").status_code == 403


def test_what_is_wrong_is_said_in_dutch_to_who_reads_dutch(client, importer, address):
    client.force_login(importer)
    blank = SimpleUploadedFile("leeg.txt", b" \n ")
    answer = client.post(address, {"papers": blank}, headers={"Accept-Language": "nl-BE"})
    assert "het bestand is leeg; kies het bestand met de tekst." in answer.content.decode()
