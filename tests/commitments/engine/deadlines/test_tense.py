"""A month without its year is the next or the last one as the verb says, also where no table knows the verb."""

from datetime import date

import pytest

from commitments.engine import calendars, deadlines

CALENDAR = calendars.load()
OCTOBER = date(2026, 10, 14)
# third person of the present, particle, past, plural of the past, participle, infinitive
VERBS = [
    ("reikt", "uit", "reikte", "reikten", "uitgereikt", "uitreiken"),
    ("bundelt", "", "bundelde", "bundelden", "gebundeld", "bundelen"),
    ("besteedt", "aan", "besteedde", "besteedden", "aanbesteed", "aanbesteden"),
    ("verspreidt", "", "verspreidde", "verspreidden", "verspreid", "verspreiden"),
    ("vervangt", "", "verving", "vervingen", "vervangen", "vervangen"),
    ("herneemt", "", "hernam", "hernamen", "hernomen", "hernemen"),
    ("verschuift", "", "verschoof", "verschoven", "verschoven", "verschuiven"),
    ("plaatst", "", "plaatste", "plaatsten", "geplaatst", "plaatsen"),
    ("kaart", "aan", "kaartte", "kaartten", "aangekaart", "aankaarten"),
    ("screent", "", "screende", "screenden", "gescreend", "screenen"),
    ("doet", "weg", "deed", "deden", "weggedaan", "wegdoen"),
    ("verkoopt", "", "verkocht", "verkochten", "verkocht", "verkopen"),
]  # fmt: skip


def year_of_may(sentence: str) -> int | None:
    (found,) = (each for each in deadlines.read(sentence, OCTOBER, CALENDAR) if "mei" in each.text)
    return found.due_start and found.due_start.year


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[5])
def test_a_verb_of_the_present_looks_ahead(verb: tuple[str, ...]) -> None:
    now, particle, _, _, participle, infinitive = verb
    plural = infinitive.removeprefix(particle)
    for sentence in (
        f"Het agentschap {now} in mei een tweede lijst {particle}.",
        f"In mei {now} de dienst een tweede lijst {particle}.",
        f"De bevoegde diensten {plural} in mei een tweede lijst {particle}.",
        f"Wij {plural} dat opnieuw in mei {particle}.",
        f"Dat betekent dat de dienst in mei een tweede lijst {particle}{now}.",
        f"De dienst zal dat dossier in mei {infinitive}.",
        f"Dat dossier wordt in mei {participle}.",
    ):
        assert year_of_may(sentence) == 2027, sentence


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[5])
def test_a_verb_of_the_past_looks_back(verb: tuple[str, ...]) -> None:
    _, particle, past, plural, participle, _ = verb
    inflected = participle if participle.endswith("en") or participle == "weggedaan" else f"{participle}e"
    for sentence in (
        f"Het agentschap {past} in mei een tweede lijst {particle}.",
        f"In mei {past} de dienst een tweede lijst {particle}.",
        f"De bevoegde diensten {plural} in mei een tweede lijst {particle}.",
        f"De lijst die de dienst in mei {particle}{past}, klopt.",
        f"De dienst heeft dat dossier in mei {participle}.",
        f"Dat dossier is in mei {participle}.",
        f"De in mei {inflected} dossiers zijn in orde.",
    ):
        assert year_of_may(sentence) == 2026, sentence


def test_an_adjective_is_no_past_form() -> None:
    assert year_of_may("De gerichte en vernieuwde oproep start in mei.") == 2027
    assert year_of_may("In mei volgen concrete voorstellen voor de hele gemeente.") == 2027


def test_a_planned_thing_behind_an_article_is_ahead() -> None:
    assert year_of_may("De in mei geplande hoorzitting gaat over water.") == 2027


def test_a_state_before_a_day_to_come_is_no_past() -> None:
    (found,) = deadlines.read("Voor eind september is elke school bezocht.", date(2020, 6, 30), CALENDAR)
    assert (found.kind, str(found.due_end)) == ("deadline", "2020-09-30")
    (over,) = deadlines.read("Voor 1 juli zijn de dossiers verwerkt.", date(2023, 8, 28), CALENDAR)
    assert over.kind == "past"


def test_a_participle_without_auxiliary_is_past_unless_one_waits() -> None:
    assert year_of_may("De tekst, goedgekeurd in mei, wordt nu uitgevoerd.") == 2026
    assert year_of_may("Zoals in mei aangekondigd, komt er een decreet.") == 2026
    assert year_of_may("De tekst wordt, zoals gezegd, goedgekeurd in mei.") == 2027


def test_an_expression_in_front_waits_for_the_clause_that_goes_on() -> None:
    assert year_of_may("In mei, en daar hebt u gelijk in dat het vroeger had gekund, zal ik dat tonen.") == 2027
    assert year_of_may("In mei, toen u nog geen lid was, heb ik dat al gezegd.") == 2026


def test_a_term_after_an_event_keeps_the_words_of_the_event() -> None:
    (found,) = deadlines.read("Binnen twee maanden na de publicatie van het besluit beslist hij.", OCTOBER, CALENDAR)
    assert found.text == "Binnen twee maanden na de publicatie van het besluit"


def test_a_clause_behind_and_has_the_tense_of_its_own_verb() -> None:
    assert year_of_may("De raad kwam bijeen en beslist in mei.") == 2027
    assert year_of_may("Wij hebben dat besproken en zullen het in mei herhalen.") == 2027
    assert year_of_may("De commissie besprak de voor- en nadelen in mei.") == 2026


def test_a_length_told_of_the_past_is_no_deadline() -> None:
    for sentence, kind in (
        ("Binnen de twee weken kregen zij een antwoord.", "duration"),
        ("Zij hebben binnen de maand geantwoord.", "duration"),
        ("Ik heb gevraagd dat binnen de twee weken te doen.", "deadline"),
        ("Binnen de twee weken is dat opgelost.", "deadline"),
    ):
        (found,) = deadlines.read(sentence, OCTOBER, CALENDAR)
        assert found.kind == kind, sentence
