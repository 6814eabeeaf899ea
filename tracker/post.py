"""Handing mails to a mail server one by one, over one connection, and knowing afterwards how far each came.

What SMTP can tell (RFC 5321, 4.2.5 and 6.1): until the line with the single dot was sent, the server has no message.
Once it was sent, the server may have taken the message whether or not its answer arrives. So what fails before the dot
is certainly not delivered, and what is lost between the dot and the answer is unknown.
"""

import enum
import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

DIALOGUES = 3  # with one mail in one go, when the connection drops before the dot
LONGEST_WORDS = 500  # characters kept of an answer

# RFC 3463: the destination itself does not exist, has moved or takes no mail. 5.7.1 and its like are about the sender.
_OF_THE_ADDRESS = {"1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.0", "2.1"}
_BARE = {550, 551, 553, 556}  # RFC 5321, RFC 7504: said of a recipient by a server without enhanced codes
_ENHANCED = re.compile(r"5\.(\d{1,3}\.\d{1,3})\b")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class Outcome(enum.Enum):
    TAKEN = "taken"  # the server said yes
    NOT_TAKEN = "not taken"  # certainly not delivered; another time it may be
    REFUSED = "refused"  # certainly not delivered, and this address will never do
    AWAY = "away"  # no server could be spoken to: nothing was tried
    NO_LOGIN = "no login"  # the server refuses our name or password: nothing was tried
    UNTRUSTED = "untrusted"  # no safe connection: no TLS, or a certificate that does not hold; nothing was tried
    UNKNOWN = "unknown"  # handed over, and no answer came


# There is no point in trying the next mail: it would end alike.
NOBODY_THERE = frozenset({Outcome.AWAY, Outcome.NO_LOGIN, Outcome.UNTRUSTED})


@dataclass(frozen=True, slots=True)
class Answer:
    """code: of the server's answer, None where it gave none. words: the server's, or of what went wrong here."""

    outcome: Outcome
    code: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Lost:
    """The connection is gone, and the mail was certainly not taken."""

    answer: Answer


class Post:
    """A connection for many mails, opened when there is one and opened anew when it drops.

    connection: the backend to use, instead of the one in the settings. Mails on another backend than SMTP's (files, the
    console) go one by one: such a backend has taken a mail when it returns.
    """

    def __init__(self, connection: BaseEmailBackend | None = None) -> None:
        self._given = connection
        # Django names the file of a mail after the second and the address in memory of its backend: two backends that
        # live side by side have two of those.
        self._left: list[BaseEmailBackend] = []
        self._backend: EmailBackend | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._backend is not None:
            try:
                self._backend.close()
            except OSError:
                self._drop()

    def hand_over(self, mail: EmailMessage, *, before_the_dot: Callable[[], None]) -> Answer:
        """Hand over a mail to one recipient and say what became of it.

        before_the_dot: called when everything but the end of the message is sent. What it raises ends the dialogue
        there, so that the mail is certainly not taken. What is raised here after it returned leaves the mail unknown.
        """
        (to,) = mail.recipients()
        backend = self._given or get_connection()
        if not isinstance(backend, EmailBackend):
            return self._leave(backend, mail, before_the_dot)
        sender, to = (sanitize_address(one, "utf-8") for one in (mail.from_email, to))
        data = _LEADING_DOT.sub(b"..", mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        if not data.endswith(b"\r\n"):
            data += b"\r\n"
        lost = _Lost(Answer(Outcome.AWAY))
        for _ in range(DIALOGUES):
            try:
                smtp = self._open(backend)
            except smtplib.SMTPAuthenticationError as error:
                return Answer(Outcome.NO_LOGIN, error.smtp_code, _words(error.smtp_error))
            except ssl.SSLCertVerificationError as error:
                return Answer(Outcome.UNTRUSTED, None, _words(error.verify_message))
            except smtplib.SMTPNotSupportedError as error:  # of STARTTLS, or of a login where a name is set
                return Answer(Outcome.UNTRUSTED, None, _words(error))
            except OSError as error:  # smtplib's own errors are among these
                self._drop()
                backend = self._given_smtp() or _new()
                lost = _Lost(Answer(Outcome.AWAY, getattr(error, "smtp_code", None), _words(error)))
                continue
            try:
                found = self._speak(smtp, sender, to, data, before_the_dot)
            except BaseException:
                self._drop()  # in the middle of a dialogue: nothing else can be said on it
                raise
            if isinstance(found, Answer):
                return found
            lost = found
            self._drop()
            backend = self._given_smtp() or _new()
        return lost.answer

    def _leave(self, backend: BaseEmailBackend, mail: EmailMessage, before_the_dot: Callable[[], None]) -> Answer:
        before_the_dot()
        mail.connection = backend
        self._left.append(backend)
        try:
            mail.send()
        except OSError as error:
            return Answer(Outcome.NOT_TAKEN, None, _words(error))
        return Answer(Outcome.TAKEN)

    def _given_smtp(self) -> EmailBackend | None:
        return self._given if isinstance(self._given, EmailBackend) else None

    def _open(self, backend: EmailBackend) -> Any:
        if self._backend is None:
            backend.open()
            if backend.connection is not None and backend.connection.sock is not None:
                # The dot follows the message in a packet of its own: without this it waits for the other's receipt.
                backend.connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._backend = backend
        return self._backend.connection

    def _drop(self) -> None:
        """Let go of the connection without a word: the dialogue on it is broken."""
        backend, self._backend = self._backend, None
        if backend is not None and backend.connection is not None:
            backend.connection.close()
            backend.connection = None

    def _speak(
        self, smtp: Any, sender: str, to: str, data: bytes, before_the_dot: Callable[[], None]
    ) -> "Answer | _Lost":
        try:
            refused = self._up_to_the_dot(smtp, sender, to, data)
        except OSError as error:
            return _Lost(Answer(Outcome.NOT_TAKEN, getattr(error, "smtp_code", None), _words(error)))
        if refused is not None:
            return refused
        before_the_dot()
        try:
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
        except OSError as error:
            self._drop()
            return Answer(Outcome.UNKNOWN, None, _words(error))
        if code // 100 == 2:
            return Answer(Outcome.TAKEN, code, _words(words))
        if code // 100 in (4, 5):
            found = self._no(smtp, code, words)
            return found.answer if isinstance(found, _Lost) else found
        self._drop()
        return Answer(Outcome.UNKNOWN, code, _words(words))

    def _up_to_the_dot(self, smtp: Any, sender: str, to: str, data: bytes) -> "Answer | _Lost | None":
        """Send everything but the end of the message; None when the server let that happen."""
        smtp.ehlo_or_helo_if_needed()
        code, words = smtp.mail(sender, [f"size={len(data)}"] if smtp.has_extn("size") else [])
        if code // 100 != 2:
            return self._no(smtp, code, words)
        code, words = smtp.rcpt(to)
        if code // 100 != 2:
            return self._no(smtp, code, words, at_recipient=True)
        code, words = smtp.docmd("DATA")
        if code != 354:
            return self._no(smtp, code, words)
        smtp.send(data)
        if _hung_up(smtp.sock):
            raise smtplib.SMTPServerDisconnected("Connection closed in the middle of the message")
        return None

    def _no(self, smtp: Any, code: int, words: bytes, *, at_recipient: bool = False) -> "Answer | _Lost":
        """Sort a refusal, and leave the connection ready for the next mail."""
        said = _words(words)
        refused = is_of_the_address(code, said, at_recipient=at_recipient)
        answer = Answer(Outcome.REFUSED if refused else Outcome.NOT_TAKEN, code, said)
        if code == 421 or code < 0:  # the server is about to close; or it speaks no SMTP any more
            self._drop()
            return _Lost(answer)
        try:
            smtp.rset()
        except OSError:
            self._drop()
        return answer


def is_of_the_address(code: int, words: str, *, at_recipient: bool) -> bool:
    """Say whether an answer refuses the recipient's address for good, and not the sender, the message or this day."""
    if code // 100 != 5:
        return False
    enhanced = _ENHANCED.match(words)
    if enhanced:
        return enhanced.group(1) in _OF_THE_ADDRESS
    return at_recipient and code in _BARE


def _hung_up(sock: socket.socket | None) -> bool:
    """Has the other side closed, or said something out of turn? Then the dot need not be sent to be unanswered."""
    if sock is None or isinstance(sock, ssl.SSLSocket):  # nothing can be looked at on TLS without reading it
        return sock is None
    look = select.poll()
    look.register(sock, select.POLLIN)
    return bool(look.poll(0))


def _new() -> EmailBackend:
    backend = get_connection()
    assert isinstance(backend, EmailBackend)
    return backend


def _words(said: object) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said) or type(said).__name__
    return " ".join(words.replace("\x00", " ").split())[:LONGEST_WORDS]
