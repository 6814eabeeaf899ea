"""Examples of what the API answers and is sent, for its description."""

from typing import Any

PERSON = {"uid": "5b0f7c0e-3a0e-4b57-9a55-0c7a0f0a1c11", "name": "Els Vanrode"}
COMMITMENT = "8d6c1c8e-6f3c-4d6e-9b52-2f6f3a1e4d20"
DOCUMENT = {
    "uid": "c2a1f7b4-1d2e-4f67-8a90-5b4c3d2e1f00",
    "title": "Verslag van de commissie voor Wonen",
    "kind": "verslag",
    "date": "2026-01-20",
}
DEADLINE = {
    "words": "tegen eind maart",
    "interval": "2026-03-21/2026-03-31",
    "start": "2026-03-21",
    "end": "2026-03-31",
    "precision": "month",
    "modifier": "by",
    "rule": "tegen-maand",
}
CUE = {"rule": "ik-zal", "weight": 1.5, "words": "Ik zal", "why": "De minister belooft het zelf."}
TALLY = {
    "total": 120, "open": 80, "partly": 6, "overdue": 21, "days_late": 940, "waiting": 4, "dated": 70, "fulfilled": 31,
    "on_time": 12, "late": 14, "undated": 5, "dropped": 3, "lapsed": 4, "superseded": 2, "slipped": 18,
    "days_slipped": 2210,
}  # fmt: skip

# By the name of the component, one that is whole.
EXAMPLES: dict[str, dict[str, Any]] = {
    "Person": PERSON,
    "Deadline": DEADLINE,
    "Cue": CUE,
    "Problem": {
        "type": "about:blank",
        "title": "The request makes no sense",
        "status": 400,
        "detail": "as_of: “yesterday” is not a day. Write it as YYYY-MM-DD.",
        "errors": {"as_of": ["“yesterday” is not a day. Write it as YYYY-MM-DD."]},
    },
    "Event": {
        "uid": "1f0f6a52-8f0e-4a37-a1de-6b0f6f2c9a01",
        "at": "2026-04-01T06:00:12+02:00",
        "day": "2026-04-01",
        "kind": "became_overdue",
        "commitment": COMMITMENT,
        "statement": None,
        "follow_up": None,
        "about_day": "2026-03-31",
        "change": "31 maart 2026",
        "before": {},
        "after": {"due_end": "2026-03-31"},
    },
    "HeldMandate": {
        "uid": "0e8a1d34-77c1-4c9b-8f5d-9a1b2c3d4e5f",
        "person": PERSON,
        "title": "Vlaams minister",
        "portfolio": "Wonen, Energie en Klimaat",
        "start": "2024-09-30",
        "end": None,
    },
    "Totals": {"as_of": "2026-06-15", **TALLY},
    "ByMinister": {"minister": PERSON, **TALLY},
    "OnDay": {"day": "2026-05-31", **TALLY},
    "Accept": {"title": "Het rapport over de wachtlijsten bezorgen", "seen": 4711},
    "Reject": {"reason": "fact", "words": "dat gebeurde al"},
    "Confirm": {"kind": "postponed", "deadline": {"words": "tegen eind juni"}},
    "Dismiss": {"reason": "same-subject"},
    "Link": {
        "commitment": COMMITMENT,
        "item": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        "kind": "recalled",
        "note": "blz. 12",
    },
    "WriteNote": {"text": "Navragen bij het kabinet."},
}


def with_examples(result: dict[str, Any], generator: Any, request: Any, public: Any) -> dict[str, Any]:
    """Put the examples into the schema, as JSON Schema has them. A hook of drf-spectacular."""
    components = result["components"]["schemas"]
    for name, example in EXAMPLES.items():
        components[name]["examples"] = [example]
    return result
