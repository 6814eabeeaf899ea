"""The words a page has for what the parsers call by a name of their own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from transcripts.messages import EITHER, Message
from transcripts.parsing.transcript import Capacity, DocumentKind, Reason

REASONS = {
    Reason.SPEECH: _("speeches"),
    Reason.HEADING: _("headings"),
    Reason.NOTE: _("notes of the editor"),
    Reason.COVER: _("cover"),
    Reason.CONTENTS: _("table of contents"),
    Reason.PAGE_HEADER: _("page headers"),
    Reason.PAGE_FOOTER: _("page footers"),
    Reason.LINK: _("links"),
    Reason.SPEAKER_LABEL: _("names of speakers"),
    Reason.FOREIGN: _("another language"),
    Reason.REPEATED: _("printed twice"),
    Reason.BLANK: _("white space"),
    Reason.NOT_UNDERSTOOD: _("not understood"),
}


def account_in_words(account: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return where the characters of a document went, most first: (words, number of characters)."""
    most_first = sorted(account.items(), key=lambda entry: -entry[1])
    return [(str(REASONS[Reason(reason)]), characters) for reason, characters in most_first]


KINDS = {
    DocumentKind.REPORT: _("report"),
    DocumentKind.WRITTEN_QUESTION: _("written question"),
    DocumentKind.POLICY_NOTE: _("policy note"),
}
CAPACITIES = {
    Capacity.CHAIR: _("chair"),
    Capacity.MINISTER: _("minister"),
    Capacity.MEMBER: _("member of parliament"),
    Capacity.OTHER: _("other"),
}


def worded(message: str) -> str:
    """Say a Message in the reader's language; words that are none stay as they are."""
    if not isinstance(message, Message):
        return str(message)
    template = message.sentence.template
    if template.many:
        words = ngettext(template.one, template.many, message.params["number"])
    else:
        words = gettext(template.one)
    return words % {name: _filled(name, value) for name, value in message.params.items()}


def _filled(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return get_text_list([str(one) for one in value], gettext("or") if name == EITHER else gettext("and"))
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, Message):
        return worded(value)
    return KINDS[DocumentKind(value)] if name in ("kind", "other_kind") else value
