"""Every address of the site that shows a page, found in the table of doors, and a browser that is logged in at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client

from tests.commitments.doors import House
from tests.commitments.table_of_doors import GROUPS

HTML = "text/html"


class Asked:
    """Stands where a client is handed to a door, and notes what would be asked for by GET."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def get(self, path: str, query: dict[str, str] | None = None) -> None:
        self.addresses.append(f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, *given: object, **more: object) -> None:
        """Does something, so it shows nothing of its own."""


def pages_for(house: House, persona: str) -> list[str]:
    """The addresses at which this person finds a page: no file, no data, nothing that leads on elsewhere."""
    asked, client = Asked(), house.office.client(persona)
    for group in GROUPS.values():
        for door in group.values():
            door.ask(asked, house)
    return [one for one in dict.fromkeys(asked.addresses) if _is_page(client, one)]


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and answer["Content-Type"].startswith(HTML)


@contextmanager
def logged_in(browser, server: str, house: House, persona: str, **options: object) -> Iterator:
    """A browser context in which this person is logged in."""
    with browser.new_context(locale="en-GB", **options) as context:
        session = house.office.client(persona).cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None:
            context.add_cookies([{"name": session.key, "value": session.value, "url": server}])
        yield context


def host(address: str) -> str:
    return urlsplit(address).netloc
