"""What was accepted is corrected afterwards: its words, title, kind, condition, addressee and deadline."""

from datetime import date

import pytest
from django.urls import reverse

from commitments.engine.types import Expression, ExpressionKind, Modifier, Precision
from commitments.models import Commitment, Event, Statement
from commitments.services import due, review
from commitments.services.editing import Deadline, To, edit, place_of
from commitments.services.errors import AlreadyJudgedError, DeadlineNotReadError, NotUndoneError
from commitments.services.undoing import undo
from tests import rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)
DESK = reverse("admin:commitments_statement_desk")

CORRECTIONS = {
    "title": {"title": "Rapport aan het parlement"},
    "kind": {"kind": "publish"},
    "condition": {"condition": "als de sector akkoord gaat"},
    "deadline": {"deadline": Deadline("eind 2027")},
    "no deadline": {"deadline": Deadline()},
}
DEADLINE = ("due_text", "due_start", "due_end", "due_rule", "due_precision", "check_on")
JUNE = Deadline("tegen eind juni", date(2026, 6, 21), date(2026, 6, 30))
SAID_BY_BOTH = ("title", "kind", "condition", *DEADLINE)


@pytest.fixture
def accepted(reviewer) -> Statement:
    one = rows.statement()
    review.accept(statement=one, actor=reviewer, day=DAY)
    return one


def said(made: Commitment) -> dict[str, object]:
    row = Commitment.objects.get(pk=made.pk)
    return {name: getattr(row, name) for name in SAID_BY_BOTH}


@pytest.mark.parametrize("what", CORRECTIONS)
def test_a_correction_is_said_by_the_commitment_too_and_goes_with_its_undoing(reviewer, accepted, what):
    before, uid = said(accepted.commitment), accepted.commitment.uid
    edit(statement=accepted, actor=reviewer, day=DAY, **CORRECTIONS[what])
    after = said(accepted.commitment)
    assert after != before
    row = Statement.objects.get()
    assert (row.kind, row.condition, row.due_text, row.due_end) == tuple(
        after[name] for name in ("kind", "condition", "due_text", "due_end")
    )
    undo(decision=Event.objects.undoable(reviewer.pk).first(), actor=reviewer, day=DAY)
    assert said(accepted.commitment) == before
    assert (Statement.objects.get().state, Commitment.objects.get().uid) == ("accepted", uid)


def test_the_event_of_a_correction_keeps_what_was_said_before_and_hangs_on_the_commitment(reviewer, accepted):
    edit(statement=accepted, actor=reviewer, day=DAY, kind="publish", deadline=Deadline("eind 2027"))
    told = accepted.commitment.events.get(kind="edited")
    assert (told.before["kind"], told.after["kind"]) == ("inform", "publish")
    assert (told.before["due_end"], told.after["due_end"]) == ("2026-03-31", "2027-12-31")
    assert (told.actor, told.statement) == (reviewer, accepted)


def test_the_words_and_whom_it_was_said_to_are_corrected(reviewer, accepted):
    asker = rows.person("Jan Vandamme")
    longer = f"{rows.PROMISE}{rows.AFTER}"
    place = place_of(speech=accepted.speech, words=longer)
    edit(statement=accepted, actor=reviewer, day=DAY, place=place, addressee=To(asker))
    row = Statement.objects.get()
    assert (row.quote, row.addressee) == (longer, asker)
    edit(statement=row, actor=reviewer, day=DAY, addressee=To())
    assert Statement.objects.get().addressee is None


def test_a_later_statement_that_is_corrected_moves_the_deadline_and_leaves_the_title(reviewer, accepted):
    made = accepted.commitment
    later = rows.statement(rows.speech(rows.item(rows.document(day=date(2026, 3, 3)))), due_end=date(2026, 5, 31))
    review.accept(statement=later, actor=reviewer, day=DAY, into=made)
    edit(statement=later, actor=reviewer, day=DAY, title="Iets anders", kind="fund", deadline=Deadline("eind 2027"))
    made.refresh_from_db()
    assert (made.title, made.kind, made.due_end) == (rows.PROMISE, "inform", date(2027, 12, 31))


@pytest.fixture
def reading(monkeypatch):
    """Let the deadline reader find one expression, or none; it is told what it was asked."""

    def set_up(*found: Expression) -> list:
        asked = []

        def read(text, said_on, calendar):
            asked.append((text, said_on))
            return list(found)

        monkeypatch.setattr(due.deadlines, "read", read, raising=False)
        return asked

    return set_up


def test_days_given_by_hand_count_and_say_so(reviewer):
    statement = rows.statement()
    edit(statement=statement, actor=reviewer, day=DAY, deadline=JUNE)
    statement.refresh_from_db()
    assert (statement.due_text, statement.due_end, statement.due_rule) == (JUNE.words, JUNE.end, "hand")
    event = Event.objects.get()
    assert (event.before["due_end"], event.after["due_end"]) == ("2026-03-31", "2026-06-30")


def test_words_alone_are_read_against_the_day_they_were_said(reviewer, reading):
    found = Expression(
        "volgende maand", 0, 14, ExpressionKind.DEADLINE, date(2026, 2, 1), date(2026, 2, 28), Precision.MONTH,
        Modifier.DURING, ("volgende",),
    )  # fmt: skip
    asked = reading(found)
    statement = rows.statement()
    edit(statement=statement, actor=reviewer, day=DAY, deadline=Deadline("volgende maand"))
    assert asked == [("volgende maand", rows.SAID_ON)]
    assert (statement.due_start, statement.due_end) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (statement.due_precision, statement.due_rule) == ("month", "volgende")


@pytest.mark.parametrize("words", ["June 2, 2026", "2 juin 2026", "2026-06-02"])
def test_a_day_may_be_typed_in_another_notation_or_language(reviewer, words):
    statement = rows.statement()
    edit(statement=statement, actor=reviewer, day=DAY, deadline=Deadline(words))
    assert (statement.due_start, statement.due_end) == (date(2026, 6, 2), date(2026, 6, 2))
    assert statement.due_text == words


def test_words_without_a_date_are_refused_and_change_nothing(reviewer, reading):
    reading()
    with pytest.raises(DeadlineNotReadError):
        edit(statement=rows.statement(), actor=reviewer, day=DAY, deadline=Deadline("met veel plezier"))
    assert Statement.objects.get().due_text == "tegen eind maart"
    assert not Event.objects.exists()


def test_days_the_wrong_way_round_are_refused(reviewer):
    wrong = Deadline("x", date(2026, 3, 3), date(2026, 2, 2))
    with pytest.raises(DeadlineNotReadError):
        edit(statement=rows.statement(), actor=reviewer, day=DAY, deadline=wrong)


def test_no_words_and_no_days_say_that_no_deadline_was_spoken(reviewer, accepted):
    edit(statement=accepted, actor=reviewer, day=DAY, deadline=Deadline())
    made = Commitment.objects.get()
    assert (made.due_text, made.due_end, made.check_on) == ("", None, date(2026, 4, 20))


def test_a_corrected_deadline_is_not_told_as_one_that_moved(reviewer, accepted):
    edit(statement=accepted, actor=reviewer, day=DAY, deadline=JUNE)
    assert Commitment.objects.get().due_end == JUNE.end
    assert not Event.objects.filter(kind=Event.Kind.DEADLINE_MOVED).exists()


def test_the_same_deadline_again_is_no_change(reviewer):
    statement = rows.statement()
    edit(statement=statement, actor=reviewer, day=DAY, deadline=JUNE)
    edit(statement=statement, actor=reviewer, day=DAY, deadline=JUNE)
    assert Event.objects.count() == 1


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_what_was_not_accepted_is_not_corrected(reviewer, state):
    one = rows.statement(state=state)
    with pytest.raises(AlreadyJudgedError):
        edit(statement=one, actor=reviewer, day=DAY, kind="fund")
    assert not Event.objects.exists()


def test_a_judgement_is_not_undone_over_a_correction_that_came_after_it(reviewer, colleague, accepted):
    judgement = Event.objects.undoable(reviewer.pk).first()
    edit(statement=accepted, actor=colleague, day=DAY, kind="fund")
    with pytest.raises(NotUndoneError, match="bo"):
        undo(decision=judgement, actor=reviewer, day=DAY)


@pytest.fixture
def desk(settings, client, login):
    settings.TODAY, settings.LANGUAGE_CODE = DAY, "en"
    login("cor", "view_statement", "change_statement", "view_commitment")
    return client


def sent(client, one: Statement, **changed: str):
    shown = client.get(DESK, {"at": one.pk})
    form = shown.context["edit_form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"seen": shown.context["version"]}
    days = {name: value.isoformat() for name, value in given.items() if isinstance(value, date)}
    given = {name: value for name, value in (given | days | changed).items() if name != "none"}
    return client.post(reverse("admin:commitments_statement_decide", args=[one.pk, "edit"]), given, follow=True)


def test_the_desk_offers_correcting_what_was_accepted_and_undoes_it(desk, accepted):
    text = desk.get(DESK, {"at": accepted.pk}).content.decode()
    assert 'data-key="e"' in text
    assert 'data-key="a"' not in text
    answer = sent(desk, accepted, kind="publish", title="Rapport publiceren")
    assert "Changed as you said." in answer.content.decode()
    made = Commitment.objects.get()
    assert (made.kind, made.title) == ("publish", "Rapport publiceren")
    assert answer.context["undoable"].kind == "edited"
    decision = {"decision": answer.context["undoable"].pk}
    desk.post(reverse("admin:commitments_statement_undo"), decision)
    made.refresh_from_db()
    assert (made.kind, made.title) == ("inform", rows.PROMISE)


def test_the_desk_offers_those_who_were_there_as_whom_it_was_promised_to(desk, accepted):
    asker = rows.person("Jan Vandamme")
    rows.speech(accepted.speech.item, text="Wanneer komt het rapport?", person=asker, capacity="member")
    rows.person("Wie er niet was")
    sent(desk, accepted, addressee=str(asker.pk))
    assert Statement.objects.get().addressee == asker
    form = desk.get(DESK, {"at": accepted.pk}).context["edit_form"]
    assert list(form.fields["addressee"].queryset) == [asker]


def test_a_second_person_who_corrects_what_changed_meanwhile_is_told_and_overwrites_nothing(desk, colleague, accepted):
    seen = desk.get(DESK, {"at": accepted.pk}).context["version"]
    edit(statement=accepted, actor=colleague, day=DAY, kind="fund")
    answer = sent(desk, accepted, kind="publish", seen=str(seen))
    assert "Bo was first: edited" in answer.content.decode()
    assert Commitment.objects.get().kind == "fund"


def test_everybody_reads_on_the_page_what_was_corrected_and_that_it_was_undone(client, settings, reviewer, accepted):
    settings.TODAY, settings.LANGUAGE_CODE = DAY, "en"
    page = reverse("commitment", args=[accepted.commitment.uid])
    edit(statement=accepted, actor=reviewer, day=DAY, title="Kort", deadline=Deadline("eind 2027"))
    text = client.get(page).content.decode()
    assert "title: “Ik zal het rapport" in text
    assert "→ “Kort”" in text
    assert "“eind 2027”, 31 December 2027" in text
    assert "Correct it" not in text
    undo(decision=Event.objects.undoable(reviewer.pk).first(), actor=reviewer, day=DAY)
    assert "Undone" in client.get(page).content.decode()


def test_the_page_leads_whoever_judges_to_the_correction(desk, accepted):
    text = desk.get(reverse("commitment", args=[accepted.commitment.uid])).content.decode()
    assert f"{DESK}?at={accepted.pk}" in text
