"""The commands of docs/operations.md for backup and restore, carried out as they stand there."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.service.house import PATIENCE, ROOT, SAMPLES, House, house
from tests.services import own_database

pytestmark = pytest.mark.service

DOCUMENT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
Rows = dict[str, list[tuple[Any, ...]]]


def carry_out(name: str, made: House, **variables: str) -> None:
    """Run the block of commands of this name, each of which has to succeed, in the environment of the house."""
    block = re.search(rf"^```bash {name}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert block, f"docs/operations.md has no commands named {name}"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603  the documented commands
        ["/bin/sh", "-eu", "-c", block[1]],
        cwd=ROOT,
        env=made.environment | variables | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def rows_of_postgresql(address: str) -> Rows:
    with psycopg.connect(address) as database:
        names = [
            row[0]
            for row in database.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            )
        ]
        return {
            name: database.execute(
                sql.SQL("SELECT {}::text FROM {} ORDER BY 1").format(sql.Identifier(name), sql.Identifier(name))
            ).fetchall()
            for name in names
        }


def rows_of_sqlite(path: Path) -> Rows:
    with sqlite3.connect(path) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for (name,) in names}  # noqa: S608


def test_what_was_saved_from_postgresql_is_there_again_in_another_database(
    filled: House, postgres_url: str, tmp_path: Path
) -> None:
    before = rows_of_postgresql(filled.environment["DATABASE_URL"])
    carry_out("backup-postgresql", filled, BACKUP=str(tmp_path / "toegezegd.dump"))
    with own_database(postgres_url) as empty:
        restored = house(tmp_path / "restored", DATABASE_URL=empty)
        carry_out("restore-postgresql", restored, BACKUP=str(tmp_path / "toegezegd.dump"))
        assert rows_of_postgresql(empty) == before
        assert before["transcripts_speech"]
        # The copy goes on where the first stopped: what was read is known, the next row gets a number of its own.
        restored.manage("import_transcripts", *SAMPLES)
        assert len(rows_of_postgresql(empty)["transcripts_speech"]) == len(before["transcripts_speech"])
        restored.manage("note_overdue")


def test_what_was_saved_from_sqlite_is_there_again_in_another_file(embedded: House, tmp_path: Path) -> None:
    embedded.manage("import_transcripts", *SAMPLES)
    desk = embedded.folder / "toegezegd.sqlite3"
    before = rows_of_sqlite(desk)
    assert before["transcripts_speech"]
    carry_out("backup-sqlite", embedded, DESK=str(desk), BACKUP=str(tmp_path / "copy.sqlite3"))
    restored = house(tmp_path / "restored")
    restored.folder.mkdir()
    again = restored.folder / "toegezegd.sqlite3"
    carry_out("restore-sqlite", restored, DESK=str(again), BACKUP=str(tmp_path / "copy.sqlite3"))
    assert rows_of_sqlite(again) == before
    restored.manage("import_transcripts", *SAMPLES)
    assert len(rows_of_sqlite(again)["transcripts_speech"]) == len(before["transcripts_speech"])


def test_a_backup_is_not_written_over(embedded: House, tmp_path: Path) -> None:
    kept = tmp_path / "copy.sqlite3"
    kept.write_bytes(b"the backup of last week")
    with pytest.raises(AssertionError, match="exists|not a database"):
        carry_out("backup-sqlite", embedded, DESK=str(embedded.folder / "toegezegd.sqlite3"), BACKUP=str(kept))
    assert kept.read_bytes() == b"the backup of last week"
