"""What a user can set, run or ask for is in the documents: a missing one fails here."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from commitments.engine.statements import rules
from commitments.engine.statements.patterns import fold

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_APPS = {"tracker", "transcripts", "commitments"}
# Variables that are not settings: Docker Compose and the tests read them.
BESIDE_SETTINGS = {"POSTGRES_PASSWORD", "TEST_DATABASE_URL", "TEST_REDIS_URL", "SCREENSHOTS"}


def text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def all_docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def variables() -> set[str]:
    """Names that tracker/settings.py reads with env.str("NAME"), env.bool("NAME"), …"""
    tree = ast.parse(text("tracker/settings.py"))
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }


def in_example() -> list[str]:
    return re.findall(r"^#?([A-Z][A-Z_]+)=", text(".env.example"), re.MULTILINE)


def endpoints() -> set[str]:
    """Routes under /api/, with their parameters as <name>."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                yield re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route)

    return {route for route in walk(get_resolver().url_patterns, "/") if route.startswith("/api/")}


def our_commands() -> list[str]:
    return sorted(name for name, app in get_commands().items() if app in OUR_APPS)


def test_every_variable_is_explained_in_the_example_once():
    names = in_example()
    assert sorted(names) == sorted(variables() | BESIDE_SETTINGS)


def test_every_variable_of_the_example_has_words_above_it():
    lines = text(".env.example").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#?[A-Z][A-Z_]+=", line):
            above = next(
                lines[back] for back in range(number - 1, -1, -1) if not re.match(r"#?[A-Z][A-Z_]+=", lines[back])
            )
            assert re.match(r"# \S", above), f"{line}: no explanation above it"


@pytest.mark.parametrize("name", sorted(variables()))
def test_every_variable_is_in_the_documents(name):
    assert f"`{name}`" in text("docs/configuration.md")


def test_no_document_names_a_variable_that_is_not_read():
    named = set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", text("docs/configuration.md"), re.MULTILINE))
    assert named == variables() | BESIDE_SETTINGS


@pytest.mark.parametrize("name", our_commands())
def test_every_command_is_in_the_documents(name):
    assert re.search(rf"\b(manage\.py|make) {name}\b|`{name}`", all_docs()), f"no document names the command {name}"


def test_there_are_commands_and_endpoints_to_name():
    assert {"extract", "read_deadlines", "demo", "run_periodic"} <= set(our_commands())
    assert "/api/v1/commitments/" in endpoints()


def test_every_endpoint_is_in_the_documents():
    missing = sorted(route for route in endpoints() if route not in text("docs/api.md"))
    assert not missing, f"docs/api.md does not name {', '.join(missing)}"


def test_every_system_check_is_in_the_documents():
    ids = set(re.findall(r'id="(tracker\.[EW]\d+)"', text("tracker/checks.py")))
    assert ids
    assert all(number in text("docs/configuration.md") for number in ids)


def test_every_target_of_make_is_in_the_documents():
    targets = re.findall(r"^([a-z]+):.*## ", text("Makefile"), re.MULTILINE)
    assert "demo" in targets
    missing = [target for target in targets if f"make {target}" not in text("README.md", "CONTRIBUTING.md")]
    assert not missing


def test_the_first_two_commands_of_the_readme_are_demo_and_test():
    commands = re.findall(r"^(?:\$ )?(make \w+)", text("README.md"), re.MULTILINE)
    assert commands[:2] == ["make demo", "make test"]


@pytest.mark.parametrize(
    "path",
    sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_links_between_documents_lead_somewhere(path):
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (path.parent / target).exists()]
    assert not missing


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_decision_bears_its_number_and_says_what_was_decided():
    for path in (ROOT / "docs/decisions").glob("[0-9]*.md"):
        words = path.read_text(encoding="utf-8")
        assert words.startswith(f"# {int(path.name[:4])}. "), path.name
        assert "**Decision.**" in words, path.name


def test_the_day_of_the_demo_is_told_in_the_readme():
    day = re.search(r"^DEMO_DAY := (\S+)", text("Makefile"), re.MULTILINE)[1]
    assert day in text("README.md")


def test_the_rule_shown_to_contributors_is_a_rule(tmp_path):
    shown = re.search(r"^ *```toml\n(.*?)^ *```", text("CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)[1]
    for file in rules.FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "forms-shown.toml").write_text(dedent(shown), encoding="utf-8")
    (added,) = set(rules.read_book(tmp_path).forms) - set(rules.load().forms)
    assert added.examples
    assert all(added.pattern.search(fold(sentence)) for sentence in added.examples)
    assert added.counter_examples
    assert not any(added.pattern.search(fold(sentence)) for sentence in added.counter_examples)


def test_our_apps_are_installed():
    assert {app.name for app in apps.get_app_configs()} >= OUR_APPS
