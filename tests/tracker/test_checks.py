"""Each system check stays silent where all is well, and names the setting to change where it is not."""

from datetime import date

import pytest

from commitments.engine import calendars
from tracker import checks

FILES = "django.core.mail.backends.filebased.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def ids(messages):
    return [message.id for message in messages]


@pytest.mark.parametrize("name", checks.RANGES)
def test_a_number_of_the_policy_stays_in_its_range(settings, name):
    low, high = checks.RANGES[name]
    for value in (low, high):
        setattr(settings, name, value)
        assert checks.policy_in_range(None) == []
    for value in (low - 1, high + 1):
        setattr(settings, name, value)
        (message,) = checks.policy_in_range(None)
        assert message.id == "tracker.E001"
        assert name in message.msg


def test_calendars_that_end_within_a_year_are_announced(monkeypatch, settings):
    monkeypatch.setattr(calendars, "runs_out", lambda calendar: date(2029, 6, 10))
    settings.TODAY = date(2028, 6, 10)
    assert checks.calendars_last(None) == []
    settings.TODAY = date(2028, 6, 11)
    (message,) = checks.calendars_last(None)
    assert message.id == "tracker.W001"
    assert "2029-06-10" in message.msg


def test_sqlite_is_for_one_process(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    assert ids(checks.one_writer_for_sqlite(None)) == ["tracker.W002"]
    settings.REDIS_URL = ""
    assert checks.one_writer_for_sqlite(None) == []
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    assert checks.one_writer_for_sqlite(None) == []


def test_mail_in_files_reaches_nobody(settings):
    settings.EMAIL_BACKEND = FILES
    assert ids(checks.mail_leaves(None)) == ["tracker.W101"]
    settings.EMAIL_BACKEND = SMTP
    assert checks.mail_leaves(None) == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost", "toegezegd.example.org"])
def test_links_to_this_machine_are_of_no_use_in_a_mail(settings, address):
    settings.SITE_URL = address
    assert ids(checks.links_lead_here(None)) == ["tracker.W102"]


def test_links_to_the_site_are_fine(settings):
    settings.SITE_URL = "https://toegezegd.example.org"
    assert checks.links_lead_here(None) == []


def test_a_server_has_no_fixed_day(settings):
    settings.TODAY = date(2026, 3, 16)
    assert ids(checks.the_day_moves(None)) == ["tracker.W103"]
    settings.TODAY = None
    assert checks.the_day_moves(None) == []


def test_a_server_without_https_is_told_so(settings):
    settings.HTTPS = False
    assert ids(checks.https_is_on(None)) == ["tracker.W104"]
    settings.HTTPS = True
    assert checks.https_is_on(None) == []
