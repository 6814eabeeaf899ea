"""The upload page in a real browser: files chosen or dragged go one by one and each shows what became of it."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from transcripts.models import Document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORTS = Path(__file__).resolve().parent.parent / "samples" / "reports"
REPORT = REPORTS / "commissieverslag-2026-02-24.txt"
NOTE = REPORTS / "beleidsnota-2024-11-08.txt"

DROP = """([selector, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, {type: "text/plain"}));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector(selector).dispatchEvent(
      new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def upload_page(page, live_server, admin_user):
    page.goto(live_server.url + reverse("admin:login") + "?next=" + reverse("admin:transcripts_document_add"))
    page.fill("#id_username", "admin")
    page.fill("#id_password", "password")
    page.press("#id_password", "Enter")
    page.wait_for_url("**" + reverse("admin:transcripts_document_add"))
    return page


def test_files_go_one_by_one_and_each_shows_what_became_of_it(upload_page):
    sent: list[str] = []
    upload_page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    upload_page.set_input_files("#id_papers", [REPORT, NOTE, NOTE.with_suffix(".meta.toml")])
    upload_page.click("input[type=submit]")
    expect(upload_page.locator("section.outcome")).to_have_count(2)
    expect(upload_page.locator("#upload-progress progress")).to_have_count(0)
    assert sent == ["POST", "POST"]
    assert Document.objects.count() == 2


def test_a_file_is_dropped_on_the_form(upload_page):
    upload_page.evaluate(DROP, ["form.upload", REPORT.name, REPORT.read_text(encoding="utf-8")])
    expect(upload_page.locator("section.outcome")).to_have_count(1)
    assert Document.objects.get().file_name == REPORT.name


def test_a_file_over_the_limit_is_not_even_sent(upload_page, settings, tmp_path):
    settings.MAX_UPLOAD_MB = 1
    upload_page.reload()
    sent: list[str] = []
    upload_page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * (1024 * 1024 + 1))
    upload_page.set_input_files("#id_papers", [large])
    upload_page.click("input[type=submit]")
    expect(upload_page.locator(".errornote")).to_contain_text("large.txt")
    assert sent == []


def test_a_file_that_cannot_be_read_is_told_beside_the_others(upload_page, tmp_path):
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n")
    upload_page.set_input_files("#id_papers", [blank, REPORT])
    upload_page.click("input[type=submit]")
    expect(upload_page.locator("section.outcome")).to_have_count(1)
    expect(upload_page.locator(".errornote")).to_contain_text("blank.txt")
