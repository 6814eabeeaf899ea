"""What a program asks of a feed behind the question mark. A value that makes no sense is refused in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from commitments.feeds import calendars, news
from commitments.models import Event

LANGUAGES = {"nl": "nl-be", "en": "en"}
NO_ALARM = "no"


class BadQueryError(Exception):
    """The message is for who asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """language: of settings.LANGUAGES. alarm: days before the last day, None for none. limit, before: as in news."""

    language: str
    alarm: int | None = calendars.USUAL_DAYS
    limit: int = news.USUAL
    before: Event | None = None


def language_of(query: Mapping[str, str]) -> str:
    """Return the language that is asked for, Dutch where none is or one that there is not."""
    return LANGUAGES.get(query.get("lang", ""), LANGUAGES["nl"])


def read(query: Mapping[str, str]) -> Asked:
    """Return what is asked for. Raises BadQueryError, in the language that is asked for."""
    language = language_of(query)
    with translation.override(language):
        if query.get("lang", "nl") not in LANGUAGES:
            raise BadQueryError(_("lang: write nl or en."))
        return Asked(language, _alarm(query), _limit(query), _before(query))


def _alarm(query: Mapping[str, str]) -> int | None:
    given = query.get("alarm", str(calendars.USUAL_DAYS))
    if given == NO_ALARM:
        return None
    days = _number(given)
    if days is None or days > calendars.MOST_DAYS:
        raise BadQueryError(
            _("alarm: write how many days before the last day, 0 to %(most)d, or no.") % {"most": calendars.MOST_DAYS}
        )
    return days


def _limit(query: Mapping[str, str]) -> int:
    limit = _number(query.get("limit", str(news.USUAL)))
    if limit is None or not 1 <= limit <= news.MOST:
        raise BadQueryError(_("limit: write how many entries, 1 to %(most)d.") % {"most": news.MOST})
    return limit


def _before(query: Mapping[str, str]) -> Event | None:
    given = query.get("before")
    if given is None:
        return None
    try:
        found = Event.objects.only("pk").filter(uid=UUID(given)).first()
    except ValueError:
        found = None
    if found is None:
        raise BadQueryError(_("before: there is no such entry; begin again without it."))
    return found


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 4 else None
