"""The index on PostgreSQL: a tsvector of Dutch words with a GIN index for each shelf, ranked by what is shared."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models.expressions import RawSQL

from commitments.index.sql import ask, run

_FIND = """
    SELECT found.id
    FROM unnest(%s::text[], %s::float8[]) AS sought (word, worth)
    JOIN {shelf} AS found ON found.lexemes @@ plainto_tsquery('dutch', sought.word)
    GROUP BY found.id
    ORDER BY sum(sought.worth) DESC, found.id
    LIMIT %s
"""


class PostgresIndex:
    def make(self, shelf: str) -> None:
        run(
            f"CREATE TABLE {shelf} (id bigint PRIMARY KEY, words text NOT NULL, "
            "lexemes tsvector GENERATED ALWAYS AS (to_tsvector('dutch'::regconfig, words)) STORED)"
        )
        # Filed at once: a pile of words that wait to be filed is read whole by every search.
        run(f"CREATE INDEX {shelf}_lexemes ON {shelf} USING gin (lexemes) WITH (fastupdate = off)")

    def drop(self, shelf: str) -> None:
        run(f"DROP TABLE IF EXISTS {shelf}")

    def put(self, shelf: str, rows: Iterable[tuple[int, str]]) -> None:
        kept = sorted(rows)
        run(
            f"INSERT INTO {shelf} (id, words) SELECT * FROM unnest(%s::bigint[], %s::text[]) "  # noqa: S608
            "ON CONFLICT (id) DO UPDATE SET words = excluded.words",
            [[row for row, _ in kept], [words for _, words in kept]],
        )

    def remove(self, shelf: str, ids: Sequence[int]) -> None:
        run(f"DELETE FROM {shelf} WHERE id = ANY(%s)", [list(ids)])  # noqa: S608

    def words(self, shelf: str, ids: Sequence[int]) -> dict[int, str]:
        return dict(ask(f"SELECT id, words FROM {shelf} WHERE id = ANY(%s)", [list(ids)]))  # noqa: S608

    def find(self, shelf: str, sought: Mapping[str, float], limit: int) -> list[int]:
        if not sought:
            return []
        rows = ask(_FIND.format(shelf=shelf), [list(sought), list(sought.values()), limit])
        return [row for (row,) in rows]

    def holding(self, shelf: str, sought: Sequence[str]) -> RawSQL:
        sql = f"SELECT id FROM {shelf} WHERE lexemes @@ plainto_tsquery('dutch', %s)"  # noqa: S608
        return RawSQL(sql, [" ".join(sought)])  # noqa: S611

    def tally(self, words: Collection[str]) -> dict[str, int]:
        return dict(ask("SELECT word, items FROM commitments_wordcount WHERE word = ANY(%s)", [list(words)]))

    def clear(self, shelf: str) -> None:
        run(f"DELETE FROM {shelf}")  # noqa: S608

    def count(self, shelf: str) -> int:
        ((count,),) = ask(f"SELECT count(*) FROM {shelf}")  # noqa: S608
        return int(count)
