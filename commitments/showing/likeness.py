"""Which other statements of the same person may be the same promise: those that share its rare words."""

import re
from collections import Counter
from dataclasses import dataclass
from math import log, sqrt

from commitments.models import Statement

SHOWN = 5
LOOKED_AT = 400  # newest statements of the person that are compared
ENOUGH = 0.35  # of 1: the weight of the shared words beside that of all words
STEM = 6  # letters: “bezorg” and “bezorgen” are one word, and so are “evaluatie” and “evaluatierapport”
# Words of any sentence, whatever it is about. The words of the deadline do not count either: they are what may differ.
PLAIN = frozenset(
    "aangezien alle alleen allemaal altijd ander andere anders bent binnen daar daarom daarover daarvan "
    "dergelijke deze dezelfde doen doet door echt eens eerder eerst eigenlijk enkel enkele even gaan gaat gedaan "
    "geen goed graag haar hebben hebt heeft heel hier hiervan hopelijk iets inderdaad jullie kunnen kunt maar "
    "maken meer mijn misschien moet moeten mogelijk mogen naar natuurlijk nemen niet niets onder onze opnieuw "
    "over samen tegen terug tijdens toch tussen veel verder vinden volgens voor vooral waar waarbij waarin "
    "waarom waarop wanneer want waren weer werd werden willen worden wordt zaken zeer zeggen zeker zelf zich "
    "zien zijn zoals zodat zouden zoveel zullen".split()
)
_WORD = re.compile(r"[^\W\d_]{4,}|\d{3,}")


@dataclass(frozen=True, slots=True)
class Likely:
    """words: the rare words that both have, the rarest first; none where the engine itself calls it a repeat."""

    statement: Statement
    words: tuple[str, ...]


def likely_same(statement: Statement) -> list[Likely]:
    """Return at most SHOWN statements that may be the same promise, the likeliest first, in one query.

    The one that the engine says it repeats leads. What was rejected or withdrawn is no candidate.
    """
    person = statement.speech.person_id
    if person is None:
        return []
    others = list(
        Statement.objects.filter(speech__person=person)
        .exclude(pk=statement.pk)
        .filter(state__in=[Statement.State.PROPOSED, Statement.State.ACCEPTED])
        .select_related("commitment__person", "speech__item__document")
        .defer(
            "speech__text", "speech__pieces", "speech__item__document__text", "speech__item__document__account_spans"
        )
        .order_by("-said_on", "-pk")[:LOOKED_AT]
    )
    words = words_of(statement)
    said = {one.pk: words_of(one) for one in others}
    known = Counter(stem for each in [words, *said.values()] for stem in each)
    weight = {stem: log(1 + (len(others) + 1) / count) ** 2 for stem, count in known.items()}
    ranked = []
    for one in others:
        score = _likeness(words, said[one.pk], weight)
        repeated = statement.pk == one.repeats_id or one.pk == statement.repeats_id
        if repeated or score >= ENOUGH:
            shared = sorted(words.keys() & said[one.pk].keys(), key=lambda stem: (-weight[stem], stem))
            ranked.append((1 + score if repeated else score, one, tuple(words[stem] for stem in shared[:4])))
    ranked.sort(key=lambda found: -found[0])
    return [Likely(one, shared) for _, one, shared in ranked[:SHOWN]]


def words_of(statement: Statement) -> dict[str, str]:
    """Return the words that can tell a quote from another, of four letters up, and numbers; by how they begin."""
    words = statement.quote.casefold()
    if statement.due_text:
        words = words.replace(statement.due_text.casefold(), " ")
    return {word[:STEM]: word for word in _WORD.findall(words) if word not in PLAIN}


def _likeness(one: dict[str, str], other: dict[str, str], weight: dict[str, float]) -> float:
    """Return 0..1: the weight of the words that both have, beside that of the words of each."""
    whole = sqrt(sum(weight[stem] for stem in one) * sum(weight[stem] for stem in other))
    return sum(weight[stem] for stem in one.keys() & other.keys()) / whole if whole else 0.0
