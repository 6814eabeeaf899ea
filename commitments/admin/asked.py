"""What a request to the desk says beside its decision: where, with which filters, and what of the row was seen."""

from django.http import HttpRequest

OF_ONE = ("at", "find")  # what the address says of one proposal, and not of the queue
NONE = 0  # the id of no proposal: the first that waits is shown


def at_of(request: HttpRequest) -> int | None:
    """Return the id in the address, None without one."""
    return number(request.GET.get("at", ""))


def seen_by(request: HttpRequest) -> int:
    """Return which version the page showed (services.judging.newest_event), 0 where it does not say."""
    return number(request.POST.get("seen", "")) or 0


def filters_of(request: HttpRequest, at: int | None = None) -> str:
    """Return the filters in the address, for another one; a place and a search belong to one proposal only."""
    query = request.GET.copy()
    for name in OF_ONE:
        query.pop(name, None)
    if at is not None:
        query["at"] = str(at)
    return query.urlencode()


def address_of(request: HttpRequest, desk: str, pk: int | None) -> str:
    """Return the address of a desk with its filters, at one proposal."""
    query = filters_of(request, at=pk)
    return f"{desk}?{query}" if query else desk


def is_fetched(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def number(words: str) -> int | None:
    """Return a number that can be an id, None for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 19 else None
