"""Keeps the index of words: what agenda items say, what commitments promise, and how often each word is used."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F

from commitments.engine.followups import words
from commitments.index import Shelf, index, texts
from commitments.models import Commitment, OutsideStatement, Statement, WordCount

_AT_ONCE = 300  # rows of one statement

_COUNT = """
    INSERT INTO commitments_wordcount (word, items) VALUES {}
    ON CONFLICT (word) DO UPDATE SET items = commitments_wordcount.items + excluded.items
"""


class Rarities:
    """How rare words are among the items indexed: a words.Rarity. Asks the database once for all words handed in."""

    def __init__(self, sought: Collection[str]) -> None:
        self._whole = index().count(Shelf.ITEMS)
        self._told: dict[str, float] = {}
        self._unheard = words.rarity(0, self._whole)
        self.learn(sought)

    def learn(self, sought: Collection[str]) -> None:
        """Ask for words it does not know yet, all at once."""
        new = [word for word in sought if word not in self._told]
        counts = index().tally(new) if new else {}
        self._told.update((word, words.rarity(counts.get(word, 0), self._whole)) for word in new)

    def __call__(self, word: str) -> float:
        return self._told.get(word, self._unheard)


def index_items(said: Mapping[int, Collection[str]]) -> None:
    """Keep the words of these agenda items, in place of those they had, and count them; what is the same stays."""
    with transaction.atomic():
        before = index().words(Shelf.ITEMS, list(said))
        lines = {item: _line(now) for item, now in said.items()}
        changed = {item: line for item, line in lines.items() if before.get(item) != line}
        change: Counter[str] = Counter()
        for item in changed:
            had, now = set(before.get(item, "").split()), set(said[item])
            change.update(now - had)
            change.subtract(had - now)
        if changed:
            index().put(Shelf.ITEMS, changed.items())
        _count(change)


def index_commitments(said: Mapping[int, Collection[str]]) -> None:
    """Keep the words of these commitments, in place of those they had."""
    with transaction.atomic():
        index().put(Shelf.COMMITMENTS, ((commitment, _line(now)) for commitment, now in said.items()))


def forget_items(items: Iterable[int]) -> None:
    """Forget agenda items that are gone, and count their words no longer."""
    gone = list(items)
    with transaction.atomic():
        index_items(dict.fromkeys(gone, ()))
        index().remove(Shelf.ITEMS, gone)


def forget_commitments(commitments: Iterable[int]) -> None:
    index().remove(Shelf.COMMITMENTS, list(commitments))


def is_indexed(commitment: int, said: Collection[str] | None) -> bool:
    """Tell whether the index holds exactly these words of a commitment; None: nothing of it."""
    kept = index().words(Shelf.COMMITMENTS, [commitment]).get(commitment)
    return kept == (None if said is None else _line(said))


def index_texts(commitments: Collection[int]) -> None:
    """Keep the texts in which these commitments are searched as they are now; of one that is gone nothing is kept."""
    said: dict[int, list[str]] = {
        pk: [title, words]
        for pk, title, words in Commitment.objects.filter(pk__in=commitments).values_list("pk", "title", "due_text")
    }
    accepted = Statement.objects.accepted().filter(commitment__in=said).order_by()
    quotes = accepted.values_list("commitment", "quote").union(
        OutsideStatement.objects.filter(commitment__in=said).order_by().values_list("commitment", "quote"), all=True
    )
    if said:
        for pk, quote in quotes:
            said[pk].append(quote)
        texts.put((pk, "\n".join(one)) for pk, one in said.items())
    gone = [pk for pk in commitments if pk not in said]
    if gone:
        texts.remove(gone)


def forget_texts(commitments: Iterable[int]) -> None:
    texts.remove(list(commitments))


def clear() -> None:
    """Forget everything, to build it anew."""
    texts.clear()
    for shelf in Shelf:
        index().clear(shelf)
    WordCount.objects.all().delete()


def _line(said: Collection[str]) -> str:
    return " ".join(sorted(said))


def _count(change: Mapping[str, int]) -> None:
    """Add to the counts of words, in one order for all, so that two who count at once do not wait for each other."""
    more = sorted((word, by) for word, by in change.items() if by > 0)
    for at in range(0, len(more), _AT_ONCE):
        some = more[at : at + _AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(_COUNT.format(", ".join(["(%s, %s)"] * len(some))), [one for pair in some for one in pair])
    fewer: dict[int, list[str]] = defaultdict(list)
    for word, by in sorted(change.items()):
        if by < 0:
            fewer[-by].append(word)
    for by, some_words in sorted(fewer.items()):
        WordCount.objects.filter(word__in=some_words, items__gte=by).update(items=F("items") - by)
