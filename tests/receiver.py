"""A machine elsewhere, played on 127.0.0.1: what it was sent, and every way in which it may fail to answer."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Receiver:
    """answer: a code to answer with, or “hang up”, “silence”, “drip”, “flood”."""

    answer: int | str = 200
    answers: list[int | str] = field(default_factory=list)  # for the first ones, before `answer`
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""
    let_go: Event = field(default_factory=Event)

    def next_answer(self) -> int | str:
        return self.answers.pop(0) if self.answers else self.answer


@contextmanager
def receiver(**facts: Any) -> Iterator[Receiver]:
    """Listen on a free port of this machine until the test is over."""
    one = Receiver(**facts)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            answer = one.next_answer()
            if answer == "hang up":
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            elif answer == "silence":
                one.let_go.wait()
            elif answer == "drip":
                self._say_without_end(b"x")
            elif answer == "flood":
                self.send_response(200)
                self.end_headers()
                self._say_without_end(b"x" * 65536, pause=0)
            else:
                self.send_response(int(answer))
                if 300 <= int(answer) < 400:
                    self.send_header("Location", f"{one.address}elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

        def _say_without_end(self, what: bytes, pause: float = 0.01) -> None:
            try:
                while not one.let_go.wait(pause):
                    self.wfile.write(what)
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.address = f"http://127.0.0.1:{server.server_port}/hook?for=toegezegd"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield one
    finally:
        one.let_go.set()
        server.shutdown()
        server.server_close()
