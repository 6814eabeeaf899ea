"""A page of commitments as JSON has them, put together by hand: the same as CommitmentSerializer says, in less time.

A serializer makes an object of each row, of all that hangs on it and of each of its fields. A test holds the two alike.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONArray
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request

from commitments.api.serializers import HolderSerializer
from commitments.models import Commitment, Statement
from commitments.showing.past import Past
from commitments.showing.places import Words, place_in
from commitments.showing.standing import days_late
from commitments.showing.succession import Holders, is_held
from transcripts.models import Mandate

ANY = UUID(int=0)
OWN = (
    "uid", "title", "kind", "condition", "said_on", "status", "due_text", "due_start", "due_end",
    "due_precision", "due_modifier", "due_rule", "check_on", "asked_on", "waiting_until", "fulfilled_on", "evidence",
    "updated_at", "mandate_id",
)  # fmt: skip
OF_OTHERS = (
    "person__uid", "person__name", "mandate__title", "mandate__portfolio", "mandate__start", "mandate__end",
    "outside__quote", "outside__said_on", "outside__source_name", "outside__source_url",
)  # fmt: skip
OF_WORDS = (
    "uid", "quote", "start", "end", "speech__pieces", "speech__page",
    *(f"speech__item__document__{name}" for name in ("uid", "title", "kind", "date", "url", "page_starts")),
)  # fmt: skip
# The statement it began with, in the same question: asked for by itself it would cost as much as all the rest.
FIRST_WORDS = (
    Statement.objects.accepted()
    .filter(commitment=OuterRef("pk"))
    .order_by("said_on", "speech_id", "start")
    .values(said=JSONArray(*OF_WORDS))[:1]
)
COLUMNS = (*OWN, *OF_OTHERS, Subquery(FIRST_WORDS))


class _Row:
    """One commitment as the list needs it; what is asked of a commitment on a day can be asked of it."""

    __slots__ = ("pk", *OWN, *OF_OTHERS, "words")

    def __init__(self, values: Iterable[Any]) -> None:
        for name, value in zip(self.__slots__, values, strict=True):
            setattr(self, name, value)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def values_of(pks: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the values of the commitments with these keys, in this order: the key and the COLUMNS."""
    found = {one[0]: one for one in Commitment.objects.order_by().filter(pk__in=pks).values_list("pk", *COLUMNS)}
    return [found[pk] for pk in pks if pk in found]


def rows_of(
    values: Sequence[tuple[Any, ...]], *, request: Request, day: date, past: Past, holders: Callable[[], Holders]
) -> list[dict[str, Any]]:
    """Return what the list says of commitments with these values, in a fixed number of queries."""
    found = [_Row(one) for one in values]
    past.rewind(found)  # type: ignore[arg-type]  # it asks no more of them than they have
    passed_to = _Passed(day, holders)
    commitment_at, document_at = _address(request, "commitment"), _address(request, "document")

    def source(row: _Row) -> dict[str, Any] | None:
        if row.words is None or row.outside__quote is not None:
            return None
        uid, quote, start, end, pieces, page, document_uid, title, kind, on, url, page_starts = row.words
        page, start, end = place_in(Words(_list(pieces), page, start, end), _list(page_starts))
        uid, document_uid = _uid(uid), _uid(document_uid)
        return {
            "document": {"uid": document_uid, "title": title, "kind": kind, "date": on, "url": url},
            "page": page,
            "start": start,
            "end": end,
            "quote": quote,
            "url": f"{document_at(document_uid)}#s-{uid}",
        }

    def shown(row: _Row) -> dict[str, Any]:
        late = days_late(row, day)  # type: ignore[arg-type]
        uid, start, end = str(row.uid), _day(row.due_start), _day(row.due_end)
        return {
            "uid": uid,
            "url": commitment_at(uid),
            "title": row.title,
            "kind": row.kind,
            "conditional": bool(row.condition),
            "condition": row.condition,
            "person": {"uid": str(row.person__uid), "name": row.person__name} if row.person__uid else None,
            "mandate": {"title": row.mandate__title, "portfolio": row.mandate__portfolio} if row.mandate_id else None,
            "said_on": _day(row.said_on),
            "status": row.status,
            "deadline": {
                "words": row.due_text,
                "interval": f"{start or '..'}/{end or '..'}" if start or end else None,
                "start": start,
                "end": end,
                "precision": row.due_precision,
                "modifier": row.due_modifier,
                "rule": row.due_rule,
            },
            "check_on": _day(row.check_on),
            "overdue": late > 0,
            "days_late": late,
            "asked_on": _day(row.asked_on),
            "waiting_until": _day(row.waiting_until),
            "successors": passed_to.of(row),
            "fulfilled_on": _day(row.fulfilled_on),
            "evidence": row.evidence,
            "source": source(row),
            "outside": _outside(row),
            "updated_at": _moment(row.updated_at),
        }

    return [shown(one) for one in found]


class _Passed:
    """Whom portfolios passed to: many commitments hang on a few mandates, and most of those go on."""

    def __init__(self, day: date, holders: Callable[[], Holders]) -> None:
        self._day, self._holders = day, holders
        self._told: dict[int, list[dict]] = {}

    def of(self, row: _Row) -> list[dict]:
        if row.mandate_id is None or is_held(row.mandate__start, row.mandate__end, self._day):
            return []
        if row.mandate_id not in self._told:
            after = self._holders().after(Mandate(pk=row.mandate_id, portfolio=row.mandate__portfolio))
            self._told[row.mandate_id] = [dict(HolderSerializer(one).data) for one in after]
        return self._told[row.mandate_id]


def _outside(row: _Row) -> dict[str, Any] | None:
    if row.outside__quote is None:
        return None
    return {
        "quote": row.outside__quote,
        "said_on": _day(row.outside__said_on),
        "name": row.outside__source_name,
        "url": row.outside__source_url,
    }


def _address(request: Request, name: str) -> Callable[[str], str]:
    """Return what makes addresses of a page, from the uid of what it shows."""
    pattern = request.build_absolute_uri(reverse(name, kwargs={"uid": ANY}))
    before, _uid, after = pattern.partition(str(ANY))
    return lambda uid: f"{before}{uid}{after}"


def _uid(uid: str) -> str:
    """Write an id that came within JSON: SQLite keeps them without dashes."""
    return uid if "-" in uid else str(UUID(uid))


def _list(value: Any) -> Any:
    """Read a list that came within JSON: for SQLite it is a text."""
    return json.loads(value) if isinstance(value, str) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime) -> str:
    written = timezone.localtime(moment).isoformat()
    return f"{written[:-6]}Z" if written.endswith("+00:00") else written
