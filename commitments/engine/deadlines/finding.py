"""Where in a text a time may be told: the heads, and around each the stretch of words that the grammar knows."""

from collections.abc import Iterator

from commitments.engine.deadlines.tokens import OPENERS, Vocabulary

LONGEST_RUN = 400


def stretches(plain: str, vocabulary: Vocabulary) -> Iterator[tuple[int, str]]:
    """Each stretch of known words that holds a head, with its place, from left to right; none over another.

    Left of a head the words are read backwards, which is forwards in the mirrored text. A stretch ends after
    LONGEST_RUN characters, so that no text makes the grammar work more than its length asks.
    """
    size, mirrored = len(plain), plain[::-1]
    leftwards, rightwards = vocabulary.leftwards, vocabulary.rightwards
    done = 0
    for head in vocabulary.find(scanned(plain)):
        at = head.start()
        if at < done:
            continue
        start = size - leftwards(mirrored, size - at, size - done).end()
        end = rightwards(plain, start, start + LONGEST_RUN).end()
        if end == start + LONGEST_RUN:
            cut = plain.rfind(" ", start, end) + 1
            if cut <= at:
                done = end
                continue
            end = cut
        if end <= at:
            continue
        done = end
        yield start, plain[start:end]


def scanned(plain: str) -> str:
    """The text with a space before it and for each sign that may open a word: the heads are looked for behind a space.

    A pattern that begins with one letter lets `re` leap from one to the next; a word boundary is tried at every place.
    """
    for sign in OPENERS:
        if sign in plain:
            plain = plain.replace(sign, " ")
    return " " + plain
