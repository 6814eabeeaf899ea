"""The demo: the whole way once, on a desk, with a person's part played and said so."""

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from commitments import bridge
from commitments.models import Commitment, Event, Statement
from tests.commitments.proposals import Engine, deadline
from transcripts.models import Document, Mandate

pytestmark = pytest.mark.django_db

LATE = "Ik zal het rapport tegen eind maart bezorgen."
UNSURE = "Misschien roepen we de sector samen."
REPORT = f"""VRAAG OM UITLEG van Karim Daems aan Els Vanrode, Vlaams minister van Wonen,
over de renovatiepremies

– 101 (2025-2026)

Voorzitter: mevrouw Griet Pauwels

Karim Daems (Groen): Wanneer komt het rapport?

Minister Els Vanrode: {LATE} {UNSURE}

De vraag om uitleg is afgehandeld.
"""


@pytest.fixture(autouse=True)
def desk(settings, monkeypatch):
    settings.DEBUG = True
    settings.TODAY = date(2026, 4, 6)
    settings.VAR_DIR.mkdir(parents=True)
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def report(tmp_path: Path, monkeypatch) -> Path:
    path = tmp_path / "verslag.txt"
    path.write_text(REPORT, encoding="utf-8")
    path.with_name("verslag.meta.toml").write_text("date = 2025-10-14\n", encoding="utf-8")
    engine = Engine()
    due = deadline("tegen eind maart", date(2026, 3, 21), date(2026, 3, 31))
    engine.says = {LATE: {"deadline": due, "confidence": 0.95}, UNSURE: {"confidence": 0.55}}
    monkeypatch.setattr(bridge.statements, "propose", engine)
    return path


def mails(settings) -> list[Path]:
    return sorted(settings.MAIL_DIR.glob("*")) if settings.MAIL_DIR.exists() else []


def test_a_file_goes_the_whole_way_to_a_mail(report, settings, capsys):
    call_command("demo", report)
    out = capsys.readouterr().out
    row = next(line for line in out.splitlines() if LATE in line)
    assert row.split("  ")[0] == "Els Vanrode"
    assert "tegen eind maart" in row
    assert "2026-03-21 – 2026-03-31" in row
    assert row.endswith("overdue, 6 days")
    (mail,) = mails(settings)
    assert LATE.rstrip(".")[:40] in mail.read_text(encoding="utf-8")
    assert str(mail) in out or mail.name in out


def test_ministers_of_one_s_own_files_are_held_against_the_register(report):
    call_command("demo", report)
    assert Mandate.objects.filter(registered=True, person__name="Koen Van den Heuvel").exists()
    (warning,) = Document.objects.get().told
    assert warning.endswith("the register gives another person: Melissa Depraetere.")


def test_what_it_accepted_in_the_place_of_a_person_it_says(report, capsys):
    call_command("demo", report)
    out = capsys.readouterr().out
    assert (
        "In the place of a person the demo accepted what has a confidence of 0.95 or more: 1 now, 1 in all; 1 wait"
        in out
    )
    assert Commitment.objects.get().statements.get().quote == LATE
    assert Statement.objects.get(quote=UNSURE).state == "proposed"
    assert Event.objects.get(kind=Event.Kind.ACCEPTED).actor.username == "demo"


def test_a_second_run_reuses_everything(report, settings, capsys):
    call_command("demo", report)
    before = Event.objects.count(), Document.objects.count(), User.objects.get().password
    capsys.readouterr()
    call_command("demo", report)
    out = capsys.readouterr().out
    assert (Event.objects.count(), Document.objects.count(), User.objects.get().password) == before
    assert "unchanged" in out
    assert "already written" in out
    assert len(mails(settings)) == 1


def test_the_login_it_prints_opens_the_door(report, client, capsys, settings):
    call_command("demo", report)
    out = capsys.readouterr().out
    password = out.rstrip().rpartition("password ")[2]
    assert settings.SITE_URL in out
    assert client.login(username="demo", password=password)
    assert client.get("/admin/").status_code == 200
    assert (settings.VAR_DIR / "demo-password").stat().st_mode & 0o077 == 0


def test_a_bad_file_is_told_and_the_good_one_is_shown(report, capsys):
    bad = report.with_name("leeg.txt")
    bad.write_bytes(b"")
    with pytest.raises(SystemExit) as stopped:
        call_command("demo", bad, report)
    out, err = capsys.readouterr()
    assert stopped.value.code == 1
    assert err.startswith("leeg.txt: ")
    assert err.count("\n") == 1
    assert LATE in out


def test_a_person_s_judgement_is_not_judged_over(report, capsys):
    call_command("demo", report)
    Statement.objects.filter(quote=LATE).update(state="rejected", commitment=None)
    call_command("demo", report)
    assert Statement.objects.get(quote=LATE).state == "rejected"


def test_on_a_server_it_refuses(report, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("demo", report)
    assert not User.objects.exists()
    assert not Document.objects.exists()


def test_in_a_database_that_others_use_it_refuses(report):
    User.objects.create_user("an")
    with pytest.raises(CommandError, match="has users of its own"):
        call_command("demo", report)
    assert User.objects.get().username == "an"
    assert not Document.objects.exists()


def test_what_it_judged_it_judged_on_the_day_it_counts_as_today(report, settings):
    call_command("demo", report)
    assert timezone.localdate(Statement.objects.get(quote=LATE).reviewed_at) == settings.TODAY


def test_it_fits_the_terminal(report, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    call_command("demo", report)
    table = capsys.readouterr().out.partition("\n\n")[2].partition("\n\n")[0].splitlines()
    assert max(len(line) for line in table) <= 80
    assert any(line.startswith("  Ik zal het rapport") for line in table)


def test_the_samples_show_something_late_something_soon_and_something_open(settings, capsys):
    settings.TODAY = date(2026, 3, 16)
    call_command("demo")
    out = capsys.readouterr().out
    assert Document.objects.count() == 5
    for status in ("overdue, ", "due soon", "open"):
        assert any(line.rstrip().endswith(status) or f"  {status}" in line for line in out.splitlines()), status
    assert Commitment.objects.overdue(settings.TODAY).exists()
    assert Commitment.objects.due_soon(settings.TODAY, settings.DUE_SOON_DAYS).exists()
    assert len(mails(settings)) == 1
    assert not Mandate.objects.filter(registered=True).exists()  # their ministers are made up


def test_the_real_reports_show_the_guideline_that_never_came(shared, settings, capsys):
    settings.TODAY = date(2026, 11, 22)
    call_command("demo", *sorted((shared / "corpus" / "verslagen").glob("*.txt")))
    lines = capsys.readouterr().out.splitlines()
    for words in ("leidraad", "tegen december van dit jaar"):
        found = [line for line in lines if words in line and "– 2023-12-31" in line]
        assert found, words
        assert all("overdue" in line for line in found)
    (mail,) = mails(settings)
    assert "eidraad" in mail.read_text(encoding="utf-8")
