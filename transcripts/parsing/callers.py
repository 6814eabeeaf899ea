"""Speakers whom nobody announced: which labels open a turn nevertheless, and what has to be told of them.

A guest whose label is overlooked would have his words counted as the minister's. So a full name with an office, an
organisation or a title, and a colon, at the head of a paragraph of its own, opens a turn; where it stays doubtful the
words stay where they are. Both are told.
"""

from functools import cached_property

from transcripts.messages import Message, Sentence
from transcripts.parsing import names
from transcripts.parsing.reported import Roster
from transcripts.parsing.speakers import Expected, Label, Standing
from transcripts.reading.source import Source

_QUOTES = '“"„«‘'
_TOLD = 5  # labels that are told one by one


class Callers:
    """The labels of one report that nobody was waiting for."""

    def __init__(self, source: Source, expected: Expected) -> None:
        self._source = source
        self._expected = expected
        self._printed: set[str] = set()
        self._opened: dict[str, int] = {}  # name -> page
        self._kept: dict[str, int] = {}  # label -> page

    @cached_property
    def _roster(self) -> Roster:
        roster = Roster()
        roster.learn(self._source.text)
        return roster

    def note(self, name: str) -> None:
        """Remember under which name somebody spoke."""
        self._printed.add(names.fold(name))

    def admit(self, label: Label, at: int, words: str) -> bool:
        """Tell whether a label nobody waits for opens a turn, and remember what is to be told of it.

        at     where it stands in the text as read
        words  those after the colon; a quotation tells that somebody is cited, a bare name that it is a list of offices
        """
        name = label.speaker.name
        opens = (
            words[:1] not in tuple(_QUOTES)
            and not _is_name(words)
            and (
                (label.standing is Standing.GUEST and not self._spoke_in_full(name))
                or (label.standing is Standing.EXPECTED and self._is_called(name))
            )
        )
        (self._opened if opens else self._kept).setdefault(name if opens else label.speaker.label, self._page(at))
        return opens

    def _page(self, at: int) -> int:
        return self._source.page_at(at)

    def _spoke_in_full(self, name: str) -> bool:
        """Tell whether the bearer of a family name spoke under the whole name: then this is no label but a mention."""
        full = self._expected.in_full(name)
        return full != name and names.fold(full) in self._printed

    def _is_called(self, name: str) -> bool:
        """Tell whether the report calls anybody so with a title: "de heer Maes"."""
        known = self._roster.known
        return names.fold(name) in known or names.fold(names.family_name(name)) in known

    def warnings(self) -> list[Message]:
        """Return what the person who imports should know of these labels."""
        found: list[Message] = []
        if self._opened:
            found.append(Sentence.SPEAKERS_UNANNOUNCED(speakers=_listed(self._opened)))
        if self._kept:
            found.append(Sentence.MAY_BE_SPEAKERS(labels=_listed(self._kept)))
        return found


def _is_name(words: str) -> bool:
    """Tell whether `words` are a name and nothing else: in "Directeur Sociale Zaken: An Maes" nobody speaks."""
    return names.looks_like_name(names.split_title(words.rstrip(" .,;"))[1])


def _listed(pages: dict[str, int]) -> tuple[str, ...]:
    told = [f"{words} (p. {page})" for words, page in list(pages.items())[:_TOLD]]
    return (*told, "…") if len(pages) > _TOLD else tuple(told)
