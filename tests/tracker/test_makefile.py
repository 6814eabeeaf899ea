"""What `make` does, as far as it can be seen without installing anything."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# What a `make` around this test run hands down must not reach the ones that are started here.
HANDED_DOWN = {
    "MAKEFLAGS",
    "MFLAGS",
    "MAKELEVEL",
    "MAKEOVERRIDES",
    "ARGS",
    "TODAY",
    "FILES",
    "PORT",
    "SERVE",
    "SITE_URL",
}

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


def make(*arguments: str, folder: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in HANDED_DOWN}
    return subprocess.run(  # noqa: S603 our own Makefile
        ["make", *arguments],  # noqa: S607 the one on the PATH is the one a user has
        cwd=folder,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def dry(*arguments: str, **variables: str) -> str:
    """Return what `make demo` would run, one command a line."""
    result = make("--dry-run", "-o", ".venv/product.stamp", "demo", *arguments, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout.replace("\\\n", " ")


def days(commands: str) -> set[tuple[str, str]]:
    """(command of manage.py, day it is given) for all that are given one."""
    return set(re.findall(r"TODAY=(\S+)[^;\n]*manage\.py (demo|runserver)", commands))


def test_help_names_every_target():
    shown = make("help").stdout
    for target in re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE):
        assert f"make {target} " in shown


def test_the_demo_and_its_site_are_on_the_fixed_day():
    assert days(dry()) == {("2026-03-16", "demo"), ("2026-03-16", "runserver")}


def test_with_files_of_ones_own_today_is_today():
    commands = dry("FILES=a.txt b.pdf")
    assert days(commands) == set()
    assert "manage.py demo a.txt b.pdf" in commands


def test_another_day_can_be_asked_for():
    assert days(dry("TODAY=2025-06-01", "FILES=a.txt")) == {("2025-06-01", "demo"), ("2025-06-01", "runserver")}
    assert days(dry(TODAY="2025-06-01")) == {("2025-06-01", "demo"), ("2025-06-01", "runserver")}


def test_links_follow_the_port_and_leave_an_address_that_was_set_alone():
    assert "SITE_URL" not in dry()
    assert dry("PORT=8080").count("SITE_URL=http://127.0.0.1:8080 ") == 2
    assert "SITE_URL=" not in dry("PORT=8080", SITE_URL="https://toegezegd.example.org")


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_told_in_one_sentence_before_any_work_is_done(taken):
    result = make("-o", f"{sys.prefix}/product.stamp", "demo", f"VENV={sys.prefix}", f"PORT={taken}")
    assert result.returncode != 0
    sentence = result.stderr.strip().splitlines()[0]
    assert sentence.startswith(f"Port {taken} on 127.0.0.1 cannot be had")
    assert "make demo PORT=" in sentence
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.fixture
def desk(tmp_path):
    """A checkout with the Makefile, whose installer only writes down what it is asked to install."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "venv").write_text('mkdir -p "$1"; echo "$2" >> installed\n')
    (tmp_path / "requirements.txt").write_text("Django\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\n")
    return tmp_path


def installed(desk):
    return (desk / "installed").read_text().split()


def age(path, seconds):
    then = path.stat().st_mtime + seconds
    os.utime(path, (then, then))


def test_what_is_needed_is_installed_once(desk):
    for _ in range(2):
        assert make("setup", folder=desk).returncode == 0
    assert installed(desk) == ["requirements-dev.txt"]


def test_a_changed_list_is_installed_again(desk):
    make("setup", folder=desk)
    age(desk / "requirements.txt", 10)
    make("setup", folder=desk)
    assert installed(desk) == ["requirements-dev.txt"] * 2


def test_an_installation_that_failed_is_tried_again(desk):
    (desk / ".ci" / "venv").write_text('mkdir -p "$1"; echo "$2" >> installed; exit 1\n')
    for _ in range(2):
        assert make("setup", folder=desk).returncode != 0
    assert installed(desk) == ["requirements-dev.txt"] * 2


def run_venv(path, folder, **variables):
    return subprocess.run(  # noqa: S603 our own script
        [shutil.which("sh"), str(ROOT / ".ci" / "venv"), str(folder / "env"), str(folder / "list.txt")],
        env={"PATH": str(path), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def program(path, text):
    path.write_text(f"#!{shutil.which('sh')}\n{text}\n")
    path.chmod(0o755)


def test_without_a_python_one_sentence_says_what_to_do(tmp_path):
    result = run_venv(tmp_path, tmp_path)
    assert result.returncode == 1
    assert result.stderr.strip().splitlines() == [
        "Toegezegd needs Python 3.11 or newer, and none is on the PATH. "
        "Install one, or name it: make PYTHON=/path/to/python3.11 …"
    ]


def test_a_python_that_is_too_old_or_does_not_run_counts_as_none(tmp_path):
    program(tmp_path / "python3", "exit 1")
    program(tmp_path / "python3.12", "echo 'python3.12: command not found' >&2; exit 127")
    result = run_venv(tmp_path, tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith("Toegezegd needs Python 3.11 or newer")


def test_a_python_without_any_pip_says_what_to_install(tmp_path):
    # Stands for Debian's python3 without python3-venv and python3-pip: it runs, and has neither module.
    has_no_pip = 'case "$*" in *ensurepip*|*"-m pip"*) exit 1;; esac'
    make_venv = (
        'case "$*" in *"-m venv"*) mkdir -p "$4/bin"; cp "$0" "$4/bin/python";; --version) echo Python 3.11;; esac'
    )
    program(tmp_path / "python3.11", f"PATH={os.environ['PATH']}\n{has_no_pip}\n{make_venv}")
    result = run_venv(tmp_path, tmp_path)
    assert result.returncode == 1
    assert "sudo apt install python3-venv" in result.stderr.strip().splitlines()[-1]
