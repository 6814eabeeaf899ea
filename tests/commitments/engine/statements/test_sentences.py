"""Where sentences end, and that every offset is exact."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.engine.statements.sentences import borders, clause, split


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Dat is zo. Dit ook.", ["Dat is zo.", "Dit ook."]),
        ("Op 1 jan. 2031 begint dat. Goed.", ["Op 1 jan. 2031 begint dat.", "Goed."]),
        ("Dat geldt o.a. voor scholen, bijv. in Gent.", ["Dat geldt o.a. voor scholen, bijv. in Gent."]),
        ("J. Peeters vroeg dat. Ik niet.", ["J. Peeters vroeg dat.", "Ik niet."]),
        ("Dat kost 1.250.000 euro. Veel!", ["Dat kost 1.250.000 euro.", "Veel!"]),
        ("Hij vroeg: “Komt dat?” Ja.", ["Hij vroeg: “Komt dat?”", "Ja."]),
        ("Scholen, crèches enz. Ook de rest volgt.", ["Scholen, crèches enz.", "Ook de rest volgt."]),
        ("Eerste alinea\nTweede alinea", ["Eerste alinea", "Tweede alinea"]),
        ("1. Het register wordt uitgebreid. 2. Neen.", ["1. Het register wordt uitgebreid.", "2. Neen."]),
        ("- een punt\n- nog een", ["een punt", "nog een"]),
        ("Dat komt goed. (Applaus bij de meerderheid) Echt.", ["Dat komt goed.", "Echt."]),
        ("Zie www.vlaanderen.be/a voor meer.", ["Zie www.vlaanderen.be/a voor meer."]),
        ("Wij … wachten af. Punt.", ["Wij … wachten af.", "Punt."]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_a_paragraph_has_its_number() -> None:
    assert [s.paragraph for s in split("Een. Twee.\nDrie.")] == [0, 0, 1]


@given(st.text(alphabet=st.sampled_from("aB. ,!?\n(“”):;1…•-Opmerkingen"), max_size=200))
def test_sentences_stand_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for sentence in split(text):
        assert last <= sentence.start < sentence.end <= len(text)
        assert not text[sentence.start].isspace()
        last = sentence.end


def test_a_clause_reaches_from_comma_to_comma() -> None:
    sentence = "als dat lukt, zal ik het doen, maar niet eerder"
    first, last = clause(borders(sentence), sentence.index("zal"), sentence.index("doen") + 4, len(sentence))
    assert sentence[first:last].strip() == "zal ik het doen"


@pytest.mark.parametrize("unit", ["bijv. ", "“J. "])
def test_a_sentence_without_an_end_is_cut_in_time_that_grows_with_its_length(unit: str) -> None:
    def seconds(length: int, times: int) -> float:
        text = unit * (length // len(unit))
        spent = []
        for _ in range(times):
            before = process_time()
            split(text)
            spent.append(process_time() - before)
        return min(spent)

    # Thirty-two times the text in linear time takes 32 times as long, in quadratic time a thousand times.
    assert seconds(1_600_000, 1) < 120 * seconds(50_000, 3) + 0.1
