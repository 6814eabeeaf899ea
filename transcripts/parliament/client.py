"""Asks the web service one thing at a time: politely, patiently, and only at the addresses it was given."""

import http.client
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

LARGEST = 32 * 1024 * 1024  # bytes in one answer
_CHUNK = 64 * 1024
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_GONE = frozenset((404, 410))
T = TypeVar("T")


class ServiceError(Exception):
    """The service gave no answer that can be used. Its message is one sentence; `lasting`: asking again is no use."""

    def __init__(self, sentence: str, *, lasting: bool = False) -> None:
        self.lasting = lasting
        super().__init__(sentence)


class MissingError(ServiceError):
    """There is no such thing at the service."""


class _TryAgainError(Exception):
    """One attempt failed in a way that may pass. `after`: seconds the service asks to wait, None where it does not."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        self.after = after
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. data: the bytes, empty where `changed` is False (304: the same as last time).

    etag, modified  what to hand to `Client.get` next time, as the service gave them; empty where it gave none
    """

    data: bytes = b""
    changed: bool = True
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the client waits, in seconds, and how often it asks one thing."""

    attempts: int = 5
    timeout: float = 30.0  # for one sign of life
    whole: float = 180.0  # for one whole answer
    first_pause: float = 1.0  # doubled after each attempt
    longest_pause: float = 60.0
    longest_asked: float = 900.0  # a service that asks for more is asked again another day


@dataclass(slots=True)
class Client:
    """Asks `base` (the address of the service, without a slash at its end), at most `rate` times a second.

    file_hosts  further hosts that `get_file` may ask; nothing else is ever asked, also not after a redirection
    clock, sleep, chance, now  the world, for tests: seconds that only rise, wait, a number in [0, 1), the time
    """

    base: str
    rate: float = 2.0
    file_hosts: frozenset[str] = frozenset()
    patience: Patience = Patience()
    largest: int = LARGEST
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    asked: int = 0
    _next: float = field(default=0.0, init=False)

    def get_json(
        self, path: str, query: Mapping[str, str] | None = None, *, etag: str = "", modified: str = ""
    ) -> tuple[Any, Answer]:
        """Ask for `path` under the base address; return what its JSON says (None where nothing changed) and the answer.

        Raises MissingError where there is no such thing, ServiceError where no usable answer came after all attempts.
        """
        address = f"{self.base}/{path.lstrip('/')}" + (f"?{urlencode(query)}" if query else "")
        return self._patiently(address, lambda: self._json(address, etag, modified))

    def search(self, path: str, query: Mapping[str, str]) -> Any:
        """Ask for `path` from the root of the same host, as JSON."""
        parts = urlsplit(self.base)
        address = f"{parts.scheme}://{parts.netloc}/{quote(path.lstrip('/'))}?{urlencode(query)}"
        return self._patiently(address, lambda: self._json(address, "", ""))[0]

    def get_file(self, address: str) -> Answer:
        """Fetch a file the service points to. Raises ServiceError, also where its host is none of those allowed."""
        return self._patiently(address, lambda: self._ask(address, {"Accept": "*/*"}))

    def _json(self, address: str, etag: str, modified: str) -> tuple[Any, Answer]:
        headers = {"Accept": "application/json"}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        answer = self._ask(address, headers, json_only=True)
        if not answer.changed:
            return None, answer
        try:
            return json.loads(answer.data), answer
        except (ValueError, UnicodeDecodeError) as error:
            raise _TryAgainError(f"an answer that is no JSON ({error})") from None
        except RecursionError:
            raise ServiceError(f"{address}: the answer is nested too deep.", lasting=True) from None

    def _patiently(self, address: str, ask: Callable[[], T]) -> T:
        """Ask until it works, pausing longer and longer, by chance a little less, or as long as the service asks."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not self._may_ask(parts.scheme, parts.netloc):
            raise ServiceError(f"{address}: this is no address of the service; it was not asked.", lasting=True)
        reason = ""
        for attempt in range(1, self.patience.attempts + 1):
            try:
                return ask()
            except _TryAgainError as error:
                reason = str(error)
                if error.after is not None and error.after > self.patience.longest_asked:
                    raise ServiceError(
                        f"{address}: {reason}, and asks to wait {error.after:.0f} seconds; try again later."
                    ) from None
                if attempt < self.patience.attempts:
                    self.sleep(self._pause(attempt) if error.after is None else max(error.after, 0.0))
        raise ServiceError(f"{address}: {reason}, {self.patience.attempts} times; try again later.")

    def _pause(self, attempt: int) -> float:
        longest: float = min(self.patience.first_pause * 2 ** (attempt - 1), self.patience.longest_pause)
        return longest * (0.5 + self.chance() / 2)

    def _may_ask(self, scheme: str, host: str) -> bool:
        base = urlsplit(self.base)
        return (scheme, host) == (base.scheme, base.netloc) or (scheme == "https" and host in self.file_hosts)

    def _ask(self, address: str, headers: dict[str, str], *, json_only: bool = False) -> Answer:
        """Make one attempt."""
        self._take_turn()
        request = Request(address, headers={"User-Agent": "toegezegd", **headers})  # noqa: S310 (http and https alone)
        try:
            with build_opener(_SameHost(self._may_ask)).open(request, timeout=self.patience.timeout) as reply:
                kind = reply.headers.get_content_type()
                if json_only and kind != "application/json" and not kind.endswith("+json"):
                    raise ServiceError(f"{address}: the service answers with {kind} instead of JSON.", lasting=True)
                return Answer(self._read(address, reply), True, _header(reply, "ETag"), _header(reply, "Last-Modified"))
        except HTTPError as error:
            error.close()
            return self._other_than_fine(address, error)
        except _RedirectedError as error:
            raise ServiceError(
                f"{address}: it leads to {error}, which is no address of the service.", lasting=True
            ) from None
        except TimeoutError:
            raise _TryAgainError("no answer in time") from None
        except URLError as error:
            timed_out = isinstance(error.reason, TimeoutError)
            raise _TryAgainError("no answer in time" if timed_out else f"no connection ({error.reason})") from None
        except http.client.IncompleteRead:
            raise _TryAgainError("half an answer") from None
        except (http.client.HTTPException, OSError) as error:
            raise _TryAgainError(f"a broken answer ({type(error).__name__})") from None

    def _other_than_fine(self, address: str, error: HTTPError) -> Answer:
        if error.code == 304:
            return Answer(b"", False, error.headers.get("ETag", ""), error.headers.get("Last-Modified", ""))
        if error.code in _GONE:
            raise MissingError(f"{address}: the service does not have it ({error.code}).", lasting=True) from None
        if error.code in _AGAIN:
            raise _TryAgainError(
                f"the service answers {error.code}", self._asked_pause(error.headers.get("Retry-After", ""))
            ) from None
        raise ServiceError(f"{address}: the service answers {error.code}.", lasting=True) from None

    def _asked_pause(self, header: str) -> float | None:
        """Return the seconds of a Retry-After header, given as seconds or as a time; None where there is none."""
        words = header.strip()
        if words.isdecimal():
            return float(words[:9])
        try:
            until = parsedate_to_datetime(words)
        except ValueError:
            return None
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - self.now()).total_seconds())

    def _read(self, address: str, reply: http.client.HTTPResponse) -> bytes:
        expected = reply.headers.get("Content-Length", "")
        until = self.clock() + self.patience.whole
        parts: list[bytes] = []
        size = 0
        while part := reply.read1(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self.largest:
                raise ServiceError(f"{address}: the answer is larger than {self.largest // 2**20} MB.", lasting=True)
            if self.clock() > until:
                raise _TryAgainError("an answer that comes too slowly")
        if expected.isdecimal() and size < int(expected):
            raise _TryAgainError("half an answer")
        return b"".join(parts)

    def _take_turn(self) -> None:
        """Wait until the next question may be asked."""
        wait = self._next - self.clock()
        if wait > 0:
            self.sleep(wait)
        self._next = max(self.clock(), self._next) + 1 / self.rate
        self.asked += 1


class _RedirectedError(Exception):
    """The service leads to an address that may not be asked."""


class _SameHost(HTTPRedirectHandler):
    """Follows a redirection only to an address that may be asked."""

    def __init__(self, may_ask: Callable[[str, str], bool]) -> None:
        self._may = may_ask

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        parts = urlsplit(newurl)
        if not self._may(parts.scheme, parts.netloc):
            fp.close()
            raise _RedirectedError(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _header(reply: http.client.HTTPResponse, name: str) -> str:
    return str(reply.headers.get(name, ""))
