"""The texts in which the list of commitments is searched, one row for each: what was promised, and the words of when.

A word is found wherever it stands, within another word as well ("premies" in "renovatiepremies"): in Dutch half of what
one seeks is a part of a compound. Both databases find it by the threes of its letters: FTS5 with trigrams on SQLite,
pg_trgm on PostgreSQL. Texts and words are compared without accents and capitals.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from commitments.index.sql import ask, run

TABLE = "commitments_searchtext"
_SHORTEST = 3  # letters that FTS5 looks up; what is shorter is sought by reading the texts
_AT_ONCE = 500  # parameters of one statement

# Whose name has the word made the promise: names are not in the texts, so that who is renamed need not be indexed.
_BY_NAME = """
    SELECT c.id FROM commitments_commitment c JOIN transcripts_person p ON p.id = c.person_id
    WHERE {} LIKE {} ESCAPE '!'
"""


def folded(text: str) -> str:
    """Return a text without capitals and accents, as texts and words are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def make(vendor: str) -> None:
    """Create the table (called by a migration). Where pg_trgm cannot be had, texts are read instead of looked up."""
    if vendor != "postgresql":
        run(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(body, tokenize='trigram')")
        return
    run(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, body text NOT NULL)")
    run(
        "DO $do$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_trgm; "
        f"CREATE INDEX {TABLE}_threes ON {TABLE} USING gin (body gin_trgm_ops) WITH (fastupdate = off); "
        "EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN "
        "RAISE WARNING 'pg_trgm cannot be had here: the list of commitments is searched without an index'; END $do$"
    )


def drop() -> None:
    run(f"DROP TABLE IF EXISTS {TABLE}")


def put(rows: Iterable[tuple[int, str]]) -> None:
    """Keep the text of each id, in place of the one it had."""
    kept = [(pk, folded(text)) for pk, text in rows]
    if _is_postgres():
        run(
            f"INSERT INTO {TABLE} (id, body) SELECT * FROM unnest(%s::bigint[], %s::text[]) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE commitments_searchtext.body <> excluded.body",
            [[pk for pk, _ in kept], [body for _, body in kept]],
        )
        return
    remove([pk for pk, _ in kept])
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE} (rowid, body) VALUES (%s, %s)", kept)  # noqa: S608


def remove(ids: Sequence[int]) -> None:
    """Forget these ids."""
    if _is_postgres():
        run(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608
        return
    for at in range(0, len(ids), _AT_ONCE):
        some = list(ids[at : at + _AT_ONCE])
        run(f"DELETE FROM {TABLE} WHERE rowid IN ({', '.join(['%s'] * len(some))})", some)  # noqa: S608


def clear() -> None:
    run(f"DELETE FROM {TABLE}")  # noqa: S608


def count() -> int:
    ((number,),) = ask(f"SELECT count(*) FROM {TABLE}" if _is_postgres() else f"SELECT count(*) FROM {TABLE}_docsize")  # noqa: S608
    return int(number)


def holding(word: str) -> RawSQL:
    """Return a subquery of the ids in whose text, or whose promiser's name, a word stands; for `filter(pk__in=…)`."""
    sought, name = folded(word), _pattern(word)
    if _is_postgres():
        by_name = _BY_NAME.format("upper(p.name)", "upper(%s)")
        return RawSQL(  # noqa: S611
            f"SELECT id FROM {TABLE} WHERE body LIKE %s ESCAPE '!' UNION ALL {by_name}",  # noqa: S608
            [_pattern(sought), name],
        )
    by_name = _BY_NAME.format("p.name", "%s")
    if len(sought) < _SHORTEST:
        return RawSQL(  # noqa: S611
            f"SELECT rowid FROM {TABLE} WHERE body LIKE %s ESCAPE '!' UNION ALL {by_name}",  # noqa: S608
            [_pattern(sought), name],
        )
    phrase = '"' + sought.replace('"', '""') + '"'
    return RawSQL(  # noqa: S611
        f"SELECT rowid FROM {TABLE} WHERE body MATCH %s UNION ALL {by_name}",  # noqa: S608
        [phrase, name],
    )


def _pattern(word: str) -> str:
    for sign in "!%_":
        word = word.replace(sign, f"!{sign}")
    return f"%{word}%"


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"
