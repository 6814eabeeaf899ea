"""Why a statement is no commitment: a short list to choose from, own words possible, one string to store.

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


def stored_reason(code: str, words: str) -> str:
    """Return the string to store for a choice from the list, own words, or both."""
    return ": ".join(part for part in (code.strip(), words.strip()) if part)


def code_of(stored: str) -> str:
    """Return the code of a stored reason, "" where somebody gave own words only."""
    code = stored.partition(": ")[0]
    return code if code in RejectReason.values else ""


def reason_words(stored: str) -> str:
    """Return the stored reason in the reader's language."""
    code = code_of(stored)
    if not code:
        return stored
    words = stored.partition(": ")[2]
    label = str(RejectReason(code).label)
    return f"{label}: {words}" if words else label
