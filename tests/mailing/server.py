"""A mail server for tests that breaks off where it is told to, and writes down what it took.

As a process: python -m tests.mailing.server FOLDER [--share 0.05] [--delay 0.02] [--seed 1] [--keep]. It writes its
port to FOLDER/port when it listens and a line of JSON to FOLDER/taken for each message the moment it is taken; with
--keep the message itself goes to FOLDER/mails, named after its recipient. It ends with its input, and then writes to
FOLDER/dropped where it broke off.
"""

import argparse
import asyncio
import json
import random
import ssl
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# Where a connection can drop. What was taken is known to the sender but around the dot; and in a message that is short
# enough to be on its way as a whole, the dot included, before the sender hears of the drop.
AT_CONNECT, AFTER_MAIL, AFTER_RCPT, IN_DATA = "connect", "mail", "rcpt", "data"
DOT_NOT_TAKEN, DOT_TAKEN, AFTER_ANSWER = "dot, not taken", "dot, taken", "answer"
PLACES = (AT_CONNECT, AFTER_MAIL, AFTER_RCPT, IN_DATA, DOT_NOT_TAKEN, DOT_TAKEN, AFTER_ANSWER)
UNKNOWABLE = (IN_DATA, DOT_NOT_TAKEN, DOT_TAKEN)  # the first only where the message is short


class Plan:
    """What goes wrong. to: recipient → what happens on each visit in order: a place above, or an answer with its code.

    An answer is given at RCPT, or at the dot where it is written as "dot: 451 later". at_connect: of the coming
    connections, how many drop. share: of all dialogues, how many drop at a random place. delay: seconds, at most.
    """

    def __init__(self, *, share: float = 0, delay: float = 0, seed: int = 1) -> None:
        self.to: dict[str, list[str]] = defaultdict(list)
        self.at_connect = 0
        self.share, self.delay = share, delay
        self.chance = random.Random(seed)  # noqa: S311
        self.taken: list[dict[str, str]] = []
        self.dropped: list[str] = []
        self.unknowable: list[str] = []
        self.connections = 0
        self.file: Path | None = None
        self.mails: Path | None = None

    def drops_at_connect(self) -> bool:
        if self.at_connect:
            self.at_connect -= 1
            return True
        return self.chance.random() < self.share / len(PLACES)

    def for_(self, recipient: str) -> str:
        if self.to[recipient]:
            return self.to[recipient].pop(0)
        return self.chance.choice(PLACES[1:]) if self.chance.random() < self.share else ""

    def take(self, recipient: str, content: bytes) -> None:
        found = {"to": recipient, "id": str(message_from_bytes(content)["Message-ID"])}
        self.taken.append(found)
        if self.mails is not None:
            (self.mails / recipient).write_bytes(content)
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(found) + "\n")

    async def pause(self) -> None:
        if self.delay:
            await asyncio.sleep(self.chance.random() * self.delay)


class Breaking(SMTP):
    """aiosmtpd's server, which hangs up as planned."""

    def __init__(self, plan: Plan, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, data_size_limit=2**26, **options)
        self.plan, self.now = plan, ""
        self.after_this = False

    def connection_made(self, transport: Any) -> None:
        self.plan.connections += 1
        if self.plan.drops_at_connect():
            self.plan.dropped.append(AT_CONNECT)
            transport.abort()
            return
        super().connection_made(transport)

    def hang_up(self, place: str) -> bool:
        if self.now != place:
            return False
        self.plan.dropped.append(place)
        assert self.transport is not None
        self.transport.abort()
        return True

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        if self.now == IN_DATA:
            self.plan.unknowable.extend(self.envelope.rcpt_tos)
            await self.push("354 go ahead")
            await self._reader.read(1)
            self.hang_up(IN_DATA)
            return
        await super().smtp_DATA(arg)
        self.hang_up(AFTER_ANSWER)


class Handler:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    async def handle_RCPT(  # noqa: N802
        self, server: Breaking, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await self.plan.pause()
        server.now = self.plan.for_(address)
        if server.hang_up(AFTER_MAIL):
            return "421 gone"
        if server.now[:1].isdigit():
            return server.now
        envelope.rcpt_tos.append(address)
        if server.now == AFTER_RCPT:
            asyncio.get_running_loop().call_later(0, server.hang_up, AFTER_RCPT)
        return "250 ok"

    async def handle_DATA(self, server: Breaking, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await self.plan.pause()
        (recipient,) = envelope.rcpt_tos
        assert isinstance(envelope.content, bytes)
        if server.now.startswith("dot: "):
            return server.now.removeprefix("dot: ")
        if server.now in UNKNOWABLE:
            self.plan.unknowable.append(recipient)
        if server.hang_up(DOT_NOT_TAKEN):
            return "451 gone"
        self.plan.take(recipient, envelope.content)
        if server.hang_up(DOT_TAKEN):
            return "250 unheard"
        return "250 taken"


class Server(Controller):
    """starttls, smtps: the certificate it shows, after STARTTLS or from the first byte.

    authenticator: asked at a login, without which it then takes no mail.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        starttls: ssl.SSLContext | None = None,
        smtps: ssl.SSLContext | None = None,
        authenticator: Any = None,
    ) -> None:
        self.plan = plan
        self.options: dict[str, Any] = {"tls_context": starttls, "require_starttls": starttls is not None}
        if authenticator is not None:
            login = {"authenticator": authenticator, "auth_required": True}
            self.options |= login | {"auth_require_tls": smtps is None}  # there all of it is within TLS
        super().__init__(Handler(plan), hostname="127.0.0.1", port=0, ssl_context=smtps)

    def factory(self) -> Breaking:
        return Breaking(self.plan, self.handler, **self.options)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # the one the system gave
        super()._trigger_server()


@contextmanager
def serving(plan: Plan, **options: Any) -> Iterator[Server]:
    server = Server(plan, **options)
    server.start()
    plan.connections = 0  # it connects to itself once
    try:
        yield server
    finally:
        server.stop()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=0)
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args(arguments)
    plan = Plan(share=given.share, delay=given.delay, seed=given.seed)
    plan.file = given.folder / "taken"
    if given.keep:
        plan.mails = given.folder / "mails"
        plan.mails.mkdir()
    with serving(plan) as server:
        (given.folder / "port.new").write_text(str(server.port))
        (given.folder / "port.new").rename(given.folder / "port")
        sys.stdin.read()  # until whoever started it lets go
        (given.folder / "dropped").write_text(json.dumps({"at": plan.dropped, "unknowable": plan.unknowable}))


if __name__ == "__main__":
    main(sys.argv[1:])
