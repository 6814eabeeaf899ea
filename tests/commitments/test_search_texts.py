"""Words are sought in the texts of commitments: found wherever they stand, the same on both databases."""

import pytest
from django.core.management import call_command

from commitments.index import texts
from commitments.models import Commitment, Event, OutsideStatement, Statement
from tests import rows

pytestmark = pytest.mark.django_db


def found(words: str) -> set[Commitment]:
    return set(Commitment.objects.matching(words))


@pytest.fixture
def made() -> Commitment:
    quote = "Ik zal de geëvalueerde renovatiepremies (50% van 1.8 miljoen) tegen mei aan u bezorgen."
    return rows.commitment(turn=rows.speech(text=quote), quote=quote, title="Overzicht", due_text="tegen mei")


@pytest.mark.parametrize(
    "words",
    [
        "renovatiepremies", "premies", "PREMIE", "geevalueerde", "geëvalueerde", "overzicht mei", "50%", "1.8", "u",
        "%",         "Vanrode", "vanrode premies", "(50%",
    ],
)  # fmt: skip
def test_a_word_is_found_wherever_it_stands_whatever_its_accents_and_capitals(made, words):
    rows.commitment(turn=rows.speech(person=rows.person("Jan Peeters"), text="Iets om."), quote="Iets om.", title="X")
    Commitment.objects.exclude(pk=made.pk).update(due_text="")
    assert found(words) == {made}


@pytest.mark.parametrize("words", ["wonen", "premies wonen", "5_%", "a%e", '"', "zz", "'; DROP TABLE x; --", "!"])
def test_what_does_not_stand_there_is_not_found_and_signs_mean_themselves(made, words):
    assert found(words) == set()


def test_what_is_closed_is_found_as_what_is_open(made):
    made.status = Commitment.Status.FULFILLED
    made.save()
    assert found("renovatiepremies") == {made}


def test_another_statement_of_it_is_found_and_one_that_was_taken_away_is_not(made):
    said = rows.statement(rows.speech(), rows.NEXT, state=Statement.State.ACCEPTED, commitment=made)
    assert found("vraag nieuws") == {made}
    said.commitment, said.state = None, Statement.State.PROPOSED
    said.save()
    Event.objects.create(day=rows.SAID_ON, kind=Event.Kind.REOPENED, commitment=made, statement=said)
    assert found("vraag nieuws") == set()


def test_what_was_said_outside_parliament_is_found(made):
    OutsideStatement.objects.create(
        commitment=made, quote="Het komt er nog dit najaar.", said_on=rows.SAID_ON, source_name="Krant", public=True
    )
    assert found("najaar") == {made}


def test_a_promise_that_is_gone_leaves_nothing_behind(made):
    made.statements.update(commitment=None)
    before = texts.count()
    made.delete()
    assert texts.count() == before - 1


def test_who_is_renamed_is_found_by_the_new_name(made):
    made.person.name = "Els Dewit"
    made.person.save()
    assert found("dewit") == {made}
    assert found("vanrode") == set()


def test_the_index_is_built_anew_by_its_command(made):
    texts.clear()
    assert found("renovatiepremies") == set()
    call_command("rebuild_index", verbosity=0)
    assert found("renovatiepremies") == {made}
