"""Keeps the index of words: what agenda items say, what commitments promise, and how often each word is used."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction
from django.db.models import F

from commitments.engine.followups import words
from commitments.index import Shelf, index
from commitments.models import WordCount

_AT_ONCE = 300  # rows of one statement

_COUNT = """
    INSERT INTO commitments_wordcount (word, items) VALUES {}
    ON CONFLICT (word) DO UPDATE SET items = commitments_wordcount.items + excluded.items
"""


class Rarities:
    """How rare words are among the items indexed: a words.Rarity. Asks the database once, for all words handed in."""

    def __init__(self, sought: Collection[str]) -> None:
        self._whole = index().count(Shelf.ITEMS)
        self._counts = dict(WordCount.objects.filter(word__in=list(sought)).values_list("word", "items"))

    def __call__(self, word: str) -> float:
        return words.rarity(self._counts.get(word, 0), self._whole)


def index_items(said: Mapping[int, Collection[str]]) -> None:
    """Keep the words of these agenda items, in place of those they had, and count them."""
    with transaction.atomic():
        before = index().words(Shelf.ITEMS, list(said))
        change: Counter[str] = Counter()
        for item, now in said.items():
            had = set(before.get(item, "").split())
            change.update(word for word in now if word not in had)
            change.subtract(had.difference(now))
        index().put(Shelf.ITEMS, ((item, _line(now)) for item, now in said.items()))
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


def is_indexed(commitment: int, said: Collection[str]) -> bool:
    """Tell whether the index holds exactly these words of a commitment."""
    return index().words(Shelf.COMMITMENTS, [commitment]).get(commitment) == _line(said)


def clear() -> None:
    """Forget everything, to build it anew."""
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
