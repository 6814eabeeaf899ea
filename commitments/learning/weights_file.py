"""weights.toml: read what training starts from, write what it came to, for a person to read."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from commitments.engine.statements.rules import FOLDER
from commitments.engine.statements.weights import Calibration, Weights
from commitments.engine.types import Register
from commitments.learning.calibrating import bands
from commitments.learning.labels import CORE, LabelledSet
from commitments.learning.measuring import Measured, total
from commitments.learning.training import Lesson

PATH = FOLDER / "weights.toml"
_PREAMBLE = """\
# What each part of the sum is worth, in log-odds. Written by `manage.py train` from labelled documents; what a person
# thought each part worth stands with its rule, and training keeps near it (commitments/learning/fitting.py). A rule
# that is not named under [weights] was in none of these documents, or is newer than they are: it is worth what stands
# with it.
#
# threshold    a sentence must be this sure to be proposed: where recall and precision are best together (F1), measured
#              on documents left out of the fit
# calibration  of the sentences with about the sum in `sums`, the share in `right` was a promise, counted on documents
#              left out of the fit; between two sums it lies between their shares
# start        what the sum started from before anything was learned, per register
# learned.said of the left-out sentences, how sure they were said to be and what share of them was right: on documents
#              for which rules were mended, and on those kept back
"""


def start(path: Path = PATH) -> Weights:
    """Return the weights that training begins with: the rules' own, over the bias a person gave."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["start"]
    bias = {register: float(rows[register.value]) for register in Register}
    return Weights(threshold=0.5, calibration=Calibration.straight(1.0, 0.0), bias=bias, rules={})


def written(lesson: Lesson, sets: Iterable[LabelledSet], begun: Weights, *, on: date) -> str:
    """Return the text of weights.toml after a lesson. on: the day it was learned."""
    rows = lesson.weights.to_rows()
    learned: dict[str, Any] = {
        "on": on,
        "candidates": lesson.examples,
        "labelled": [_described(one) for one in sets if not one.missing],
    }
    tables = {
        "learned": learned,
        "learned.after": _scores(total(lesson.after.values())),
        "learned.left-out": _scores(total(lesson.left_out.values())),
        "learned.said": {
            name: [
                [round(one.said, 2), round(one.right.value, 2), one.right.of]
                for one in bands(said for said in lesson.said if said.mended is mended)
            ]
            for name, mended in (("mended", True), ("kept", False))
        },
        "calibration": rows["calibration"],
        "start": {register.value: weight for register, weight in begun.bias.items()},
        "bias": rows["bias"],
        "weights": rows["weights"],
    }
    parts = [_PREAMBLE, f"threshold = {rows['threshold']}\n"]
    for name, one in tables.items():
        parts.append(f"[{name}]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in one.items()))
    return "\n".join(parts)


def _described(labelled: LabelledSet) -> str:
    labels = [label for document in labelled.documents for label in document.labels]
    core = sum(label.tier == CORE for label in labels)
    return f"{labelled.name}: {len(labelled.documents)} documents, {core} core, {len(labels) - core} optional"


def _scores(measured: Measured) -> dict[str, float]:
    return {
        "recall": round(measured.recall.value, 3),
        "precision": round(measured.precision.value, 3),
        "due": round(measured.due.value, 3),
    }


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Sequence) and not any(isinstance(one, (str, Sequence)) for one in value):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Sequence):
        return "[" + "".join(f"\n    {_value(one)}," for one in value) + ("\n" if value else "") + "]"
    return str(value)
