"""A hyphen at a line end goes, unless it belongs to the word."""

import pytest

from tests.transcripts.parsing.conftest import HEADING, parsed
from transcripts.parsing.hyphens import Hyphens, Joint


def joined(line: str, following: str, text: str = "") -> str:
    joint = Hyphens(text, [(line, following)]).joint(line, following)
    if joint is Joint.DROP:
        return line[:-1] + following
    return line + (" " if joint is Joint.SPACE else "") + following


@pytest.mark.parametrize(
    ("line", "following", "word"),
    [
        ("de beveili-", "ging van", "de beveiliging van"),
        ("Cul-", "tuur", "Cultuur"),
        ("de So-", "ciaal-Economische Raad", "de Sociaal-Economische Raad"),
        ("het niet-ak-", "koord", "het niet-akkoord"),
        ("de vicemi-", "nister-president", "de viceminister-president"),
        ("fi-", "nancieel", "financieel"),
        ("een financi-", "eel plan", "een financieel plan"),
        ("een archa-", "ische regel", "een archaische regel"),
        ("mer-", "ken", "merken"),
        ("zo-", "als", "zoals"),
        ("Ou-", "ders", "Ouders"),
        ("ex-", "perts", "experts"),
    ],
)
def test_a_word_that_was_broken_is_made_whole(line, following, word):
    assert joined(line, following) == word


@pytest.mark.parametrize(
    ("line", "following", "word"),
    [
        ("de minister-", "president", "de minister-president"),
        ("de kmo-", "participatie", "de kmo-participatie"),
        ("de NIS2-", "regelgeving", "de NIS2-regelgeving"),
        ("een win-", "winsituatie", "een win-winsituatie"),
        ("de EU-", "richtlijn", "de EU-richtlijn"),
        ("de 60-", "plussers", "de 60-plussers"),
        ("COVID-", "19", "COVID-19"),
        ("West-", "Vlaanderen", "West-Vlaanderen"),
        ("de N-", "VA", "de N-VA"),
        ("een e-", "loket", "een e-loket"),
        ("de btw-", "verlaging", "de btw-verlaging"),
        ("de secretaris-", "generaal", "de secretaris-generaal"),
        ("een kosten-", "batenanalyse", "een kosten-batenanalyse"),
        ("een start-", "up", "een start-up"),
        ("oud-", "minister Claes", "oud-minister Claes"),
        ("de energie-", "efficiëntie", "de energie-efficiëntie"),
        ("2019-", "2020", "2019-2020"),
        ("(https://voorbeeld.be/de-", "nota)", "(https://voorbeeld.be/de-nota)"),
    ],
)
def test_a_hyphen_of_the_word_itself_stays(line, following, word):
    assert joined(line, following) == word


@pytest.mark.parametrize("word", ["en", "of"])
def test_an_ellipsis_keeps_its_hyphen_and_its_space(word):
    assert joined("de in-", f"{word} uitvoer") == f"de in- {word} uitvoer"


def test_a_dash_between_spaces_joins_nothing():
    assert joined("op vraag van velen -", "aan de orde") == "op vraag van velen - aan de orde"


def test_the_other_spellings_in_the_document_decide_first():
    assert joined("de data-", "kluis", "Een datakluis is veilig.") == "de datakluis"
    assert joined("de zorg-", "kas", "Elke zorg-kas en de zorg-kas.") == "de zorg-kas"
    assert joined("het ‘high-", "trust’ principe", "Een ‘high-trust’ beleid.") == "het ‘high-trust’ principe"
    assert joined("de minister-", "raad", "In de ministerraad.") == "de ministerraad"


def test_of_two_spellings_the_more_frequent_one_decides():
    assert joined("de data-", "kluis", "Data-kluis en datakluis, een (datakluis).") == "de datakluis"
    assert joined("de data-", "kluis", "Een datakluis, of -data-kluis en DATA-KLUIS.") == "de data-kluis"
    assert joined("de ex-", "minister", "Een ex-minister, exminister.") == "de ex-minister"  # as often: a list decides


def test_a_hyphen_followed_by_a_space_at_the_line_end_is_undone_too():
    (turn,) = parsed(f"{HEADING}\nDe voorzitter: Dit is een vergade- \nring van de com-\nmissie.\n").turns()
    assert turn.text == "Dit is een vergadering van de commissie."


def test_a_word_broken_by_a_page_break_and_its_header_is_made_whole():
    text = (
        f"{HEADING}\nMinister Jo Claes: We werken aan de maat-\n\n"
        "12 Commissievergadering nr. C14 (2023-2024) – 12 maart 2024\n\nVlaams Parlement\n\n regel voor de kmo-\n"
        " participatie.\n"
    )
    (turn,) = parsed(text).turns()
    assert turn.text == "We werken aan de maatregel voor de kmo-participatie."


def test_a_soft_hyphen_at_the_line_end_always_goes():
    (turn,) = parsed(f"{HEADING}\nDe voorzitter: Een verga\u00ad\ndering.\n").turns()
    assert turn.text == "Een vergadering."
