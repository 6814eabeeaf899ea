"""A promise beside the later words about it, as the desk shows them."""

from typing import Any

from commitments.models import FollowUp
from commitments.showing.marking import Excerpt, excerpt_of, turn_around
from commitments.showing.places import page_at, place_of
from transcripts.models import Speech
from transcripts.parsing.transcript import Passage

AROUND = 900  # characters of the turn on either side of the later words
ASKED = 700  # characters of the turn beside it
MORE = 6  # further statements and follow-ups of the same promise


def promise_of(follow_up: FollowUp) -> dict[str, Any]:
    """Return what was promised: the first words in their turn, how often it was said since, and what is known of it."""
    commitment = follow_up.commitment
    rows = commitment.statements.accepted().order_by("said_on", "speech_id", "start")
    said = list(
        rows.select_related("speech__person", "speech__item__document").defer(
            "speech__item__document__text", "speech__item__document__account_spans"
        )
    )
    others = commitment.follow_ups.standing().exclude(pk=follow_up.pk).select_related("item__document")
    others = others.defer("item__document__text", "item__document__account_spans")
    shown: dict[str, Any] = {
        "outside": commitment.said_outside,
        "again": said[1:] if commitment.said_outside is None else said,
        "others": list(others.order_by("item__document__date", "pk")[:MORE]),
    }
    if said and commitment.said_outside is None:
        first = said[0]
        shown |= {"first": first, "place": place_of(first), "promise": excerpt_of(first, first.speech.text)}
    return shown


def later_words(follow_up: FollowUp) -> dict[str, Any]:
    """Return the later words in their turn, the page they stand on, and the turn that they answer or that answers them.

    Words that no longer stand where they were found are shown alone.
    """
    speech = follow_up.speech
    if speech is None:
        return {"excerpt": Excerpt("", follow_up.quote, "", False, False) if follow_up.quote else None}
    excerpt = Excerpt("", follow_up.quote, "", False, False)
    if speech.text[follow_up.start : follow_up.end] == follow_up.quote:
        excerpt = turn_around(speech.text, follow_up.start, follow_up.end, AROUND)
    return {"excerpt": excerpt, "page": _page(follow_up, speech), "beside": _beside(speech)}


def _page(follow_up: FollowUp, speech: Speech) -> int:
    document = follow_up.item.document
    if not document.page_starts:
        return speech.page
    pieces = tuple((a, b, c) for a, b, c in speech.pieces)
    return page_at(document, Passage("", pieces).to_source(follow_up.start, follow_up.end)[0])


def _beside(speech: Speech) -> dict[str, Any] | None:
    """Return who asked before words of a minister, or who answered after words of a member, and what was said."""
    is_answer = speech.capacity == Speech.Capacities.MINISTER
    same_item = Speech.objects.filter(item=speech.item_id).exclude(capacity=Speech.Capacities.CHAIR)
    if is_answer:
        near = same_item.filter(position__lt=speech.position).order_by("-position")
    else:
        near = same_item.filter(position__gt=speech.position, capacity=Speech.Capacities.MINISTER).order_by("position")
    others = near.select_related("person")[:4]
    found = next((one for one in others if one.person_id is None or one.person_id != speech.person_id), None)
    if found is None or found.gone:
        return None
    text = found.text
    if len(text) > ASKED:
        text = "… " + text[-ASKED:].partition(" ")[2] if is_answer else text[:ASKED].rpartition(" ")[0] + " …"
    return {"who": found.label or str(found.person or ""), "text": text, "comes_first": is_answer}
