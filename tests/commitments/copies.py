"""Clients that keep a copy of a list."""

from urllib.parse import urlencode

LIST = "/api/v1/commitments/"
ALL = "2000-01-01"
BESIDE = ("statements", "follow-ups", "events", "documents")  # of which changes are noted as well


class Copy:
    """A client that keeps a copy: the recipe of docs/api.md, followed to the letter."""

    def __init__(self, client, name: str = "commitments", headers: dict[str, str] | None = None, **query: str) -> None:
        self.client, self.name, self.headers = client, name, headers or {}
        self.rows: dict[str, dict] = {}
        self.told: list[str] = []
        self.address = f"/api/v1/{name}/?{urlencode({'updated_since': ALL, **query})}"

    def sync(self) -> list[str]:
        """Bring the copy up to date; return the uids that were told."""
        self.told = []
        while True:
            answer = self.client.get(self.address, headers=self.headers)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            for row in page["results"]:
                self.rows[row["uid"]] = row
            for gone in page["gone"]:
                self.rows.pop(gone["uid"], None)
            self.told += [row["uid"] for row in [*page["results"], *page["gone"]]]
            self.address = page["sync"]
            if page["next"] is None:
                return self.told


def listed(client, name: str = "commitments", **query: str) -> dict[str, dict]:
    answer = client.get(f"/api/v1/{name}/", {"page_size": "500", **query})
    return {row["uid"]: row for row in answer.json()["results"]}


def details(client) -> dict[str, dict]:
    """What the JSON of each commitment shows, its history too."""
    return {uid: client.get(f"{LIST}{uid}/").json() for uid in listed(client)}
