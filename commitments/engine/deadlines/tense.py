"""The tense of the clause around an expression. The dear step: asked only where the words leave the direction open."""

import re
from functools import lru_cache
from itertools import pairwise

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.lookup import tree
from commitments.engine.deadlines.verbs import NO_VERB, behind_noun_opener, told_by_form, verb_form

_DATA = w.data("tense")
WILL = frozenset(_DATA["will"]["words"])
WOULD = frozenset(_DATA["would"]["words"])
ASKING = frozenset(_DATA["asking"]["words"])
PRESENT = frozenset(_DATA["present"]["words"])
PAST_ENDINGS = tuple(_DATA["past"]["endings"])
PERFECT = frozenset(_DATA["perfect"]["words"])
PLANNING = frozenset(_DATA["planning"]["words"])
BEFORE_NOUN = frozenset(_DATA["before_noun"]["words"])
PRONOUNS = frozenset(_DATA["before_noun"]["pronouns"])
SUBJECTS = frozenset(_DATA["subjects"]["words"])
ARTICLES = frozenset(_DATA["before_noun"]["articles"])
RESUMES = re.compile(r", ([^\W\d_]+) (?:ik|we|wij|u|hij|zij|ze|men|er|de|het|mijn|onze|dat|dit|deze|die)\b")
BEING = frozenset(_DATA["perfect"]["being"])
SUBORDINATE = tuple(_DATA["subjects"]["subordinate"])
NO_PAST = frozenset(_DATA["strong_participles"]["no_past"])
NOUN_TOO = frozenset(_DATA["no_participle"]["after_article"])
NO_PARTICIPLE = frozenset(_DATA["no_participle"]["words"])

SENTENCE_ENDS = (". ", "? ", "! ")
SENTENCE_END = re.compile(r"[.?!] ").search
CLAUSE_CUT = re.compile(rf"[,;:?!]|\.(?=\s)| (?:[–-] |{tree(_DATA['clauses']['words'])}\b)")
WORD = re.compile(r"[^\W\d_]+")
PARENTHESIS = frozenset({",", " – ", " - "})  # cuts behind which the same clause may go on
BRACKETS = re.compile(r"\([^()]{0,200}\)")
POINTING = (" dat", " die")  # `zij zal dat`: a pronoun; `zij zegt dat`: a clause
NOT_BEFORE_CLAUSE = SUBJECTS | WILL | frozenset(_DATA["before_pronoun"]["words"])
REACH = 240

INSEPARABLE = "(?:ver|be|ont|onder|over|her|er|vol|mis|weer|door|heraan|aanbe|voorbe)"
_STRONG = _DATA["strong_participles"]
# verschoven, besloten: past or participle; herzien, vervangen: participle or infinitive
_PAST_TOO = re.compile(rf"{INSEPARABLE}(?:{'|'.join(_STRONG['words'])})")
_INFINITIVE_TOO = re.compile(rf"{INSEPARABLE}(?:{'|'.join(_STRONG['infinitives'])})")
_PAST = re.compile(rf"(?:{tree(_DATA['prefixes']['words'])})?{tree(_DATA['past']['words'])}")
_PARTICIPLE = re.compile(
    r"(?:aan|af|in|op|uit|toe|voor|over|mee|bij|door|na|om|onder|terug|vast|goed|samen|neer|weg|plaats|deel|stil|bekend"
    r"|klaar|vrij|open|voort|los|thuis|tegen|rond|her|binnen|buiten|bijeen|teniet|gade|door|omver|omhoog|omlaag)?ge(?:[^\W\d_]{2,}(?:d|t|en)|gaan|daan|staan|zien|slagen)"
    r"|(?:be|ver|ont|her|er|over|onder|vol|mis)[^\W\d_]{2,}d"
    r"|(?:aan|voor|uit|af|op|in|her)(?:be|ver|ont|her)[^\W\d_]{2,}[dt]"
    rf"|{INSEPARABLE}(?:{'|'.join(_STRONG['words'] + _STRONG['infinitives'])})"
    r"|[^\W\d_]{2,}eerd"
)
# geactualiseerde, opgewaardeerde: an adjective; a past form has no ge-
_WITH_GE = re.compile(r"(?:aan|af|in|op|uit|toe|over|mee|bij|door|her|om)?ge[^\W\d_]{4}")
# vernieuwde, bereikte: the past form of a verb without ge- looks like its participle before a noun
_ADJECTIVE = re.compile(r"(?:be|ver|ont|her|er|ge|onder|over|mis)[^\W\d_]{2,}[dt]e")
# beslist, verwerkt: a participle beside an auxiliary, else the present tense
_EITHER = re.compile(r"(?:be|ver|ont|her|er)[^\W\d_]{2,}t")


def tense(plain: str, start: int, end: int) -> str:
    """past, asked, done, will, present or none: what the verbs say in the clause of plain[start:end], or around.

    asked: in the past, by a verb of asking or promising, so that what is due may lie ahead.
    done: a participle beside `is` or `zijn`, which may be the state of things on a day to come.
    """
    return _tense(plain[max(0, start - REACH) : start], plain[end : end + REACH])


@lru_cache(maxsize=1024)
def _tense(left: str, right: str) -> str:
    left = " " + left[max(map(left.rfind, SENTENCE_ENDS)) + 1 :]
    stop = SENTENCE_END(right)
    right = right[: stop.start()] if stop else right
    if "(" in left or "(" in right:
        left, right = BRACKETS.sub(" ", left), BRACKETS.sub(" ", right)
    cut = wide = 0
    for match in CLAUSE_CUT.finditer(left):
        if match.group() not in POINTING or left[: match.start()].rsplit(" ", 1)[-1] not in NOT_BEFORE_CLAUSE:
            cut = match.end()
            wide = wide if match.group() in PARENTHESIS else cut
    stop = CLAUSE_CUT.search(right)
    here = Clause(left[cut:], right[: stop.start()] if stop else right)
    told = here.before_a_noun()
    if told == "none" and here.after == [] and stop:
        told = here.reduced(left[:cut]) if here.before else resumed(right[stop.start() :])
    elif told == "none" and (left[:cut].endswith(" zoals") or here.before[:1] == ["zoals"]):
        told = here.reduced("")
    if told != "none":
        return told
    if here.open and stop and stop.group() == " dat":
        here.close_with(right[stop.end() :])
    if " en " in left[cut:]:
        here = here.behind_and(left[cut:], right[: stop.start()] if stop else right)
    told = here.told()
    if told == "none":
        told = here.unknown(subordinate=cut > 0 and left[:cut].endswith(SUBORDINATE))
    if told == "none" and (cut > wide or (stop and stop.group() in PARENTHESIS)):
        beyond = next((each for each in CLAUSE_CUT.finditer(right) if each.group() not in PARENTHESIS), None)
        told = Clause(left[wide:], right[: beyond.start()] if beyond else right).told()
    if told != "none" or not (cut or stop):
        return told
    sentence = Clause(left, right)
    told = sentence.told()
    return told if told != "none" else sentence.unknown(subordinate=False)


def resumed(right: str) -> str:
    """`Begin juni, en daar hebt u gelijk in, zal ik ...`: an expression in front waits for a clause that goes on with
    a verb and then its subject."""
    for match in RESUMES.finditer(right):
        if sort_of(match[1]) in ("will", "present", "past", "perfect"):
            rest = right[match.start(1) :]
            stop = next((cut for cut in CLAUSE_CUT.finditer(rest) if cut.group() not in POINTING), None)
            return Clause("", rest[: stop.start()] if stop else rest).tense()
    return "none"


def forget_clauses() -> None:
    """Drop the clauses and words met so far."""
    _tense.cache_clear()
    sort_of.cache_clear()


class Clause:
    """The verbs of a clause, by their distance in words from the expression."""

    def __init__(self, left: str, right: str) -> None:
        self.before: list[str] = WORD.findall(left)
        self.after: list[str] = WORD.findall(right)
        self.nearest: dict[str, int] = {}
        last = len(self.before) - 1
        for words, first in ((self.before, last), (self.after, 0)):
            for place, sort in enumerate(map(sort_of, words)):
                if sort:
                    distance = abs(first - place)
                    if distance < self.nearest.get(sort, 999) and not attributive(words, place, sort):
                        self.nearest[sort] = distance
        self._decide("either", "participle" if self.has("perfect") and not self.has("participle") else "present")
        self._decide("past-too", "participle" if self.has("perfect", "present", "will") else "past")
        if self.has("perfect") and not self.has("present", "will", "planning"):
            self._decide("infinitive-too", "participle")

    def has(self, *sorts: str) -> bool:
        return not self.nearest.keys().isdisjoint(sorts)

    def _decide(self, doubtful: str, meant: str) -> None:
        """Take a form that can be two things for one of them."""
        if doubtful in self.nearest:
            self.nearest[meant] = min(self.nearest[doubtful], self.nearest.get(meant, 999))

    def behind_and(self, left: str, right: str) -> "Clause":
        """`De raad kwam bijeen en beslist in mei`: the clause behind `en`, where it has a finite verb of its own."""
        if not self.has("past", "perfect"):
            return self
        own = Clause(left[left.rfind(" en ") + 4 :], right)
        told = own.has("will", "past") or (own.has("present") and not (own.has("either") and self.has("perfect")))
        return own if told else self

    def unknown(self, *, subordinate: bool) -> str:
        """past, present or none: what their form and place tell of verbs that no table knows."""
        place = self.finite(subordinate=subordinate)
        if place is not None:
            words, at = place
            if sort_of(words[at]) in ("", "infinitive-too") and not (subordinate and behind_noun_opener(words, at)):
                told = verb_form(words[at])
                if told:
                    return told
        return told_by_form(self.before, self.after)

    def finite(self, *, subordinate: bool) -> tuple[list[str], int] | None:
        """The words and the place among them where the finite verb must stand.

        Behind an expression that opens the clause, beside a pronoun that is its subject, at the end of a subordinate
        one.
        """
        if subordinate:
            return (self.after, len(self.after) - 1) if self.after else None
        if len(self.before) > 1 and self.before[0] in SUBJECTS:
            return self.before, 1
        for place, word in enumerate(self.before[1:]):
            if word in SUBJECTS:
                return self.before, place
        return (self.after, 0) if self.after and not self.before else None

    def reduced(self, left: str) -> str:
        """`goedgekeurd in mei`, `zoals in mei aangekondigd`: a participle that needs no auxiliary, unless one waits
        left of its clause (`dat wordt, zoals gezegd, goedgekeurd in mei`)."""
        if not self.nearest.keys() <= {"participle", "either", "present"} or self.nearest.get("participle", 999) > 1:
            return "none"
        if "bepaald" in self.before:  # `meer bepaald in mei`
            return "none"
        waiting = {sort_of(word) for word in WORD.findall(left)} & {"will", "present"}
        return "none" if waiting or len(self.before) > 3 else "past"

    def before_a_noun(self) -> str:
        """`de in mei goedgekeurde tekst`: an expression behind an article tells of the adjective right of it."""
        if not self.before or self.before[-1] not in ARTICLES:
            return "none"
        for word in self.after[:6]:
            if word.endswith("e") and sort_of(word[:-1]) in ("participle", "past-too", "either", "planning"):
                return "present" if sort_of(word[:-1]) == "planning" else "past"
            if word.endswith("en") and sort_of(word) in ("participle", "past-too"):
                return "past"
            if word.endswith("ende") or word == "te":
                return "present"
        return "none"

    @property
    def open(self) -> bool:
        """An auxiliary that waits for its participle (`maandag heeft hij dat | besproken`)."""
        return "perfect" in self.nearest and not self.nearest.keys() & {"participle", "planning", "past", "will"}

    def close_with(self, right: str) -> None:
        words = WORD.findall(right)
        for place, word in enumerate(words):
            sort = "" if attributive(words, place, sort_of(word)) else sort_of(word)
            if sort in ("participle", "either", "past-too", "infinitive-too"):
                self.nearest["participle"] = 0
            if sort or word in ("dat", "die", "om"):
                return

    def told(self) -> str:
        """The tense; of the past: asked where a verb of asking or promising puts it there, done where only a state
        does (`tegen dan zijn alle toestellen geplaatst`)."""
        told = self.tense()
        if told != "past":
            return told
        verbs = {*self.before, *self.after}
        if not ASKING.isdisjoint(verbs):
            return "asked"
        return "done" if not verbs.isdisjoint(BEING) and "past" not in self.nearest else told

    def tense(self) -> str:
        nearest = self.nearest
        past, present = nearest.get("past", 999), nearest.get("present", 999)
        if "will" in nearest:
            return "will" if nearest["will"] <= past else "past"
        if "would" in nearest:
            return "present"
        looks_ahead = nearest.get("perfect", 999) < past and nearest.keys().isdisjoint({"participle"})
        if past < 999 and past <= present and not looks_ahead:
            return "past"
        told = "perfect" in nearest and "planning" not in nearest
        if told and nearest.get("participle", 999) < present:
            return "present" if self._to_infinitive() else "past"
        if past < 999 and not looks_ahead:
            return "past"
        return "present" if present < 999 or "perfect" in nearest or self._to_infinitive() else "none"

    def _to_infinitive(self) -> bool:
        return any(word == "te" and following.endswith("n") for word, following in pairwise(self.after))


def attributive(words: list[str], place: int, sort: str) -> bool:
    """Whether a form stands before its noun: `de vernieuwde website`, `de genomen maatregelen`.

    A past form may do so where its verb has no ge- (be-, ver-, ont-); it does behind an article, a possessive, a
    preposition or an adjective, and as the first word of a clause when a finite verb follows its noun.
    """
    word = words[place]
    before = words[place - 1] if place else ""
    if sort == "participle":
        if word in NOUN_TOO and before in ARTICLES:
            return True
        return word.endswith("en") and before in BEFORE_NOUN and before not in PRONOUNS
    if sort != "past" or not _ADJECTIVE.fullmatch(word):
        return False
    if before:
        return before in BEFORE_NOUN or (before.endswith(("e", "s")) and len(before) > 3 and not sort_of(before))
    return any(sort_of(each) in ("present", "will", "perfect") for each in words[place + 2 : place + 4])


@lru_cache(maxsize=8192)
def sort_of(word: str) -> str:
    """What a word says of the tense: will, past, perfect, planning, present, either, participle, or nothing."""
    if word in WILL:
        return "will"
    if word in NO_VERB or word in NO_PAST:
        return ""
    if word in WOULD:
        return "would"
    if _PAST_TOO.fullmatch(word):
        return "past-too"
    if _INFINITIVE_TOO.fullmatch(word):
        return "infinitive-too"
    if _PAST.fullmatch(word) or (word.endswith(PAST_ENDINGS) and not _WITH_GE.match(word)):
        return "past"
    if word in PERFECT:
        return "perfect"
    if word in PLANNING:
        return "planning"
    if word in PRESENT:
        return "present"
    if word in NO_PARTICIPLE or len(word) < 5:
        return ""
    if _EITHER.fullmatch(word):
        return "either"
    return "participle" if _PARTICIPLE.fullmatch(word) else ""
