"""A web service on this machine that answers in the documented shapes.

Every answer here is made by hand after the description of the fields; none was recorded from the real service.
"""

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import unquote, urlsplit

BASE = "/e/opendata"


@dataclass
class Reply:
    """One answer. cut: bytes that are promised and never come; drop: the connection is reset; hang: no answer comes."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json;charset=UTF-8"
    cut: int = 0
    drop: bool = False
    hang: bool = False

    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Service:
    """What it answers, by path below the base: one reply, or several that are given in turn (the last stays)."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    address: str = ""
    over: Event = field(default_factory=Event)

    def on(self, path: str, *replies: Any) -> None:
        self.replies[path] = [one if isinstance(one, Reply) else Reply(one) for one in replies]

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def times(self, path: str) -> int:
        return self.paths().count(path)

    def answer(self, path: str) -> Reply:
        waiting = self.replies.get(path)
        if not waiting:
            return Reply({"fout": "niet gevonden"}, 404)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


def handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).removeprefix(BASE + "/")
            service.asked.append((path, {**dict(self.headers.items()), "?": urlsplit(self.path).query}))
            reply = service.answer(path + " plen" if "type=plen" in self.path else path)
            etag = reply.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                reply = Reply(b"", 304, {"ETag": etag})
            if reply.hang:
                service.over.wait(20)
                return
            if reply.drop:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                return
            data = reply.data()
            self.send_response(reply.status)
            if reply.status != 304:
                self.send_header("Content-Type", reply.kind)
                self.send_header("Content-Length", str(len(data) + reply.cut))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of connections that a test broke."""


@contextmanager
def running() -> Iterator[Service]:
    service = Service()
    with Quiet(("127.0.0.1", 0), handler(service)) as server:
        service.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield service
        finally:
            service.over.set()
            server.shutdown()
            thread.join()


class World:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


# Answers


def listing(*idents: int) -> dict[str, Any]:
    return {"items": [{"vergadering": {"id": ident}} for ident in idents]}


def meeting(ident: int, *lines: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "vergadering": {
            "id": ident,
            "datumbegin": "2026-02-03T14:00:00+0100",
            "omschrijving": "Commissievergadering van dinsdag 3 februari 2026",
            "vergaderingnummer": "C88",
            "commissie": [{"id": 71, "afkorting": "WON", "titel": "Commissie voor Wonen"}],
            "laatste-wijziging": "2026-02-05T09:00:00+0100",
            "journaallijn": list(lines),
            **fields,
        }
    }


def contact(role: str, first: str, last: str) -> dict[str, Any]:
    return {"beschrijving": role, "contact": [{"id": 5, "voornaam": first, "naam": last}]}


def question(ident: int, number: int, about: str, asker: str = "Karim Daems", **fields: Any) -> dict[str, Any]:
    first, _, last = asker.partition(" ")
    return {
        "id": ident,
        "nummer": number,
        "zittingsjaar": "2025-2026",
        "titel": f"over {about}",
        "onderwerp": about,
        "objecttype": {"naam": "Vraag om uitleg"},
        "contacttype": [contact("Vraagsteller", first, last), contact("Minister", "Els", "Vanrode")],
        **fields,
    }


def spoken(title: str, markup: Any, first: str = "", last: str = "") -> dict[str, Any]:
    person = {"id": 9, "voornaam": first, "naam": last} if last else None
    return {"sprekertitel": title, "sprekertekst": markup, "persoon": person}


def turns(promise: str = "Ik bezorg u de cijfers voor het einde van maart 2026.") -> dict[str, Any]:
    return {
        "spreker": [
            spoken("De voorzitter", "<p>De heer Daems heeft het woord.</p>", "Griet", "Pauwels"),
            spoken("Karim Daems (Groen)", "<p>Minister, hoe staat het met de premies?</p>", "Karim", "Daems"),
            spoken("Minister Els Vanrode", f"<p>Collega, dank u.</p><p>{promise}</p>", "Els", "Vanrode"),
            spoken("De voorzitter", "<p>De vraag om uitleg is afgehandeld.</p>", "Griet", "Pauwels"),
        ]
    }


def fill(service: Service, **fields: Any) -> None:
    """One committee meeting with one question, no plenary, no written question."""
    service.on("verg/vorige", listing(12))
    service.on("verg/vorige plen", listing())
    service.on(
        "verg/12", Reply(meeting(12, {"id": 345, "vrageninterpellatie": [question(77, 901, "de premies")]}, **fields))
    )
    service.on("jln/345", turns())
    service.on("/api/search/query/schriftelijke vraag", {"result": []})
