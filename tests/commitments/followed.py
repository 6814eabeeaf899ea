"""A promise and later documents about it, for tests of follow-ups."""

from datetime import timedelta

from commitments.models import Extraction
from tests import rows
from transcripts.models import Document, Speech

PROMISE = "Ik zal de handleiding voor de taalscreening tegen eind maart aan de scholen bezorgen."
ASKED = "Minister, u beloofde de handleiding voor de taalscreening tegen eind maart te bezorgen. Waar blijft ze?"
PUT_OFF = "De handleiding voor de taalscreening zal pas in september aan de scholen worden bezorgd."
DONE = "De handleiding voor de taalscreening werd op 3 april aan alle scholen bezorgd."
OTHER = "Het aantal leerlingen in de kleuterklassen daalt dit jaar opnieuw."


def later(*answers: str, days: int = 120, minister: str = "Els Vanrode", question: str = ASKED) -> Document:
    """A later document with one item: a member's question and the minister's answer, read by the engine."""
    paper = rows.document("Verslag van een latere commissie", rows.SAID_ON + timedelta(days=days))
    item = rows.item(paper, "Vraag om uitleg over de taalscreening")
    rows.speech(
        item, question, person=rows.person("Karim Daems"), label="Karim Daems", capacity=Speech.Capacities.MEMBER
    )
    for text in answers:
        rows.speech(item, text, person=rows.person(minister), label=f"Minister {minister}")
    Extraction.objects.create(document=paper, state=Extraction.State.DONE)
    return paper
