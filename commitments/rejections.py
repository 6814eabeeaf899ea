"""Why a statement is no commitment, and an item no follow-up: a short list each, own words possible, one string stored.

What is stored is "code", "code: own words" or, without a choice, the own words. Codes stay the same in every
language, so that rejections can be counted and learnt from.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RejectReason(models.TextChoices):
    INTENTION = "intention", _("general intention, hope or prediction")
    FACT = "fact", _("a fact of the past or the present")
    COURTESY = "courtesy", _("courtesy or procedure of the meeting")
    NOT_GOVERNMENT = "not-government", _("not promised by the government side")
    UNVERIFIABLE = "unverifiable", _("cannot be checked later")
    HYPOTHETICAL = "hypothetical", _("a question or a supposition")
    DOUBLE = "double", _("the same promise as another one")
    MISREAD = "misread", _("the text was read wrongly")


class DismissReason(models.TextChoices):
    """Why an item is no follow-up; no code is one of RejectReason."""

    OTHER_PROMISE = "other-promise", _("it is about another promise")
    SAME_SUBJECT = "same-subject", _("only the same subject, nothing about the promise")
    OTHER_MINISTER = "other-minister", _("another minister or another competence")
    NOTHING_NEW = "nothing-new", _("nothing that is not known already")
    TWICE = "twice", _("the same words are followed up elsewhere")
    TEXT_MISREAD = "text-misread", _("the text was read wrongly")


def stored_reason(code: str, words: str) -> str:
    """Return the string to store for a choice from the list, own words, or both."""
    return ": ".join(part for part in (code.strip(), words.strip()) if part)


def code_of(stored: str) -> str:
    """Return the code of a stored reason, "" where somebody gave own words only."""
    code = stored.partition(": ")[0]
    return code if code in RejectReason.values else ""


def reason_words(stored: str) -> str:
    """Return the stored reason, for a statement or a follow-up, in the reader's language."""
    code, _mark, words = stored.partition(": ")
    known: dict[str, object] = dict([*RejectReason.choices, *DismissReason.choices])
    if code not in known:
        return stored
    return f"{known[code]}: {words}" if words else str(known[code])
