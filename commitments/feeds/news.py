"""What changed, for readers of feeds (Atom, RFC 4287): an entry for each event that anybody may see, newest first."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Exists, OuterRef, Q
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import linebreaks
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commitments.feeds import words
from commitments.feeds.entries import quote_of, quoted
from commitments.feeds.scopes import Scope
from commitments.feeds.stamps import EVER
from commitments.links import commitment_address
from commitments.models import Commitment, Event, FollowUp, OutsideStatement, Statement
from commitments.showing.standing import DAY
from commitments.showing.trail import change_of

CONTENT_TYPE = Atom1Feed.content_type
USUAL, MOST = 50, 200  # entries in one answer
FORM = 1  # raised where the same is written otherwise than before

Kind = Event.Kind
# What came of a promise. What the desk does before anything is accepted is not among it.
TOLD = (
    Kind.ACCEPTED, Kind.ENTERED, Kind.EDITED, Kind.UNDONE,
    Kind.DEADLINE_MOVED, Kind.DEADLINE_CORRECTED, Kind.STATUS_CHANGED,
    Kind.BECAME_DUE_SOON, Kind.BECAME_OVERDUE, Kind.TIME_TO_ASK, Kind.CONDITION_CAME, Kind.SILENT,
    Kind.PART_ADDED, Kind.PART_DONE, Kind.PART_REOPENED, Kind.PART_REMOVED,
    Kind.ASKED, Kind.ASKING_EDITED, Kind.ANSWERED, Kind.ASKING_WITHDRAWN, Kind.WAITING_ENDED,
    Kind.LAPSE_ANNOUNCED, Kind.KEPT_OPEN, Kind.FOLLOW_UP_ADDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. lines: plain text."""

    uid: UUID
    at: datetime
    title: str
    lines: tuple[str, ...]
    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """items: the newest first. older: the id of the last one, where there are older ones; None else."""

    items: tuple[Item, ...]
    older: UUID | None


def read(scope: Scope, *, limit: int, before: Event | None = None) -> Told:
    """Return the latest `limit` events of commitments that anybody may see, or those before one, in two queries."""
    published = Commitment.objects.published().filter(scope.now)
    told = Q(kind__in=TOLD) | Q(kind=Kind.FOLLOW_UP_JUDGED, undone_by__isnull=True)
    confirmed = Q(follow_up__isnull=True) | Q(follow_up__state=FollowUp.State.CONFIRMED)
    # Of what was typed in for the office first, and made public later, only what happened since.
    public: Any = OutsideStatement.history.filter(
        commitment=OuterRef("commitment"), public=True, history_date__lte=OuterRef("at")
    )
    since_public = Q(commitment__outside__isnull=True) | Exists(public)
    rows = Event.objects.filter(told, confirmed, since_public, commitment__in=published.values("pk"))
    if before is not None:
        rows = rows.filter(pk__lt=before.pk)
    rows = rows.select_related("commitment__person", "commitment__outside", "follow_up")
    found = list(rows.prefetch_related(quoted("commitment__")).order_by("-pk")[: limit + 1])
    items = tuple(_item(one) for one in found[:limit])
    return Told(items, items[-1].uid if len(found) > limit else None)


def fingerprint(title: str, told: Told) -> str:
    facts = repr((FORM, get_language(), title, told))
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def written(scope: Scope, told: Told, *, page: str, address: str, older: str | None) -> bytes:
    """Return the feed. page, address, older: whole addresses of its page, of itself, and of what came before."""
    language = get_language() or ""
    feed = _News(
        title=f"Toegezegd – {words.line(scope.title)}",
        link=page,
        description=_("What ministers promised in the Flemish Parliament, by when, and what came of it."),
        subtitle=_("What ministers promised in the Flemish Parliament, by when, and what came of it."),
        language=language,
        author_name="Toegezegd",
        feed_url=address,
        feed_guid=f"urn:uuid:{uuid5(NAMESPACE_URL, f'toegezegd/{scope.key}/{language}')}",
        older=older,
    )
    for one in told.items:
        feed.add_item(
            title=one.title,
            link=one.address,
            description=linebreaks("\n".join(one.lines), autoescape=True),
            unique_id=f"urn:uuid:{one.uid}",
            pubdate=one.at,
            updateddate=one.at,
            categories=[one.kind],
        )
    return feed.writeString("utf-8").encode()


class _News(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """The moment of the newest entry; of a feed without any not now, for then it would change by itself."""
        return max((item["updateddate"] for item in self.items), default=EVER)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["older"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["older"]})


def _item(event: Any) -> Item:
    commitment = event.commitment
    return Item(
        uid=event.uid,
        at=event.at.astimezone(UTC).replace(microsecond=0),
        title=f"{capfirst(_what(event))}: {words.line(commitment.title)}",
        lines=tuple(line for line in _lines(event) if line),
        address=commitment_address(commitment),
        kind=event.kind,
    )


def _what(event: Any) -> str:
    if event.kind == Kind.ACCEPTED:
        relation = event.after.get("relation", Statement.Relation.ORIGINAL)
        if relation == Statement.Relation.ORIGINAL or relation not in Statement.Relation.values:
            return _("new commitment")
        return str(Statement.Relation(relation).label)
    if event.kind == Kind.ENTERED:
        return _("new commitment")
    if event.kind == Kind.BECAME_OVERDUE:
        return _("the last day has passed")
    if event.kind == Kind.BECAME_DUE_SOON:
        return _("the last day is near")
    if event.kind == Kind.FOLLOW_UP_JUDGED and event.follow_up is not None:
        return str(event.follow_up.get_kind_display())
    return str(event.get_kind_display())


def _lines(event: Any) -> list[str]:
    commitment = event.commitment
    person = words.line(commitment.person.name) if commitment.person else _("unknown")
    return [
        words.shortened(_change(event)),
        f"{_('About')}: {date_format(event.about_day, DAY)}" if event.about_day else "",
        f"“{words.shortened(quote_of(commitment))}”",
        f"{person}, {date_format(commitment.said_on, DAY)}",
    ]


def _change(event: Any) -> str:
    if event.kind == Kind.FOLLOW_UP_JUDGED or (event.kind == Kind.EDITED and event.commitment.said_outside is not None):
        return ""  # the kind says it all; and what was corrected may not have been public
    return change_of(event)
