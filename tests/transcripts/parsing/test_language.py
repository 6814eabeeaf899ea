"""Only Dutch is read; what is in another language is kept and marked."""

from datetime import date

import pytest

from transcripts.parsing import parse
from transcripts.parsing.language import foreign_language
from transcripts.parsing.transcript import DocumentKind, Reason
from transcripts.reading import read

FRENCH = (
    "Monsieur le Ministre, je vous remercie pour votre réponse. Nous avons entendu que les travaux de la route ne sont "
    "pas terminés et que les communes attendent une décision. Est-ce que le gouvernement va donner une suite à ces "
    "demandes avec les moyens qui sont prévus dans le budget ? Je pense que cela est possible pour tous.\n"
)
DUTCH = (
    "Minister, ik dank u voor het antwoord. Wij hebben gehoord dat de werken aan de weg nog niet klaar zijn en dat de "
    "gemeenten op een beslissing wachten. Zal de regering daar gevolg aan geven met de middelen die in de begroting "
    "staan? Ik denk dat het voor iedereen kan.\n"
)
GERMAN = (
    "Herr Minister, ich danke Ihnen für die Antwort. Wir haben gehört, dass die Arbeiten an der Straße noch nicht "
    "fertig sind und dass die Gemeinden auf eine Entscheidung warten. Wird die Regierung das tun?\n"
)
ENGLISH = (
    "Minister, I thank you for the answer. We have heard that the works on the road are not finished and that the "
    "towns are waiting for a decision. Will the government do it with the money that is in the budget?\n"
)


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "fr"), (GERMAN, "de"), (ENGLISH, "en"), (DUTCH, "")])
def test_the_small_words_of_a_text_tell_its_language(text, language):
    assert foreign_language(text * 5) == language
    assert foreign_language(text * 500) == language


@pytest.mark.parametrize("text", ["", "Oui, merci beaucoup.", "1 2 3 4", (DUTCH + FRENCH) * 20])
def test_too_few_words_and_two_languages_in_turn_are_taken_for_dutch(text):
    assert foreign_language(text) == ""


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_document_in_french_is_kept_and_holds_no_speech(kind):
    text = ("Jan Maes (MR), Rita Claes (MR). – Se sont abstenus : " + FRENCH) * 5
    transcript = parse(read(text.encode(), "c1.txt"), kind=kind, said_on=date(2024, 3, 12), minister="Jo Claes")
    assert transcript.turns() == []
    assert [(run.start, run.end, run.reason) for run in transcript.account] == [(0, len(text), Reason.FOREIGN)]
    assert "not in Dutch" in " ".join(map(str, transcript.warnings))
