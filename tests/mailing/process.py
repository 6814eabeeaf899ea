"""The mail server of the tests as a process of its own, and what it took and where it broke off."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300  # seconds


@dataclass
class MailServer:
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def end(self) -> None:
        """Let go of its input, which ends it; only then it tells where it broke off."""
        if self.process.poll() is None:
            self.process.communicate(timeout=PATIENCE)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def taken(self) -> Counter[str]:
        """How many messages were taken for each address."""
        path = self.folder / "taken"
        written = path.read_text() if path.exists() else ""
        whole, _, _ = written.rpartition("\n")  # the server may be in the middle of a line
        found = [json.loads(line) for line in whole.splitlines()]
        assert len({one["id"] for one in found}) == len({one["to"] for one in found}), "one Message-ID for each digest"
        return Counter(one["to"] for one in found)

    def mail_to(self, address: str) -> EmailMessage:
        """The message that was taken last for an address, of a server that keeps them."""
        return message_from_bytes((self.folder / "mails" / address).read_bytes(), policy=policy.default)

    def unknowable(self) -> set[str]:
        """Of whose mail the sender could not know whether it was taken. This ends the server."""
        self.end()
        return set(json.loads((self.folder / "dropped").read_text())["unknowable"])


@contextmanager
def mail_server(folder: Path, *options: str) -> Iterator[MailServer]:
    """Start a server; it ends with the block, or as soon as its input is closed."""
    folder.mkdir()
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-m", "tests.mailing.server", str(folder), *options], cwd=ROOT, stdin=subprocess.PIPE
    )
    try:
        end = time.monotonic() + PATIENCE
        while not (folder / "port").exists():
            assert process.poll() is None, "the mail server ended"
            assert time.monotonic() < end, "the mail server does not listen"
            time.sleep(0.05)
        yield MailServer(int((folder / "port").read_text()), folder, process)
    finally:
        if process.poll() is None:
            process.communicate(timeout=PATIENCE)
