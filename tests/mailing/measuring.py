"""What claiming and sending full digests asks of the database and of memory: python -m tests.mailing.measuring NUMBER

On a PostgreSQL database of its own with so many subscribers (--told so many promises), to a mail server beside it that
breaks off and takes its time. A process of its own, so that the peak of its memory is that of this work. Prints JSON.
"""

import argparse
import contextlib
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.bench.own import own_database
from tests.mailing.process import mail_server

SHARE, DELAY = "0.05", "0.004"


def whole_way(number: int, told: int) -> dict[str, Any]:
    """claim, send, make: queries, of which `make` are those of the mails themselves. peak and grown: megabytes."""
    from django.conf import settings
    from django.core.mail.backends.smtp import EmailBackend
    from django.db import connection

    from commitments.models import Digest
    from commitments.services import digest, sending
    from tests.mailing import subscribers

    making, asked = sending.digest_mail, Counter[str]()
    doing = "claim"

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked[doing] += 1
        return execute(sql, params, many, context)

    def made(claimed: Digest):  # type: ignore[no-untyped-def]
        nonlocal doing
        doing = "make"
        try:
            return making(claimed)
        finally:
            doing = "send"

    sending.digest_mail = made  # type: ignore[assignment]
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = f"{EmailBackend.__module__}.{EmailBackend.__name__}", 30
    subscribers.subscribe(number, told=told)
    before = _peak()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        server = stack.enter_context(mail_server(Path(folder) / "post", "--share", SHARE, "--delay", DELAY))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        stack.enter_context(connection.execute_wrapper(counting))
        start = time.perf_counter()
        digest.claim_due(moment=subscribers.noon())
        claimed = time.perf_counter() - start
        doing = "send"
        for pks in digest.to_send(moment=subscribers.noon()):
            sending.send_free(pks)  # as the task does
        took = time.perf_counter() - start
        peak = _peak()
        taken = server.taken()
    states = Counter(Digest.objects.values_list("state", flat=True))
    return {
        "number": number,
        "states": dict(states),
        "taken": len(taken),
        "twice": sum(taken.values()) - len(taken),
        "queries": dict(asked),
        "beyond": (asked["claim"] + asked["send"]) * 100 / number,
        "seconds": {"claim": claimed, "send": took - claimed},
        "peak": peak,
        "grown": peak - before,
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int)
    parser.add_argument("--told", type=int, default=60)
    given = parser.parse_args(arguments)
    with own_database() as there:
        if there:
            print(json.dumps(whole_way(given.number, given.told)))


if __name__ == "__main__":
    main(sys.argv[1:])
