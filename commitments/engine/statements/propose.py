"""Finds the promises in one agenda item: from turns to proposals."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from commitments.engine import deadlines
from commitments.engine.statements.lists import Listing
from commitments.engine.statements.needs import spaced
from commitments.engine.statements.parting import part
from commitments.engine.statements.patterns import fold
from commitments.engine.statements.rules import Book, Rule, load
from commitments.engine.statements.scope import Found, join, may_yet
from commitments.engine.statements.sentences import Sentence, split
from commitments.engine.statements.shelves import Heard
from commitments.engine.statements.summaries import summarise
from commitments.engine.statements.telling import as_spoken, told_turns
from commitments.engine.statements.weighing import SOON, Reading, weigh
from commitments.engine.statements.wording import kind_of, named_member
from commitments.engine.types import (
    CommitmentKind,
    Expression,
    ExpressionKind,
    Modifier,
    Proposal,
    Register,
    Side,
    Turn,
)

if TYPE_CHECKING:
    from commitments.engine.calendars import Calendar

# It begins with one set of marks, so that what lies between those is leapt over.
_QUOTED = re.compile(r"""[“„"‘](?:(?<!‘)[^“”„"]{25,1200}[”"]|(?<=‘)[^‘’]{25,1200}’)""")
_SELF = re.compile(r"\b(?:ik|we|wij)\b")
_LEAD_IN = 110
_BEFORE_SOON = 5  # characters of "heel "
_LONGEST = 3000
# Characters of one sentence that are weighed to part it, each as often as it is: twenty parts behind semicolons in a
# sentence of half that length. A sentence that needs more is left as it is from there on.
_MOST_WEIGHED = 8 * _LONGEST
_REPEATED = 0.6
_TIED_WORDS, _TIED_BACK = 3, 40  # words of content without which nothing is compared; proposals that are looked back
_CONTENT = re.compile(r"([^\W\d_]{5,7})[^\W\d_]*")  # of a long word its beginning


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that a form opened, and what it comes to. start, end: its span in turn number `turn`."""

    turn: int
    start: int
    end: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Text:
    """One turn as it was read: its sentences or their parts, the readings of some of them, and the times told in it."""

    low: str
    sentences: Sequence[Sentence]
    readings: Sequence[tuple[int, Reading]]
    times: "_Times"


class _Times:
    """When something said in a turn can be due: whatever begins in some span of it."""

    def __init__(self, text: str, small: str, said_on: date, calendar: "Calendar") -> None:
        """small: the text folded"""
        self._times = deadlines.times(text, said_on, calendar)
        self._said_on = said_on
        self._asked: tuple[int, int] | None = None
        self._days: list[int] = []
        self._soon = sorted(found.start() for word in SOON if word in small for found in re.finditer(word, small))

    def may_come(self, start: int, end: int) -> bool:
        """Tell whether a day, or that it is soon, may be told in [start, end) by the words there; quick."""
        soon = self._soon and bisect_left(self._soon, start) < bisect_left(self._soon, end + _BEFORE_SOON)
        return bool(soon) or self._times.may_be_due(start, end)

    def coming(self, start: int, end: int, by: int = 0) -> list[Expression]:
        """Return them with their spans moved by so many characters."""
        found = [e for e in self._times.within(start, end) if _coming(e, self._said_on)]
        return [_move(e, by) for e in found] if by else found

    def deadlines(self, start: int, end: int) -> list[Expression]:
        return [e for e in self.coming(start, end) if e.kind is ExpressionKind.DEADLINE]

    def days(self, start: int, end: int) -> list[int]:
        """Return where the deadlines of a sentence begin, which are asked for at each of its commas."""
        if (start, end) != self._asked:
            self._asked, self._days = (start, end), [e.start for e in self.deadlines(start, end)]
        return self._days


def propose(
    turns: Sequence[Turn],
    *,
    said_on: date,
    register: Register,
    calendar: "Calendar",
    book: Book | None = None,
    summarised: bool = True,
) -> list[Proposal]:
    """Return the proposed statements of one agenda item in the order of its turns.

    turns     all turns of the item in order; only those of the government side can promise
    said_on   the day it was said, against which deadlines are read
    summarised  whether each gets its short line; who only counts, or prints the words themselves, does without
    Never raises on any text; the time it takes grows with the length of the text.
    """
    rules = book or load()
    proposals: list[Proposal] = []
    told = _told(turns)
    asker = ""
    for number, turn in enumerate(turns):
        if turn.side is Side.MEMBER:
            asker = turn.speaker
        if turn.side is not Side.GOVERNMENT:
            continue
        for found, start, end in _search(rules, number, turn, said_on, register, calendar, told=number in told):
            proposals.append(_proposal(rules, found, start, end, turn.text, asker, summarised=summarised))
    return _tie(proposals)


def candidates(
    turns: Sequence[Turn], *, said_on: date, register: Register, calendar: "Calendar", book: Book | None = None
) -> list[Candidate]:
    """Return every sentence of the government side that a form opens, whether it convinces or not, to learn from."""
    rules = book or load()
    told = _told(turns)
    found = []
    for number, turn in enumerate(turns):
        if turn.side is Side.GOVERNMENT:
            text = _read(rules, turn, said_on, register, calendar, told=number in told)
            found += [
                Candidate(number, text.sentences[index].start, text.sentences[index].end, reading)
                for index, reading in text.readings
            ]
    return found


def _told(turns: Sequence[Turn]) -> frozenset[int]:
    """Return the numbers of the turns of the government side that are told in the third person."""
    own = [number for number, turn in enumerate(turns) if turn.side is Side.GOVERNMENT]
    return frozenset(own[at] for at in told_turns([turns[number].text for number in own]))


def _read(book: Book, turn: Turn, said_on: date, register: Register, calendar: "Calendar", *, told: bool) -> _Text:
    """Read one turn sentence by sentence; a sentence of two promises is read as two.

    told  whether it is told in the third person: then it is read as it was said, and weighed as what was written
    """
    text = turn.text
    if told and register is Register.SPOKEN:
        register = Register.WRITTEN
    folded = fold(text)
    low = fold(as_spoken(text, turn.speaker)) if told else folded
    words = spaced(low)
    quotes = [m.span() for m in _QUOTED.finditer(text) if not _own_words(book, low, m.start())]
    if told:
        quotes = [(a, b) for a, b in quotes if not _SELF.search(low, a, b)]
    times = _Times(text, folded, said_on, calendar)
    parts: list[Sentence] = []
    readings: list[tuple[int, Reading]] = []
    listing = Listing(book, text, low, register)
    at = 0
    for sentence in split(text):
        a, b = sentence.start, min(sentence.end, sentence.start + _LONGEST)
        item = listing.holds(sentence)
        whole = book.hear(low[a:b], words[a:b])
        opening = book.opened_by[register, times.may_come(a, b), told].look_up(whole)
        if not (item or opening):  # nor can a part of it hold what all of it does not
            parts.append(sentence)
            continue
        while at < len(quotes) and quotes[at][1] <= a:
            at += 1
        spoken = [span for span in quotes[at : at + 4] if span[0] < b]

        left = [_MOST_WEIGHED]

        def look(
            first: int,
            last: int,
            lead: str = "",
            spoken: Sequence[tuple[int, int]] = spoken,
            item: bool = item,
            left: list[int] = left,
            opened: tuple[int, int, Heard, list[Rule]] = (a, b, whole, opening),
        ) -> Reading | None:
            left[0] -= last - first
            if left[0] < 0:
                return None
            by = len(lead) - first
            heard, forms = opened[2:]
            if lead or (first, last) != opened[:2]:
                heard = book.hear(lead + low[first:last], lead + words[first:last])
                forms = book.opened_by[register, times.may_come(first, last), told].look_up(heard)
            if item:
                forms = [*forms, *book.item]
            if not forms:
                return None
            quoted = [(x + by, y + by) for x, y in spoken]
            coming = partial(times.coming, first, last, by)
            reading = weigh(book, forms, lead + text[first:last], heard, register, coming, quoted=quoted)
            return reading.moved(-len(lead)) if reading and lead else reading

        days = partial(times.days, a, b)
        for first, last, reading in part(book, low, a, b, look(a, b), days, look):
            if reading and item and listing.lead:
                if not reading.deadline:
                    reading = _due_with(reading, times, listing.lead, first)
                # the lead-in promises nothing beside its items
                at_lead = bisect_left(readings, listing.lead.end, key=lambda one: parts[one[0]].end)
                if at_lead < len(readings) and parts[readings[at_lead][0]].end == listing.lead.end:
                    del readings[at_lead]
            if reading:
                readings.append((len(parts), reading))
            parts.append(Sentence(first, sentence.end if last == b else last, sentence.paragraph))
    return _Text(low, parts, readings, times)


def _due_with(reading: Reading, times: _Times, lead: Sentence, at: int) -> Reading:
    """Return the reading of an item at `at` with the deadline of its lead-in ("Acties in 2033:"), if that has one."""
    days = times.deadlines(lead.start, lead.end)
    return replace(reading, deadline=_move(days[0], -at)) if days else reading


def _search(
    book: Book, number: int, turn: Turn, said_on: date, register: Register, calendar: "Calendar", *, told: bool
) -> list[tuple[Found, int, int]]:
    """Return the promises of one turn, each with its character span."""
    read = _read(book, turn, said_on, register, calendar, told=told)
    found: list[Found] = []
    for index, reading in read.readings:
        if may_yet(reading.log_odds, book):
            sentence = read.sentences[index]
            deadline = _move(reading.deadline, sentence.start) if reading.deadline else None
            found.append(Found(number, index, index, sentence.paragraph, reading, deadline))
    return [
        (one, read.sentences[one.first].start, read.sentences[one.last].end)
        for one in join(found, read.low, read.sentences, read.times.deadlines, book)
        if book.convinces(one.reading.log_odds)
    ]


def _own_words(book: Book, low: str, at: int) -> bool:
    """Tell whether the words before the quotation at `at` name a text of the minister's own."""
    own = book.properties["citaat"].unless
    return own is not None and own.search(low, max(0, at - _LEAD_IN), at) is not None


def _coming(e: Expression, said_on: date) -> bool:
    """Tell whether the expression can be when something is due: a deadline not already over, or a vague one.

    What holds "from" a day that has come ("vanaf dit jaar") tells when it began, not when it is due.
    """
    if e.kind is ExpressionKind.VAGUE:
        return True
    begun = e.modifier is Modifier.FROM and e.due_start is not None and e.due_start <= said_on
    return e.kind is ExpressionKind.DEADLINE and not begun and (e.due_end is None or e.due_end >= said_on)


def _move(e: Expression, by: int) -> Expression:
    return e._replace(start=e.start + by, end=e.end + by)


def _proposal(book: Book, found: Found, start: int, end: int, text: str, asker: str, *, summarised: bool) -> Proposal:
    reading, deadline = found.reading, found.deadline
    quote = " ".join(text[start:end].split())
    clause = text[start + reading.first : start + reading.last]
    return Proposal(
        turn=found.turn,
        start=start,
        end=end,
        quote=quote,
        kind=_kind(book, clause, text[start : min(end, start + _LONGEST)]),
        confidence=round(book.confidence(reading.log_odds), 3),
        cues=reading.cues,
        deadline=deadline,
        condition=reading.condition,
        addressee=named_member(quote) or asker,
        summary=summarise(book, clause, deadline.text if deadline else "", quote) if summarised else "",
    )


def _kind(book: Book, clause: str, quote: str) -> CommitmentKind:
    """Return the kind told by the clause of the promise, else by the whole quote."""
    kind = kind_of(book, fold(clause))
    return kind if kind is not CommitmentKind.ACT or clause == quote else kind_of(book, fold(quote))


def _tie(proposals: list[Proposal]) -> list[Proposal]:
    """Mark what is said again in the same item as a repetition of where it was first said."""
    if len(proposals) < 2:
        return proposals
    content = [frozenset(_CONTENT.findall(p.quote.lower())) for p in proposals]
    tied: list[Proposal] = []
    for at, (proposal, said) in enumerate(zip(proposals, content, strict=True)):
        first = None
        most = len(said)
        for earlier in range(max(0, at - _TIED_BACK), at) if most >= _TIED_WORDS else ():
            before = content[earlier]
            less = min(most, len(before))
            if less >= _TIED_WORDS and len(said & before) / less >= _REPEATED:
                first = tied[earlier].repeats if tied[earlier].repeats is not None else earlier
                break
        tied.append(replace(proposal, repeats=first) if first is not None else proposal)
    return tied
