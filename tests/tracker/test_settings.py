"""Settings as a process reads them from its environment: each test starts one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = {
    "DEBUG": "0",
    "SECRET_KEY": "a-key-that-is-long-enough-for-the-check-of-django-0123456789",
    "ALLOWED_HOSTS": "toegezegd.example.org",
    "SITE_URL": "https://toegezegd.example.org/",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "DATABASE_URL": "postgres://toegezegd@127.0.0.1:5432/toegezegd",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
SHOW = """
import json, sys
from tracker import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def run(tmp_path):
    """Start Python in the checkout with these variables, and without a .env of the desk."""

    def start(*arguments, **variables):
        # An empty value is what a variable that is not set amounts to, and keeps a .env out of the test.
        empty = dict.fromkeys(("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "TODAY", "SECRET_KEY"), "")
        base = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DEBUG": "1"}
        return subprocess.run(  # noqa: S603 our own interpreter, our own arguments
            [sys.executable, *arguments],
            cwd=ROOT,
            env=base | empty | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return start


@pytest.fixture
def read(run):
    def values(*names, **variables):
        result = run("-c", SHOW, *names, **variables)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return values


def test_a_desk_needs_no_variable(run):
    result = run("manage.py", "check")
    assert result.returncode == 0, result.stderr


def test_a_desk_has_sqlite_mail_in_files_and_tasks_in_the_process(read, tmp_path):
    settings = read("DATABASES", "EMAIL_FILE_PATH", "CELERY_TASK_ALWAYS_EAGER", "HTTPS")
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "toegezegd.sqlite3")
    assert settings["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert settings["CELERY_TASK_ALWAYS_EAGER"] is True
    assert settings["HTTPS"] is False


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_a_server_does_not_start_without_its_secrets(run, name):
    result = run("manage.py", "check", **(SERVER | {name: ""}))
    assert result.returncode != 0
    assert f"ImproperlyConfigured: Set {name}" in result.stderr.splitlines()[-1]


def test_a_server_with_all_it_needs_passes_the_deployment_check(run):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SERVER)
    assert result.returncode == 0, result.stderr


def test_a_server_that_lacks_something_does_not_pass_it(run):
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **(SERVER | {"EMAIL_URL": ""}))
    assert result.returncode == 1
    assert "tracker.W101" in result.stderr


def test_a_server_uses_postgresql_redis_and_mail(read):
    settings = read("DATABASES", "CELERY_BROKER_URL", "CELERY_TASK_ALWAYS_EAGER", "EMAIL_HOST", "SITE_URL", **SERVER)
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["CELERY_BROKER_URL"] == SERVER["REDIS_URL"]
    assert settings["CELERY_TASK_ALWAYS_EAGER"] is False
    assert settings["EMAIL_HOST"] == "127.0.0.1"
    assert settings["SITE_URL"] == "https://toegezegd.example.org"


def test_a_server_behind_tls_keeps_its_cookies_to_tls_and_its_health_open(read):
    settings = read(
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", **SERVER
    )
    assert settings.pop("SECURE_REDIRECT_EXEMPT") == ["^health/"]
    assert set(settings.values()) == {True}


def test_a_server_without_tls_can_be_logged_in_to(read):
    settings = read("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", **(SERVER | {"HTTPS": "0"}))
    assert set(settings.values()) == {None}


def test_the_day_of_the_demo_is_read(read):
    assert read("TODAY", TODAY="2026-03-16") == {"TODAY": "2026-03-16"}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("API_RATE_ADDRESS", "300", "write 300/minute"),
        ("API_RATE_KEY", "0/minute", "write 300/minute"),
        ("WEBHOOK_NETWORKS", "10.1.0.0/16,intranet", "WEBHOOK_NETWORKS names 'intranet'"),
    ],
)
def test_a_rate_or_a_network_that_is_none_is_refused_in_words(run, name, value, said):
    result = run("manage.py", "check", **{name: value})
    assert result.returncode != 0
    assert said in result.stderr.splitlines()[-1]


def test_only_a_server_behind_a_proxy_believes_what_that_says_of_an_address(read):
    assert read("REST_FRAMEWORK")["REST_FRAMEWORK"]["NUM_PROXIES"] == 0
    assert read("REST_FRAMEWORK", **SERVER)["REST_FRAMEWORK"]["NUM_PROXIES"] == 1
    assert read("CORS_ALLOWED_ORIGINS", "CORS_ALLOW_ALL_ORIGINS") == {
        "CORS_ALLOWED_ORIGINS": [],
        "CORS_ALLOW_ALL_ORIGINS": False,
    }
    assert read("CORS_ALLOW_ALL_ORIGINS", API_ORIGINS="*") == {"CORS_ALLOW_ALL_ORIGINS": True}


def test_a_day_that_is_none_is_refused_in_words(run):
    result = run("manage.py", "check", TODAY="16 maart")
    assert result.returncode != 0
    assert "TODAY is '16 maart': write a day as 2026-03-16" in result.stderr.splitlines()[-1]
