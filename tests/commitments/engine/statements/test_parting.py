"""A sentence of two promises gives two proposals; a remark beside a promise is left outside its quote."""

import pytest

from commitments.engine.types import Register
from tests.commitments.engine.statements.conftest import Say


def read(say: Say, text: str, register: Register = Register.SPOKEN) -> list[tuple[str, str]]:
    return [
        (p.quote, p.deadline.due_end.isoformat() if p.deadline and p.deadline.due_end else "")
        for p in say(text, register=register)
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Ik breng de noden in mei in kaart en in het najaar leg ik een voorstel voor aan de regering.",
            [
                ("Ik breng de noden in mei in kaart", "2031-05-31"),
                ("in het najaar leg ik een voorstel voor aan de regering.", "2031-12-31"),
            ],
        ),
        (
            "In april worden vijf bussen geleverd, in mei volgt een tweede reeks van tien.",
            [
                ("In april worden vijf bussen geleverd", "2031-04-30"),
                ("in mei volgt een tweede reeks van tien.", "2031-05-31"),
            ],
        ),
        (
            "We laten het dak herstellen; de gevel wordt in 2032 gerenoveerd.",
            [("We laten het dak herstellen;", ""), ("de gevel wordt in 2032 gerenoveerd.", "2032-12-31")],
        ),
    ],
)
def test_two_promises_in_one_sentence_are_two_each_with_its_own_day(
    say: Say, text: str, parts: list[tuple[str, str]]
) -> None:
    assert read(say, text) == parts


def test_a_promise_behind_a_semicolon_stands_without_the_remark_before_it(say: Say) -> None:
    assert read(say, "De raming van vorig jaar klopte niet; een nieuwe bezorg ik u in mei.") == [
        ("een nieuwe bezorg ik u in mei.", "2031-05-31")
    ]


def test_a_verb_without_a_subject_takes_over_the_one_of_the_first_promise(say: Say) -> None:
    text = "Ik evalueer de oproep samen met de sector en stuur de criteria bij in 2032."
    assert read(say, text) == [
        ("Ik evalueer de oproep samen met de sector", ""),
        ("stuur de criteria bij in 2032.", "2032-12-31"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ik zal laten onderzoeken of de premie wordt verhoogd en de voorwaarden worden aangepast.",
        "Als de proef in mei goed afloopt, starten we in september in alle provincies.",
        "We zullen de gids publiceren en verspreiden in alle steden en gemeenten.",
        "We voorzien een budget voor de scholen en de academies in de hele provincie.",
    ],
)
def test_one_promise_stays_in_one_piece(say: Say, text: str) -> None:
    assert [quote for quote, _ in read(say, text)] == [text]


def test_a_list_of_things_is_not_parted_before_its_verb(say: Say) -> None:
    text = "Ik investeer in 2032 in een fonds voor zalen, velden en zwembaden en verbreed de begeleiding van de clubs."
    assert [quote.split()[0] for quote, _ in read(say, text, Register.POLICY)] == ["Ik", "verbreed"]
