"""Portfolios in the words under which they were given, and who held them."""

from collections import defaultdict
from datetime import date
from functools import cached_property
from uuid import UUID, uuid5

from commitments.showing.succession import Holders
from transcripts.models import Mandate, Person
from transcripts.register import competences

_WORDS = UUID("6d0f3a52-3d0c-4a35-8a0e-6b2f5c1f7a11")  # of which the ids of portfolios are made


def portfolio_uid(words: str) -> UUID:
    """Return the id of a portfolio: the same for the same words, whoever holds it."""
    return uuid5(_WORDS, " ".join(words.casefold().split()))


def with_competence(words: str) -> list[int]:
    """Return the ids of the mandates that have a part of a portfolio in common with these words, whole parts alone."""
    wanted = competences(words)
    rows = Mandate.objects.order_by().values_list("pk", "portfolio")
    return [pk for pk, portfolio in rows if wanted & competences(portfolio)]


class Portfolios:
    """Every portfolio with who held it, and who has it on a day; read once for a whole page, when it is asked for."""

    def __init__(self, day: date) -> None:
        self.day = day

    def held(self, words: str) -> list[Mandate]:
        """Return the mandates for a portfolio in these words, the latest first."""
        return self._by_words[words]

    def in_charge(self, words: str) -> list[Person]:
        """Return who holds it on the day: in the same words, else who took it over from the last who did."""
        mandates = self.held(words)
        now = [one.person for one in mandates if one.start <= self.day and (one.end is None or self.day <= one.end)]
        if now or not mandates:
            return now
        return [holder.person for holder in self._holders.after(mandates[0])]

    def named(self, uid: UUID) -> str | None:
        """Return the words of the portfolio with this id; None where there is none."""
        return next((words for words in self._by_words if portfolio_uid(words) == uid), None)

    @cached_property
    def _holders(self) -> Holders:
        return Holders(self.day)

    @cached_property
    def _by_words(self) -> dict[str, list[Mandate]]:
        found: dict[str, list[Mandate]] = defaultdict(list)
        for mandate in Mandate.objects.exclude(portfolio="").select_related("person").order_by("-start", "-pk"):
            found[mandate.portfolio].append(mandate)
        return found
