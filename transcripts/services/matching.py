"""Which turn of a new version is which turn of the old one. Pure: no rows, linear but for short windows."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from transcripts.parsing.placeholders import is_placeholder

NEAR = 0.6  # share of words two versions of a turn have in common
NEAR_PAIRS = 0.4  # of neighbouring words, for turns that are long enough to have some
LONG = 12  # words
HELD = 0.8  # share of the words of the shorter turn that stand in the longer
TELLING = 40  # characters: words no two people say alike by chance
WINDOW = 30  # turns of one speaker that are looked at


@dataclass(frozen=True)
class Said:
    """A turn as it is compared. who: the key of the speaker, the same in both versions. text: the running words."""

    who: str
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.casefold().split())

    @cached_property
    def plain(self) -> str:
        return " ".join(self.text.split())

    @cached_property
    def bag(self) -> Counter[str]:
        return Counter(self.words)

    @cached_property
    def pairs(self) -> Counter[tuple[str, str]]:
        return Counter(zip(self.words, self.words[1:], strict=False))

    @cached_property
    def awaited(self) -> bool:
        return is_placeholder(self.plain)

    def is_near(self, other: "Said") -> bool:
        """Tell whether both are the same words but for a few, or one is the beginning of the other."""
        if not self.words or not other.words:
            return self.words == other.words
        shorter, longer = sorted((len(self.words), len(other.words)))
        if shorter < longer * 0.1:
            return False
        common = (self.bag & other.bag).total()
        if shorter >= LONG and (self.pairs & other.pairs).total() < NEAR_PAIRS * (shorter - 1):
            return False
        if 2 * common >= NEAR * (shorter + longer):
            return True
        return shorter >= LONG and common >= HELD * shorter


@dataclass(frozen=True, slots=True)
class Match:
    """pairs: index in the new version -> index in the old one. near: those whose words are the same or nearly so."""

    pairs: dict[int, int]
    near: frozenset[int]


def match(old: Sequence[Said], new: Sequence[Said]) -> Match:
    """Pair the turns of two versions.

    1. The same words of the same speaker, in order.
    2. Between those, nearly the same words of the same speaker, in order.
    3. Where words were still to come, the next words of that speaker.
    4. What is left over and stands elsewhere, or is now somebody else's, word for word.
    """
    pairs: dict[int, int] = {}
    near: set[int] = set()
    for tag, low, high, first, last in _opcodes(old, new):
        if tag == "equal":
            found = {first + at: low + at for at in range(high - low)}
            pairs |= found
            near |= found.keys()
        elif tag == "replace":
            _fill(old, new, range(low, high), range(first, last), pairs, near)
    _elsewhere(old, new, pairs, near)
    return Match(pairs, frozenset(near))


def _opcodes(old: Sequence[Said], new: Sequence[Said]) -> list[tuple[str, int, int, int, int]]:
    a, b = [(one.who, one.plain) for one in old], [(one.who, one.plain) for one in new]
    head = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    most = min(len(a), len(b)) - head
    tail = next((at for at in range(most) if a[len(a) - 1 - at] != b[len(b) - 1 - at]), most)
    middle = SequenceMatcher(None, a[head : len(a) - tail], b[head : len(b) - tail], autojunk=len(a) > 2000)
    return [
        ("equal", 0, head, 0, head),
        *((tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in middle.get_opcodes()),
        ("equal", len(a) - tail, len(a), len(b) - tail, len(b)),
    ]


def _fill(
    old: Sequence[Said], new: Sequence[Said], olds: range, news: range, pairs: dict[int, int], near: set[int]
) -> None:
    """Pair what stands between two places that agree; never across each other."""
    anchors: list[tuple[int, int]] = []
    at = olds.start
    for here in news:
        for there in _of_speaker(old, new[here].who, range(at, olds.stop)):
            if not old[there].awaited and not new[here].awaited and old[there].is_near(new[here]):
                pairs[here] = there
                near.add(here)
                anchors.append((here, there))
                at = there + 1
                break
    before = (news.start - 1, olds.start - 1)
    for after in [*anchors, (news.stop, olds.stop)]:
        free = [there for there in range(before[1] + 1, after[1]) if old[there].awaited]
        for here in range(before[0] + 1, after[0]):
            awaited = next((one for one in free if old[one].who == new[here].who), None)
            if awaited is not None:
                pairs[here] = awaited
                free = [one for one in free if one > awaited]
        before = after


def _of_speaker(turns: Sequence[Said], who: str, places: range) -> list[int]:
    found = []
    for at in places[: WINDOW * 10]:
        if turns[at].who == who:
            found.append(at)
            if len(found) == WINDOW:
                break
    return found


def _elsewhere(old: Sequence[Said], new: Sequence[Said], pairs: dict[int, int], near: set[int]) -> None:
    taken = set(pairs.values())
    left: dict[str, list[int]] = defaultdict(list)
    for there, said in enumerate(old):
        if there not in taken and len(said.plain) >= TELLING and not said.awaited:
            left[said.plain].append(there)
    for here, said in enumerate(new):
        if here in pairs or not left.get(said.plain):
            continue
        found = left[said.plain]
        there = next((one for one in found if old[one].who == said.who), found[0])
        found.remove(there)
        pairs[here] = there
        near.add(here)
