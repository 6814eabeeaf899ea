"""How a report in the third person is known from one that is word for word."""

import re
from collections.abc import Sequence

from transcripts.parsing.reported import Roster, read_sentence
from transcripts.parsing.speakers import read_label
from transcripts.reading.source import Source

ON_BEHALF = re.compile(
    r"^[ \t\f]*(?:[Vv]erslag|VERSLAG)\s+namens\s+de\s+(?:[Vv]erenigde\s+)?[Cc]ommissies?\b", re.MULTILINE
)
CHAIR = re.compile(r"(?:Onder)?[Vv]oorzitter\s*:\s*(?P<who>(?:de heer|mevrouw)\s[^.:?!,;]{3,60})")
START = 6000
_SHORTEST = 10  # characters of a line that tells something: "De heer A zei …"
_LABELS = 3  # that make it a word-for-word report
_LEAST, _LEAST_BESIDE_LABELS = 2, 6  # lines that tell what somebody says


def is_on_behalf(source: Source) -> bool:
    """Tell whether the cover says that it is a report on behalf of a committee."""
    return bool(ON_BEHALF.search(source.text[:START]))


def is_third_person(source: Source) -> bool:
    """Tell whether `source` tells what was said instead of giving the words: sentences of saying, and no labels."""
    opened: list[str] = []
    labels = 0
    for line in source.text.split("\n"):
        words = line.strip()
        if not words or not words[0].isupper():
            continue
        label = read_label(words)
        if label is None or not label.sure or CHAIR.match(words):
            if len(words) >= _SHORTEST:
                opened.append(words)
            continue
        labels += 1
        if labels == _LABELS:
            return False  # most reports are told from these by their first lines
    if is_on_behalf(source):
        labels = 0
    least = _LEAST if labels == 0 else _LEAST_BESIDE_LABELS
    roster = Roster()
    if _tells(opened, roster, least):
        return True  # by the titles alone: few reports need the names that stand elsewhere in them
    roster.learn(source.text)
    return _tells(opened, roster, least)


def _tells(opened: Sequence[str], roster: Roster, least: int) -> bool:
    """Tell whether so many of the lines `opened` say of somebody that he says something."""
    told = 0
    for words in opened:
        found = read_sentence(words, roster, "")
        told += found.speaker is not None and not found.loose
        if told == least:
            return True
    return False
