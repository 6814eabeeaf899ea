"""Lists of what will be done: a lead-in that announces deeds ("Acties in 2033:"), and the items under it."""

import re

from commitments.engine.statements.rules import Book
from commitments.engine.statements.sentences import Sentence
from commitments.engine.types import Register

_MARK = re.compile(r"[•*·▪‣→–—-]|\(?(?:\d{1,2}|[a-z])[.)]\s")
# Fewer words say nothing that could be asked about.
_FEWEST_WORDS = 2


class Listing:
    """Follows the sentences of one turn in their order, and tells which of them is an item of such a list."""

    def __init__(self, book: Book, text: str, low: str, register: Register) -> None:
        self._book, self._text, self._low, self._register = book, text, low, register
        self._open = False
        self._paragraph = -1
        self.lead: Sentence | None = None

    def holds(self, sentence: Sentence) -> bool:
        """Tell whether `sentence` opens an item, and note whether it leads in a list itself."""
        inside = self._inside(sentence)
        if self._text[sentence.end - 1] == ":":
            leads = self._leads(sentence)
            if leads or not inside:
                self._open, self.lead = leads, sentence
                self._paragraph = sentence.paragraph
                return False
        return inside

    def _inside(self, sentence: Sentence) -> bool:
        if not self._open or self.lead is None or sentence.paragraph == self.lead.paragraph:
            return False
        first = sentence.paragraph != self._paragraph
        self._paragraph = sentence.paragraph
        if not first:
            return False
        self._open = self._is_item(sentence)
        return self._open and self._low.count(" ", sentence.start, sentence.end) >= _FEWEST_WORDS - 1

    def _is_item(self, sentence: Sentence) -> bool:
        line = self._text.rfind("\n", 0, sentence.start) + 1
        return (
            _MARK.match(self._text, line) is not None
            or self._text[sentence.start].islower()
            or self._text[sentence.end - 1] == ";"
        )

    def _leads(self, sentence: Sentence) -> bool:
        if self._register is Register.SPOKEN:
            return False
        a, b = sentence.start, sentence.end
        return any(
            rule.pattern is not None
            and rule.pattern.search(self._low, a, b) is not None
            and (rule.unless is None or rule.unless.search(self._low, a, b) is None)
            for rule in self._book.led_in_by
        )
