"""Who keeps a copy of the list and asks for what changed misses nothing, whichever verb made it otherwise."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.contrib.auth.models import User

import commitments.services
import transcripts.services
from commitments.models import Commitment, Event, OutsideStatement, Statement
from commitments.services import (
    asking,
    editing,
    lapsing,
    mail_actions,
    offices,
    outside,
    parts,
    redating,
    review,
    splitting,
    tracking,
    undoing,
    undoing_life,
)
from tests import rows
from tests.commitments.copies import BESIDE, Copy, details, listed
from transcripts.models import Mandate, Person
from transcripts.services import merging

DAY = date(2026, 4, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


class World:
    """A promise with everything that can hang on one, and who works on it."""

    def __init__(self, reviewer: User) -> None:
        self.by = {"actor": reviewer, "day": DAY}
        self.reviewer = reviewer
        self.said = rows.statement(summary="Het rapport bezorgen")
        person = self.said.speech.person
        Mandate.objects.create(
            person=person, title="Vlaams minister", portfolio="Wonen", start=date(2024, 9, 30), end=date(2026, 3, 1)
        )
        self.made = review.accept(statement=self.said, **self.by)
        self.other = rows.commitment(quote=rows.NEXT)
        self.team = offices.found_team(name="Fractie", actor=User.objects.create_superuser("boss"), day=DAY)
        offices.set_member(
            team=self.team, user=reviewer, role="manager", actor=User.objects.get(username="boss"), day=DAY
        )

    def statement(self) -> Statement:
        return Statement.objects.get(pk=self.said.pk)

    def again(self, **fields) -> Statement:
        """Another statement of the same promise, later, that moves its deadline."""
        paper = rows.document(day=date(2026, 3, 30))
        return rows.statement(rows.speech(rows.item(paper)), rows.NEXT, due_end=date(2026, 6, 30), **fields)

    def outside(self, *, public: bool = True) -> Commitment:
        return outside.enter(words=WORDS, title="Elders beloofd", person=rows.person(), public=public, **self.by)


WORDS = outside.Words("Het komt er.", date(2026, 2, 1), "De krant", due_text="", due_end=date(2026, 5, 1))
Act = Callable[[], object]


def accepted_into(w: World) -> Act:
    again = w.again()
    return lambda: review.accept(statement=again, into=w.made, **w.by)


def accepted_alone(w: World) -> Act:
    again = w.again()
    return lambda: review.accept(statement=again, **w.by)


def undone(w: World) -> Act:
    again = w.again()
    review.accept(statement=again, into=w.made, **w.by)
    decision = again.events.get(kind=Event.Kind.ACCEPTED)
    return lambda: undoing.undo(decision=decision, **w.by)


def put_off(w: World) -> Act:
    found = rows.proposed(w.made)
    return lambda: tracking.confirm_follow_up(follow_up=found, **w.by)


def put_off_no_more(w: World) -> Act:
    found = rows.proposed(w.made)
    tracking.confirm_follow_up(follow_up=found, **w.by)
    return lambda: tracking.reopen_follow_up(follow_up=found, **w.by)


def put_off_undone(w: World) -> Act:
    found = rows.proposed(w.made)
    tracking.confirm_follow_up(follow_up=found, **w.by)
    decision = found.events.get(kind=Event.Kind.FOLLOW_UP_JUDGED)
    return lambda: undoing.undo_follow_up(decision=decision, **w.by)


def added_by_hand(w: World) -> Act:
    item = rows.item(rows.document(day=date(2026, 4, 1)))
    deadline = editing.Deadline("", None, date(2026, 12, 31))
    return lambda: tracking.add_follow_up(commitment=w.made, item=item, kind="postponed", deadline=deadline, **w.by)


def filed(w: World):
    return asking.file_question(commitment=w.made, number="412", **w.by)


def answer_comes_in(w: World) -> Act:
    one = filed(w)
    return lambda: asking.answered(asking=one, **w.by)


def withdrawn(w: World) -> Act:
    one = filed(w)
    return lambda: asking.withdraw(asking=one, **w.by)


def corrected(w: World) -> Act:
    one = filed(w)
    given = asking.Correction(filed_on=date(2026, 4, 1), waiting_until=date(2026, 5, 30))
    return lambda: asking.correct_asking(asking=one, given=given, **w.by)


def ticked(w: World) -> Act:
    part = parts.add(commitment=w.made, title="De nota", **w.by)
    return lambda: parts.tick(part=part, evidence="nota", **w.by)


def unticked(w: World) -> Act:
    part = parts.add(commitment=w.made, title="De nota", **w.by)
    parts.tick(part=part, evidence="nota", **w.by)
    return lambda: parts.untick(part=part, **w.by)


def removed(w: World) -> Act:
    part = parts.add(commitment=w.made, title="De nota", **w.by)
    parts.tick(part=part, evidence="nota", **w.by)
    return lambda: parts.remove(part=part, **w.by)


def life_undone(w: World) -> Act:
    tracking.change_status(commitment=w.made, status="fulfilled", evidence="nota", **w.by)
    last = undoing_life.last_of_life(w.made, w.reviewer)
    assert last is not None
    return lambda: undoing_life.undo_life(commitment=w.made, decision=last.pk, **w.by)


def amended(w: World) -> Act:
    said = OutsideStatement.objects.get(commitment=w.outside())
    words = replace(WORDS, source_name="Het weekblad")
    return lambda: outside.amend(said=said, words=words, public=True, **w.by)


def hidden(w: World) -> Act:
    said = OutsideStatement.objects.get(commitment=w.outside())
    return lambda: outside.amend(said=said, words=WORDS, public=False, **w.by)


def redated(w: World) -> Act:
    document = w.said.speech.item.document

    def act() -> None:
        document.date = date(2026, 1, 13)
        document.save()
        redating.redate(document=document, day=DAY)

    return act


def lapsed(w: World) -> Act:
    Commitment.objects.filter(pk=w.made.pk).update(said_on=date(2022, 1, 10))
    return lambda: lapsing.lapse(commitment=w.made, **w.by)


def merged(w: World) -> Act:
    other = Person.objects.create(name="Els Van Rode", family_name="Van Rode")
    return lambda: merging.merge(into=other, others=[w.said.speech.person], actor=w.reviewer)


def moved_in_its_document(w: World) -> Act:
    speech = w.said.speech
    return lambda: type(speech).objects.filter(pk=speech.pk).update(pieces=[[0, 2100, len(speech.text)]], page=3)


def succeeded(w: World) -> Act:
    person = Person.objects.create(name="Jan Peeters", family_name="Peeters")
    return lambda: Mandate.objects.create(
        person=person, title="Vlaams minister", portfolio="Wonen", start=date(2026, 3, 2), registered=True
    )


# By the verb: what each does to what everybody sees.
SEEN: dict[str, list[Callable[[World], Act]]] = {
    "review.accept": [accepted_into, accepted_alone],
    "review.reopen": [lambda w: lambda: review.reopen(statement=w.statement(), **w.by)],
    "editing.edit": [
        lambda w: lambda: editing.edit(statement=w.statement(), title="Beter gezegd", **w.by),
        lambda w: lambda: editing.edit(statement=w.statement(), kind="fund", **w.by),
        lambda w: (
            lambda: editing.edit(statement=w.statement(), deadline=editing.Deadline("", None, date(2027, 1, 1)), **w.by)
        ),
    ],
    "undoing.undo": [undone],
    "undoing.undo_follow_up": [put_off_undone],
    "undoing_life.undo_life": [life_undone],
    "tracking.change_status": [
        lambda w: lambda: tracking.change_status(commitment=w.made, status="fulfilled", evidence="nota", **w.by),
        lambda w: lambda: tracking.change_status(commitment=w.made, status="superseded", superseded_by=w.other, **w.by),
    ],
    "tracking.confirm_follow_up": [put_off],
    "tracking.reopen_follow_up": [put_off_no_more],
    "tracking.add_follow_up": [added_by_hand],
    "asking.file_question": [lambda w: lambda: filed(w)],
    "asking.answered": [answer_comes_in],
    "asking.withdraw": [withdrawn],
    "asking.correct_asking": [corrected],
    "mail_actions.mark_asked": [
        lambda w: (
            lambda: mail_actions.mark_asked(commitment=w.made, user=w.reviewer, mailed_on=DAY, day=DAY, kind="written")
        )
    ],
    "parts.tick": [ticked],
    "parts.untick": [unticked],
    "parts.remove": [removed],
    "outside.enter": [lambda w: lambda: w.outside()],
    "outside.amend": [amended, hidden],
    "redating.redate": [redated],
    "lapsing.lapse": [lapsed],
    "merging.merge": [merged],
    "anchoring.lay_anew": [moved_in_its_document],
    "meetings.confirm_mandate": [succeeded],
}


def dismissed(w: World) -> Act:
    found = rows.proposed(w.made)
    return lambda: tracking.dismiss_follow_up(follow_up=found, **w.by)


def noted(w: World) -> Act:
    note = offices.add_note(team=w.team, commitment=w.made, text="zilvermeeuw", **w.by)
    return lambda: offices.edit_note(note=note, text="stormmeeuw", **w.by)


def marked(w: World) -> Act:
    tag = offices.make_tag(team=w.team, name="kokmeeuw", **w.by)
    return lambda: offices.mark(team=w.team, commitment=w.made, priority="high", tags=[tag], watched=True, **w.by)


def rejected(w: World) -> Act:
    one = rows.statement()
    return lambda: review.reject(statement=one, reason="geen", **w.by)


def marked_by_hand(w: World) -> Act:
    speech = rows.speech()
    return lambda: review.mark_by_hand(speech=speech, start=0, end=20, **w.by)


def halves(w: World) -> Act:
    one = rows.statement(quote=rows.PROMISE)
    cut = one.start + 20
    return lambda: splitting.split(statement=one, first=(one.start, cut), second=(cut, one.end), **w.by)


# What is nobody's business but an office's or the desk's.
UNSEEN: dict[str, list[Callable[[World], Act]]] = {
    "review.reject": [rejected],
    "review.mark_by_hand": [marked_by_hand],
    "splitting.split": [halves],
    "tracking.dismiss_follow_up": [dismissed],
    "offices.add_note": [
        lambda w: lambda: offices.add_note(team=w.team, commitment=w.made, text="zilvermeeuw", **w.by)
    ],
    "offices.edit_note": [noted],
    "offices.mark": [marked],
    "mail_actions.put_off": [
        lambda w: (
            lambda: mail_actions.put_off(commitment=w.made, user=w.reviewer, until=DAY + timedelta(days=7), day=DAY)
        )
    ],
    "outside.enter": [lambda w: lambda: w.outside(public=False)],
    "parts.add": [lambda w: lambda: parts.add(commitment=w.made, title="De bijlage", **w.by)],
}

# Verbs that do their work through those above, or touch nothing that the list shows: said why, one by one.
THROUGH_OTHERS = {
    "asking.note_answer_in", "asking.note_answers", "asking.note_no_answer_in", "asking.put_back", "parts.put_back",
    "tracking.put_status_back", "founding.tell_deadline", "judging.decided", "lapsing.lapse_ended", "meetings.weigh",
    "syncing.sync_parliament",
}  # fmt: skip
TOUCH_NOTHING_SHOWN = {
    "extraction.extract_document", "extraction.extract_pending",  # proposals
    "following.follow_document", "following.follow_pending", "following.search_later",  # proposals
    "learning.forget", "learning.learn_from_reviews",  # weights of what is proposed
    "lapsing.keep_open", "watch.note_overdue", "noting.note_once",  # events
    "digest_claims.claim", "digest_claims.would_tell", "sending.send_again", "tokens.make", "tokens.revoke",
    "webhooks.register", "webhooks.remove", "webhooks.send_again", "webhooks.send_test", "webhooks.switch_on",
    "feed_addresses.make", "feed_addresses.note_used", "feed_addresses.revoke",
    "removing.remove",  # is refused where anything accepted rests on the document
    "sync_position.start_again", "searching.remove",
    "offices.found_team", "offices.make_tag", "offices.remove_member", "offices.remove_note", "offices.remove_tag",
    "offices.rename_tag", "offices.rename_team", "offices.set_member", "offices.tell_key", "offices.tell_mail_refused",
}  # fmt: skip


def verbs() -> Iterator[str]:
    for room in (commitments.services, transcripts.services):
        for module in pkgutil.iter_modules(room.__path__):
            found = import_module(f"{room.__name__}.{module.name}")
            for name, verb in inspect.getmembers(found, inspect.isfunction):
                named = {
                    one.name for one in inspect.signature(verb).parameters.values() if one.kind == one.KEYWORD_ONLY
                }
                if verb.__module__ == found.__name__ and not name.startswith("_") and named & {"actor", "day"}:
                    yield f"{module.name}.{name}"


def cases(table: dict[str, list[Callable[[World], Act]]]) -> list:
    return [
        pytest.param(one, id=f"{verb}-{number}") for verb, some in table.items() for number, one in enumerate(some, 1)
    ]


def copies_of_others(client) -> list[Copy]:
    """Copies of the other lists of which changes are noted, up to date."""
    copies = [Copy(client, name) for name in BESIDE]
    for one in copies:
        one.sync()
    return copies


def all_are_true(copies: list[Copy]) -> None:
    for one in copies:
        one.sync()
        assert one.rows == listed(one.client, one.name), one.name
        assert one.sync() == [], one.name


def test_every_verb_is_tried_or_is_said_to_show_nothing():
    assert set(verbs()) - SEEN.keys() - UNSEEN.keys() == THROUGH_OTHERS | TOUCH_NOTHING_SHOWN


@pytest.mark.parametrize("prepare", cases(SEEN))
def test_what_changes_the_json_of_a_commitment_is_told(client, reviewer, prepare):
    act = prepare(World(reviewer))
    copy, others = Copy(client), copies_of_others(client)
    copy.sync()
    before = details(client)
    act()
    after = details(client)
    changed = {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}
    assert changed
    assert changed <= set(copy.sync())
    assert copy.rows == listed(client)
    assert copy.sync() == []
    all_are_true(others)


@pytest.mark.parametrize("prepare", cases(UNSEEN))
def test_what_touches_only_proposals_or_an_office_is_not_told(client, reviewer, prepare):
    act = prepare(World(reviewer))
    copy, others = Copy(client), copies_of_others(client)
    copy.sync()
    before = details(client)
    act()
    assert details(client) == before
    assert copy.sync() == []
    all_are_true(others)
