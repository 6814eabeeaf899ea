"""A search of commitments as an address tells it: what of the address is the search, and what it finds."""

from urllib.parse import urlencode

from django.http import QueryDict

from commitments.models import Commitment
from commitments.privacy import Viewer
from commitments.querysets import CommitmentQuerySet
from commitments.search_forms import Choices, CommitmentSearch
from commitments.showing import circle
from commitments.team_forms import OfficeSearch

OF_THE_SITE = tuple(CommitmentSearch.base_fields)
OF_THE_OFFICE = tuple(OfficeSearch.base_fields)
NAMES = (*OF_THE_SITE, *OF_THE_OFFICE, circle.NAME)


def query_of(given: QueryDict) -> str:
    """Return the search in an address in one spelling: what is filled in, in a fixed order, without the place in it."""
    filled = ((name, str(given.get(name, "")).strip()) for name in NAMES)
    return urlencode([(name, value) for name, value in filled if value])


def found_by(query: str, *, viewer: Viewer, choices: Choices) -> CommitmentQuerySet:
    """Return the commitments anybody may see that a search finds for a viewer on the day of `choices`."""
    given = QueryDict(query)
    found = CommitmentSearch(given, choices=choices).narrow(Commitment.objects.published(), choices.day)
    if any(name in given for name in OF_THE_OFFICE):
        found = OfficeSearch(given, viewer=viewer).narrow(found)
    return circle.Circle(given, viewer).narrow(found)
