"""A calendar date as a person types it: `2 juni 2025`, `02/06/2025`, `2025-06-02`, `June 2, 2025`.

Only for what somebody fills in: dateparser is slow and invents what is missing, so it is never used on running text,
and day, month and year have to be there.
"""

from datetime import date

SETTINGS = {"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}


def read_date(text: str) -> date | None:
    """The day that is typed, in Dutch, French or English; None where it is no full date."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    if not text or len(text) > 60:
        return None
    import dateparser  # slow to load, and needed for this alone

    found = dateparser.parse(text, languages=["nl", "fr", "en"], settings=SETTINGS)
    return found.date() if found else None
