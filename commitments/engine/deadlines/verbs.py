"""What its form tells of a verb that no table knows.

Strong verbs change their vowel and stand in a table; a weak one tells its past by -de or -te behind the stem, the rest
is the present. What a form may be depends on where it stands: `de herhaalde vraag` is no past, `zij herhaalde de vraag`
is one.
"""

import re

from commitments.engine.deadlines import words as w

_DATA = w.data("tense")
NO_VERB = frozenset(_DATA["no_verb"]["words"])
NO_VERB_ENDINGS = tuple(_DATA["no_verb"]["endings"])
NOUNS_IN_E = frozenset(_DATA["nouns_in_e"]["words"])
NOUN_ENDINGS_IN_E = tuple(_DATA["nouns_in_e"]["endings"])
BEFORE_NOUN = frozenset(_DATA["before_noun"]["words"]) | w.NUMBERS.keys() | w.SOME
BEHIND_VERB = BEFORE_NOUN | frozenset(_DATA["behind_verb"]["words"])
STEMS_IN_D = re.compile(rf"(?:{'|'.join(_DATA['prefixes']['words'])})*(?:{'|'.join(_DATA['stems_in_d']['words'])})")

LONG = r"(?:aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ei|ij)"
PLURAL_PAST = re.compile(
    rf"""[^\W\d_]*(?:
      [kfpx]ten | [tkp]sten | (?:{LONG}|[^aeiouyt])tten   # maakten, plaatsten, kaartten; not zetten
    | [gmbwfs]den | (?:aa|oo|oe)iden                        # legden, bouwden, leefden, gooiden
    | (?:{LONG}|[^aeiouyd])dden                           # breidden, meldden; not redden
    | {LONG}[lnr]den                                      # deelden, keurden
    | [aeiouy][^aeiouy]+e[lnr]den                         # bundelden, tekenden, leverden
    | [aeiouy]n?[lnr]den                                  # rolden, gunden
    )""",
    re.VERBOSE,
)


def verb_form(word: str) -> str:
    """past, present or nothing: a word of which the place says that it is a finite verb."""
    if len(word) < 3 or word in NO_VERB or word.endswith(NO_VERB_ENDINGS):
        return ""
    if word.endswith(("de", "te")):
        return "past"
    if word.endswith(("den", "ten")):
        return "past" if PLURAL_PAST.fullmatch(word) and not STEMS_IN_D.fullmatch(word) else "present"
    return "present" if word.endswith(("en", "t")) else ""


def behind_noun_opener(words: list[str], place: int) -> bool:
    """Whether a word follows an article, a preposition, a number or an adjective, and so belongs to a noun."""
    before = words[place - 1] if place else ""
    if before in BEFORE_NOUN:
        return True
    return (
        len(before) > 3
        and before.endswith("e")
        and before not in NOUNS_IN_E
        and not before.endswith(NOUN_ENDINGS_IN_E)
        and before not in BEHIND_VERB
    )


def told_by_form(before: list[str], after: list[str]) -> str:
    """past, present or none, for a clause in which no known verb stands, cut at the expression.

    A past form must be told from an adjective: what follows it opens a noun phrase, or is the expression.
    """
    found = "none"
    for words, opens in ((before, 1), (after, 0)):
        for place in range(opens, len(words)):
            form = verb_form(words[place])
            if not form or len(words[place]) < 4 or behind_noun_opener(words, place):
                continue
            if form == "present":
                found = "present"
            elif place + 1 == len(words) or words[place + 1] in BEHIND_VERB:
                return "past"
    return found
