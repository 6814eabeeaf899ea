"""The index on SQLite: an FTS5 table for each shelf, ranked by bm25."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from commitments.index.sql import ask, run

_TOKENS = "\"unicode61 remove_diacritics 0 tokenchars '.'\""  # "1.8" is one word
_AT_ONCE = 500  # parameters of one statement
_TALLY = "SELECT word, items FROM commitments_wordcount WHERE word IN (SELECT value FROM json_each(%s))"


class SqliteIndex:
    def make(self, shelf: str) -> None:
        run(f"CREATE VIRTUAL TABLE {shelf} USING fts5(words, tokenize={_TOKENS})")

    def drop(self, shelf: str) -> None:
        run(f"DROP TABLE IF EXISTS {shelf}")

    def put(self, shelf: str, rows: Iterable[tuple[int, str]]) -> None:
        kept = list(rows)
        self.remove(shelf, [row for row, _ in kept])
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {shelf} (rowid, words) VALUES (%s, %s)", kept)  # noqa: S608

    def remove(self, shelf: str, ids: Sequence[int]) -> None:
        for some in _portions(ids):
            run(f"DELETE FROM {shelf} WHERE rowid IN ({_marks(some)})", some)  # noqa: S608

    def words(self, shelf: str, ids: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for some in _portions(ids):
            found |= dict(ask(f"SELECT rowid, words FROM {shelf} WHERE rowid IN ({_marks(some)})", some))  # noqa: S608
        return found

    def find(self, shelf: str, sought: Mapping[str, float], limit: int) -> list[int]:
        if not sought:
            return []
        query = " OR ".join(_quoted(word) for word in sought)
        rows = ask(f"SELECT rowid FROM {shelf} WHERE words MATCH %s ORDER BY rank LIMIT %s", [query, limit])  # noqa: S608
        return [row for (row,) in rows]

    def holding(self, shelf: str, sought: Sequence[str]) -> RawSQL:
        query = " AND ".join(_quoted(word) for word in sought)
        return RawSQL(f"SELECT rowid FROM {shelf} WHERE words MATCH %s", [query])  # noqa: S608, S611

    def tally(self, words: Collection[str]) -> dict[str, int]:
        return dict(ask(_TALLY, [json.dumps(list(words))]))

    def clear(self, shelf: str) -> None:
        run(f"DELETE FROM {shelf}")  # noqa: S608

    def count(self, shelf: str) -> int:
        ((count,),) = ask(f"SELECT count(*) FROM {shelf}_docsize")  # noqa: S608  (the table itself would be read whole)
        return int(count)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', "") + '"'


def _portions(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))


def _marks(values: Sequence[int]) -> str:
    return ", ".join(["%s"] * len(values))
