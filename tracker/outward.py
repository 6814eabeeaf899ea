"""Sending something to an address that somebody else chose: never into our own network, never for longer than a while.

The name is looked up once, every address it has is judged, and the connection goes to one that was judged: a name that
is answered otherwise a moment later (DNS rebinding) changes nothing. No redirect is followed, and of the answer the
code alone is kept: what a service within the network would say never comes out this way.
"""

import enum
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

CONNECT_WITHIN, ANSWER_WITHIN = 5.0, 15.0  # seconds: for one connection, and for all together
MOST_OF_AN_ANSWER = 64 * 1024  # bytes read before the connection is closed
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Trouble(enum.StrEnum):
    """Why there was no answer."""

    NO_ADDRESS = "no_address"  # not one that may be asked: a scheme, a name within the address, a port
    UNKNOWN_HOST = "unknown_host"
    FORBIDDEN = "forbidden"  # it leads into a network that is nobody else's business
    NO_CONNECTION = "no_connection"
    TLS = "tls"
    TOO_SLOW = "too_slow"
    HUNG_UP = "hung_up"


@dataclass(frozen=True, slots=True)
class Called:
    """code: of the answer, None where there was none; then trouble says why."""

    code: int | None = None
    trouble: Trouble | None = None


class _NotAllowedError(Exception):
    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble


def may_be_called(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """May something be sent there? To the open internet, and to the networks that are allowed by name.

    An IPv4 address in the clothes of an IPv6 one is judged as what it is.
    """
    inner = _within(address)
    if any(inner in network or address in network for network in allowed):
        return True
    forbidden = inner.is_multicast or inner.is_reserved or inner.is_unspecified or inner.is_loopback
    return inner.is_global and not forbidden and not _tunnels(inner)


def parts_of(url: str) -> SplitResult:
    """Return the parts of an address that may be called at all. Raises ValueError.

    https or http with a host, and nobody's name or password before it.
    """
    parts = urlsplit(url)
    port = parts.port  # raises ValueError where it is none
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password or port == 0:
        raise ValueError(url)
    if any(ord(one) <= 32 or ord(one) == 127 for one in url):
        raise ValueError(url)
    return parts


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allowed: Iterable[Network] = (),
    within: float = ANSWER_WITHIN,
) -> Called:
    """POST once. http, without TLS, goes to allowed networks only. Never raises for what the other side does.

    within: seconds for everything together, however slowly the other side speaks; the look-up of its name keeps to the
    limits of the system.
    """
    allowed = list(allowed)
    try:
        parts = parts_of(url)
        addresses = _judged(parts, allowed)
    except _NotAllowedError as error:
        return Called(trouble=error.trouble)
    except ValueError:
        return Called(trouble=Trouble.NO_ADDRESS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _Pinned(parts, addresses)
    late = threading.Event()

    def cut() -> None:
        late.set()
        connection.cut()

    watch = threading.Timer(within, cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target, body, dict(headers))
        reply = connection.getresponse()
        code = reply.status
        reply.read(MOST_OF_AN_ANSWER)
        return Called(code)
    except TimeoutError:
        return Called(trouble=Trouble.TOO_SLOW)
    except ssl.SSLError:
        return Called(trouble=Trouble.TOO_SLOW if late.is_set() else Trouble.TLS)
    except (http.client.HTTPException, OSError):
        if late.is_set():
            return Called(trouble=Trouble.TOO_SLOW)
        return Called(trouble=Trouble.HUNG_UP if connection.reached else Trouble.NO_CONNECTION)
    finally:
        watch.cancel()
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """Goes to the addresses it is given, and speaks to the host it is given: Host header, SNI and certificate."""

    def __init__(self, parts: SplitResult, addresses: list[str]) -> None:
        self._tls = parts.scheme == "https"
        self.default_port = 443 if self._tls else 80
        host = parts.hostname or ""
        super().__init__(host, parts.port or self.default_port, timeout=CONNECT_WITHIN)
        self._addresses = addresses
        self._cut = False
        self._line: socket.socket | None = None

    @property
    def reached(self) -> bool:
        """Was there a connection?"""
        return self._line is not None

    def connect(self) -> None:
        last: OSError = OSError("no address")
        for address in self._addresses:
            if self._cut:
                raise TimeoutError
            try:
                line = socket.create_connection((address, self.port), CONNECT_WITHIN)
            except OSError as error:
                last = error
                continue
            line.settimeout(ANSWER_WITHIN)
            if self._tls:
                context = ssl.create_default_context()
                line = context.wrap_socket(line, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock = self._line = line
            if self._cut:
                raise TimeoutError
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            return
        raise last

    def cut(self) -> None:
        """End whatever is being waited for, from another thread."""
        self._cut = True
        if self._line is not None:
            with suppress(OSError):
                # Without TLS's own farewell, for which the other side would have to be waited for.
                socket.socket.shutdown(self._line, socket.SHUT_RDWR)


def _judged(parts: SplitResult, allowed: list[Network]) -> list[str]:
    """Look the host up once; return its addresses, all of them judged."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _NotAllowedError(Trouble.UNKNOWN_HOST) from None
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    for one in addresses:
        address = ipaddress.ip_address(one.partition("%")[0])
        named = any(_within(address) in network or address in network for network in allowed)
        if not may_be_called(address, allowed) or (parts.scheme == "http" and not named):
            raise _NotAllowedError(Trouble.FORBIDDEN)
    return addresses


def _within(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _tunnels(address: Address) -> bool:
    """Is it an address that carries another one within (6to4, Teredo), of which nobody knows where it ends?"""
    return isinstance(address, ipaddress.IPv6Address) and (address.sixtofour is not None or address.teredo is not None)
