"""The words a page has for what the parsers call by a name of their own."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from transcripts.parsing.transcript import Reason

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
