"""docs/quality.md says what `manage.py evaluate` says today."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from commitments.learning.labels import read_sets

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
MANIFEST = Path(__file__).with_name("sets.toml")
TABLE = re.compile(r"<!-- evaluate(?P<options>[^>]*?) -->\n(?P<table>.*?)\n?<!-- end -->", re.DOTALL)
TABLES = [(match["options"].split(), match["table"]) for match in TABLE.finditer(PAGE.read_text(encoding="utf-8"))]


def test_the_page_has_the_figures_with_and_without_what_was_learned_from_the_document() -> None:
    assert [options for options, _ in TABLES] == [[], ["--left-out"]]


@pytest.mark.parametrize(("options", "table"), TABLES, ids=lambda value: " ".join(value) if value else "as shipped")
def test_the_figures_are_those_of_today(options: list[str], table: str) -> None:
    missing = [one.missing for one in read_sets(MANIFEST) if one.missing]
    if missing:
        pytest.skip(f"{missing[0]} is not here: not every figure can be measured again")
    said = StringIO()
    call_command("evaluate", *options, "--markdown", stdout=said)
    assert table == said.getvalue().strip()
