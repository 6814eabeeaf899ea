"""The figures of labelled documents, one row per document, and their sums."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commitments.learning.calibrating import Said, bands
from commitments.learning.labels import LabelledDocument, LabelledSet
from commitments.learning.measuring import NOTHING, Measured, Share, total

HEAD_SAID = ("confidence", "said", "right: documents that rules were mended on", "right: documents kept back")
HEAD = ("set", "document", "register", "core", "recall", "precision", "F1", "due")
ALL = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """What one document comes to, or several together: then what they do not share is called `ALL`."""

    set: str
    document: str
    register: str
    measured: Measured

    def cells(self) -> tuple[str, ...]:
        """Return the row in the order of HEAD, each share with its 95 % interval."""
        one = self.measured
        shares = _share(one.recall), _share(one.precision), f"{one.f1:.3f}", _share(one.due)
        return self.set, self.document, self.register, str(one.recall.of), *shares


def rows(sets: Iterable[LabelledSet], measured: Mapping[str, Measured]) -> list[Row]:
    """Return a row for each document of the sets. measured: by the document's name."""
    return [
        Row(labelled.name, document.name, document.register.value, measured[document.name])
        for labelled in sets
        for document in labelled.documents
    ]


def sums(found: Sequence[Row]) -> list[Row]:
    """Return a row for each set, for each register, and for everything."""
    by_set = [
        Row(name, ALL, ALL, total(one.measured for one in found if one.set == name))
        for name in dict.fromkeys(one.set for one in found)
    ]
    by_register = [
        Row(ALL, ALL, name, total(one.measured for one in found if one.register == name))
        for name in sorted({one.register for one in found})
    ]
    return [*by_set, *by_register, Row(ALL, ALL, ALL, total(one.measured for one in found))]


def reliability(said: Iterable[Said], threshold: float) -> list[tuple[str, ...]]:
    """Return a row of cells, as HEAD_SAID names them, for each band of confidence: what was said, and what was right.

    threshold  the confidence below which nothing is proposed
    """
    every = list(said)
    by_kind = [
        {one.low: one.right for one in bands(x for x in every if x.mended is mended)} for mended in (True, False)
    ]
    return [
        (
            f"{one.low:.2f}–{one.high:.2f}" + (" (not proposed)" if one.high <= threshold else ""),
            f"{one.said:.2f}",
            *(_counted(found.get(one.low, NOTHING)) for found in by_kind),
        )
        for one in bands(every)
    ]


def markdown(found: Iterable[Row]) -> str:
    """Return the rows as a Markdown table, without the column of documents."""
    cells = (row.cells() for row in found)
    return markdown_table([name for name in HEAD if name != "document"], [(one[0], *one[2:]) for one in cells])


def markdown_table(head: Sequence[str], rows_: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cells) + " |" for cells in rows_)])


def documents_of(sets: Iterable[LabelledSet]) -> list[LabelledDocument]:
    return [document for labelled in sets for document in labelled.documents]


def _counted(share: Share) -> str:
    return f"{_share(share)}, {share.hits} of {share.of}" if share.of else "–"


def _share(share: Share) -> str:
    if not share.of:
        return "–"
    low, high = share.interval
    return f"{share.value:.3f} ({low:.2f}–{high:.2f})"
