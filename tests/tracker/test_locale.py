"""The Dutch of the pages: complete, compiled, and of the words the code really has."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOGUE = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def dutch():
    return polib.pofile(str(CATALOGUE))


def words(entry):
    """The translations of one entry: one, or one for each plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_word_has_its_dutch(dutch):
    missing = [entry.msgid for entry in dutch if not entry.obsolete and not all(words(entry))]
    assert not missing
    assert not [entry.msgid for entry in dutch.fuzzy_entries()]


def test_what_is_filled_in_is_filled_in_in_dutch_too(dutch):
    for entry in dutch:
        places = set(PLACE.findall(entry.msgid)) | set(PLACE.findall(entry.msgid_plural))
        for text in words(entry):
            assert set(PLACE.findall(text)) <= places, entry.msgid
        assert set(PLACE.findall(words(entry)[-1])) == set(PLACE.findall(entry.msgid_plural or entry.msgid)), (
            entry.msgid
        )


def test_what_is_compiled_is_what_is_written(dutch):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def table(entries):
        return {(entry.msgctxt, entry.msgid): words(entry) for entry in entries if not entry.obsolete}

    assert table(compiled) == table(dutch)


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not here: install gettext")
def test_the_catalogue_has_the_words_of_code_and_templates_and_no_others(dutch, tmp_path):
    for folder in ("tracker", "transcripts", "commitments", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copytree(ROOT / "locale", tmp_path / "locale")
    shutil.copy(ROOT / "manage.py", tmp_path)
    collected = subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "nl", "--no-obsolete", "--ignore", "var/*"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert collected.returncode == 0, collected.stderr
    fresh = polib.pofile(str(tmp_path / CATALOGUE.relative_to(ROOT)))
    ids = {(entry.msgctxt, entry.msgid) for entry in fresh}
    known = {(entry.msgctxt, entry.msgid) for entry in dutch if not entry.obsolete}
    assert ids - known == set(), "run make messages, and translate these"
    assert known - ids == set(), "run make messages: these are no longer used"


def test_flemish_readers_get_it(dutch):
    from django.utils.translation import gettext, override

    entry = next(
        entry for entry in dutch if not entry.msgid_plural and entry.msgid != entry.msgstr and not entry.msgctxt
    )
    with override("nl-be"):
        assert gettext(entry.msgid) == entry.msgstr
    with override("en"):
        assert gettext(entry.msgid) == entry.msgid
