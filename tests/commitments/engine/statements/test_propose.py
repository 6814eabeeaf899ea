"""What a proposal says: who may promise, how far it reaches, when it is due, and why it was proposed."""

from dataclasses import replace
from datetime import date

import pytest

from commitments.engine.calendars import load
from commitments.engine.statements import propose
from commitments.engine.types import CommitmentKind, Register, Side, Turn
from tests.commitments.engine.statements.conftest import SAID_ON, Say

PROMISE = "Ik zal u de cijfers van de kinderopvang bezorgen."


@pytest.mark.parametrize("side", [Side.MEMBER, Side.CHAIR, Side.OTHER])
def test_only_the_government_side_promises(say: Say, side: Side) -> None:
    assert say((Side.GOVERNMENT, "Liesbet Verhaeren", PROMISE))
    assert not say((side, "Karlien De Meyst", PROMISE))


def test_the_span_is_the_sentence_in_its_turn(say: Say) -> None:
    text = f"Dank u voor uw vraag. {PROMISE} Dat is alles."
    [proposal] = say((Side.MEMBER, "Karlien De Meyst", "Hoe zit dat?"), text)
    assert proposal.turn == 1
    assert text[proposal.start : proposal.end] == proposal.quote == PROMISE


def test_the_member_who_asked_is_the_addressee(say: Say) -> None:
    [proposal] = say((Side.MEMBER, "Karlien De Meyst", "Hoe zit dat?"), PROMISE)
    assert proposal.addressee == "Karlien De Meyst"


def test_a_member_who_is_named_comes_before_the_last_who_spoke(say: Say) -> None:
    [proposal] = say(
        (Side.MEMBER, "Karlien De Meyst", "Hoe zit dat?"), "Mijnheer Van den Broeck, ik zal u die lijst bezorgen."
    )
    assert proposal.addressee == "Van den Broeck"


def test_a_deadline_in_the_sentence_is_the_deadline(say: Say) -> None:
    text = "Tegen eind september zal er een gids worden gepubliceerd."
    [proposal] = say(text)
    assert proposal.deadline is not None
    assert proposal.deadline.due_end == date(2031, 9, 30)
    assert text[proposal.deadline.start : proposal.deadline.end] == proposal.deadline.text


def test_a_date_that_is_over_is_no_deadline(say: Say) -> None:
    [proposal] = say("Zoals op 12 mei 2029 beslist, zal er een gids worden gepubliceerd.")
    assert proposal.deadline is None


def test_the_next_sentence_may_say_when(say: Say) -> None:
    text = "Het agentschap zal een actieplan uitwerken. Dat zal tegen december klaar zijn."
    [proposal] = say(text)
    assert proposal.quote == text
    assert proposal.deadline is not None
    assert proposal.deadline.due_end == date(2031, 12, 31)


def test_a_finished_project_dates_all_that_was_promised_of_it(say: Say) -> None:
    first, second = say(
        "De kosten zullen worden berekend. Ook zullen aanbevelingen worden geformuleerd. "
        "De studie zal klaar zijn tegen eind 2032."
    )
    assert first.deadline == second.deadline
    assert first.deadline is not None
    assert first.deadline.due_end == date(2032, 12, 31)


def test_at_the_same_time_takes_over_the_deadline_before_it(say: Say) -> None:
    _, campaign = say("We openen het loket op 1 juli. Tegelijk zullen we een campagne starten.")
    assert campaign.deadline is not None
    assert campaign.deadline.due_end == date(2031, 7, 1)


def test_a_deadline_of_another_paragraph_is_left_there(say: Say) -> None:
    [proposal] = say("Het agentschap zal een actieplan uitwerken.\nDat was in 2030 al klaar.")
    assert proposal.deadline is None


def test_a_condition_is_kept_in_its_words(say: Say) -> None:
    [proposal] = say("Indien het advies gunstig is, zal ik het ontwerp indienen.")
    assert proposal.conditional
    assert proposal.condition == "Indien het advies gunstig is"


def test_what_is_said_again_repeats_the_first_time(say: Say) -> None:
    first, other, again = say(
        "We zullen de fietspaden langs de expresweg heraanleggen. Ik zal u de cijfers bezorgen. "
        "Zoals gezegd zullen we die fietspaden langs de expresweg heraanleggen."
    )
    assert first.repeats is None
    assert other.repeats is None
    assert again.repeats == 0


def test_a_proposal_says_why(say: Say) -> None:
    [proposal] = say("In 2032 zal een gids worden gepubliceerd.")
    rules = [cue.rule for cue in proposal.cues]
    assert rules[0] == "zal-lijdend"
    assert "einddatum" in rules
    assert all(cue.why.endswith(".") for cue in proposal.cues)
    assert next(cue for cue in proposal.cues if cue.rule == "einddatum").words == "In 2032"


def test_a_promise_between_quotation_marks_is_somebody_elses(say: Say) -> None:
    assert not say("In het verslag staat: “De dienst zal de aanvragen voortaan binnen de maand behandelen.”")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ik zal u de lijst bezorgen.", CommitmentKind.INFORM),
        ("De gids zal worden gepubliceerd.", CommitmentKind.PUBLISH),
        ("We zullen het decreet aanpassen.", CommitmentKind.LEGISLATE),
        ("Ik zal met de vakbonden overleggen.", CommitmentKind.CONSULT),
        ("Ik laat onderzoeken hoe dat komt.", CommitmentKind.EXAMINE),
        ("We maken drie miljoen euro vrij.", CommitmentKind.FUND),
        ("We zullen de brug herstellen.", CommitmentKind.ACT),
    ],
)
def test_the_kind_follows_from_the_words(say: Say, sentence: str, kind: CommitmentKind) -> None:
    [proposal] = say(sentence)
    assert proposal.kind is kind


@pytest.mark.parametrize(
    ("sentence", "summary"),
    [
        ("In 2032 zal een handboek worden verspreid waarin alle lessen staan.", "Handboek verspreiden"),
        ("Daarnaast zal ik een werkgroep oprichten.", "Werkgroep oprichten"),
        ("Ik laat de studie vertalen.", "Studie laten vertalen"),
        ("Dat voorstel nemen we mee in de volgende versie.", "Voorstel meenemen in de volgende versie"),
        ("Ik leg in mei een ontwerp van decreet voor.", "Ontwerp van decreet voorleggen"),
        ("We maken drie miljoen euro vrij.", "Drie miljoen euro vrijmaken"),
        ("Ik onderzoek of de drempel lager kan.", "Onderzoeken of de drempel lager kan"),
        ("Er zal een beroep worden gedaan op experten.", "Beroep doen op experten"),
        ("De nieuwe regels zullen in het najaar worden meegedeeld.", "Nieuwe regels meedelen"),
        ("Het aanbod voor starters breiden we uit in 2032.", "Aanbod voor starters uitbreiden"),
    ],
)
def test_the_summary_is_made_of_the_sentences_own_words(say: Say, sentence: str, summary: str) -> None:
    [proposal] = say(sentence)
    assert proposal.summary == summary


@pytest.mark.parametrize(
    "sentence",
    [
        "De VMM werft tegen 1 mei twintig mensen aan.",
        "Op 2 mei vindt een gebruikersdag plaats.",
        "Als die oproep goed wordt onthaald, zal ik hem in het najaar herhalen.",
    ],
)
def test_where_a_summary_would_be_a_fragment_the_sentence_itself_stands(say: Say, sentence: str) -> None:
    [proposal] = say(sentence)
    assert proposal.summary == sentence


def test_who_does_without_the_summary_gets_the_same_proposals() -> None:
    turns, calendar = [Turn(f"{PROMISE} Wij bouwen in 2032 een loket.", "Liesbet Verhaeren", Side.GOVERNMENT)], load()
    whole = propose(turns, said_on=SAID_ON, register=Register.SPOKEN, calendar=calendar)
    bare = propose(turns, said_on=SAID_ON, register=Register.SPOKEN, calendar=calendar, summarised=False)
    assert len(whole) == 2
    assert bare == [replace(one, summary="") for one in whole]


def test_a_long_sentence_is_shortened_at_a_word(say: Say) -> None:
    sentence = f"De VMM werft tegen 1 mei twintig mensen aan in {', '.join(['Oostende', 'Genk', 'Aalst'] * 8)}."
    [proposal] = say(sentence)
    assert len(proposal.summary) <= 120
    assert proposal.summary.endswith(" …")
    assert sentence.startswith(proposal.summary.removesuffix(" …"))


def test_no_proposal_is_certain(say: Say) -> None:
    [proposal] = say("Ik beloof dat ik u de lijst tegen 1 mei schriftelijk zal bezorgen.")
    assert proposal.confidence <= 0.99


def test_what_is_quoted_from_a_text_of_the_ministers_own_is_promised(say: Say) -> None:
    assert say("In mijn beleidsnota staat het zo: “We richten een fonds op. We zullen de musea renoveren.”")
    assert not say("In de brief van de vakbond staat: “We richten een fonds op voor de eigen leden.”")


def test_the_year_of_what_is_handled_is_not_when(say: Say) -> None:
    [proposal] = say("Ik laat de begroting voor 2032 nakijken door de inspectie.")
    assert proposal.deadline is None


def test_the_present_tense_of_a_policy_note_promises_where_a_speech_does_not(say: Say) -> None:
    sentence = "Ik versterk de begeleiding van starters."
    assert say(sentence, register=Register.POLICY)
    assert not say(sentence, register=Register.SPOKEN)
