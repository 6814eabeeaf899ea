"""docker-compose.yml and the Dockerfile, read against the code they start."""

import re
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ["migrate", "web", "worker", "beat"]


def example():
    """Names of the variables in .env.example, set or commented out."""
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_whole_site_is_described():
    assert set(SERVICES) == {*OURS, "postgres", "redis", "mail"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_service_that_stays_tells_whether_it_is_well(name):
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout"} <= set(check)


def test_site_worker_and_beat_are_one_image_built_here():
    assert {(SERVICES[name]["image"], SERVICES[name]["build"]) for name in OURS} == {("toegezegd", ".")}


def test_site_worker_and_beat_share_one_environment():
    first, *others = (SERVICES[name]["environment"] for name in OURS)
    assert all(other == first for other in others)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_on_a_database_that_is_not_migrated(name):
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("name", OURS)
def test_what_a_service_starts_exists(name):
    program, *arguments = SERVICES[name]["command"]
    assert shutil.which(program, path=str(Path(sys.executable).parent)), f"requirements.txt does not bring {program}"
    if program == "python":
        assert (ROOT / arguments[0]).is_file()
        assert arguments[1] in get_commands()
    elif program == "gunicorn":
        option, config, application = arguments
        module, _, attribute = application.partition(":")
        assert callable(getattr(import_module(module), attribute))
        assert option == "--config"
        assert import_module(config.removeprefix("python:")).bind.endswith(":8000")
    else:
        assert (program, arguments[0]) == ("celery", "-A")
        assert import_module(arguments[1]).celery_app.main == "tracker"
        assert arguments[2] in {"worker", "beat"}


def test_the_image_starts_the_site_as_compose_does():
    assert yaml.safe_load(re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[1]) == SERVICES["web"]["command"]


def test_the_site_is_asked_for_its_own_health():
    asked = re.search(r"http://localhost:8000(/\S+?/)'", " ".join(SERVICES["web"]["healthcheck"]["test"]))
    assert resolve(asked[1]).url_name == "health-ready"
    assert SERVICES["web"]["environment"]["ALLOWED_HOSTS"].startswith("localhost,")


def test_every_variable_of_compose_is_explained():
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE))
    assert used
    assert used <= example()


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default_and_says_what_to_do(name):
    forms = re.findall(r"\$\{" + name + r"([^}]*)\}", COMPOSE)
    assert forms
    assert all(form.startswith(f":?Set {name} in .env") for form in forms)


def test_every_setting_in_the_environment_of_a_service_is_one_that_is_read():
    assert set(SERVICES["web"]["environment"]) <= example()


def test_the_image_does_not_run_as_root_and_holds_its_static_files():
    lines = DOCKERFILE.splitlines()
    user = lines.index("USER toegezegd")
    collect = next(number for number, line in enumerate(lines) if "manage.py collectstatic" in line)
    assert user < collect
    folders = dict(re.findall(r"(VAR_DIR|STATIC_ROOT)=(\S+)", DOCKERFILE))
    assert not folders["STATIC_ROOT"].startswith(folders["VAR_DIR"])
    assert f"var:{folders['VAR_DIR']}" in SERVICES["web"]["volumes"]


def test_secrets_and_data_of_this_desk_stay_out_of_the_image():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", "var", ".venv", ".git"} <= set(ignored)
