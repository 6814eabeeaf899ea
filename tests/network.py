"""The guard that keeps tests on this machine."""

import ipaddress
import socket
from typing import Any

import pytest


class LeftThisMachineError(AssertionError):
    """A test tried to reach another machine."""


def is_here(host: object) -> bool:
    """Say whether `host` (a name or an address, as given to a socket) is this machine."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes | bytearray) else str(host)
    if name in {"", "localhost", socket.gethostname()}:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def stay_on_this_machine(patch: pytest.MonkeyPatch) -> None:
    """Refuse every connection, datagram and name look-up that is not for this machine."""

    def guarded(method: Any, address_at: int) -> Any:
        def call(self: socket.socket, *arguments: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                refuse_elsewhere(arguments[address_at][0])
            return method(self, *arguments)

        return call

    def refuse_elsewhere(host: object) -> None:
        if not is_here(host):
            raise LeftThisMachineError(f"a test tried to reach {host!r}; tests stay on this machine")

    for name, address_at in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        patch.setattr(socket.socket, name, guarded(getattr(socket.socket, name), address_at))
    look_up = socket.getaddrinfo

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        refuse_elsewhere(host)
        return look_up(host, *arguments, **options)

    patch.setattr(socket, "getaddrinfo", guarded_look_up)
