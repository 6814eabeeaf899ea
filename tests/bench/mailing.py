"""What the whole way of the digests asks of the database and of memory: python -m tests.bench.mailing [NUMBER]

Claims and sends full digests (60 promises, topics, notes, labels, watch lists) from PostgreSQL to a mail server that
breaks off 5 % of the dialogues and takes its time: to a tenth of so many subscribers, and then to all of them. Prints
the queries beyond the making of the mails, the time, and the peak of the memory of the process that did it.
"""

import json
import subprocess
import sys


def main(number: int) -> None:
    print("Claiming and sending digests to a mail server that breaks off, from PostgreSQL:", flush=True)
    for count in (max(1, number // 10), number):
        command = [sys.executable, "-m", "tests.mailing.measuring", str(count)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603
        if not done.stdout.startswith("{"):
            print(done.stdout.strip())  # why it was skipped
            return
        found = json.loads(done.stdout)
        queries, seconds = found["queries"], found["seconds"]
        print(
            f"{count:6} subscribers  claimed in {seconds['claim']:.2f} s, sent in {seconds['send']:.1f} s"
            f"  {found['beyond']:.1f} queries per 100 beyond the making"
            f" ({queries['claim']} to claim, {queries['send']} to send; {queries['make'] / count:.1f} to make one)"
        )
        states = ", ".join(f"{many} {state}" for state, many in sorted(found["states"].items()))
        print(
            f"{'':6} {states}; {found['taken']} taken, {found['twice']} twice"
            f"  peak {found['peak']:.1f} MB, {found['grown']:.1f} MB of it for this",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
