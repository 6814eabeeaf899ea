"""How a report in the third person is known from one that is word for word."""

import re

from transcripts.parsing.reported import Roster, read_sentence
from transcripts.parsing.speakers import read_label
from transcripts.reading.source import Source

ON_BEHALF = re.compile(
    r"^[ \t\f]*(?:[Vv]erslag|VERSLAG)\s+namens\s+de\s+(?:[Vv]erenigde\s+)?[Cc]ommissies?\b", re.MULTILINE
)
CHAIR = re.compile(r"(?:Onder)?[Vv]oorzitter\s*:\s*(?P<who>(?:de heer|mevrouw)\s[^.:?!,;]{3,60})")
START = 6000
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
            opened.append(words)
            continue
        labels += 1
        if labels == _LABELS:
            return False  # most reports are told from these by their first lines
    if is_on_behalf(source):
        labels = 0
    roster = Roster()
    roster.learn(source.text)
    told = 0
    for words in opened:
        found = read_sentence(words, roster, "")
        told += found.speaker is not None and not found.loose
        if told == (_LEAST if labels == 0 else _LEAST_BESIDE_LABELS):
            return True
    return False
