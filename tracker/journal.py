"""What one run has begun to hand over, line by line in a file that outlives the process.

A database would be asked once or twice for each mail; a line in a file is nearly free. Who holds the journal holds a
lock on it that the system lets go of when the process ends, however it ends: so a journal that can be locked is that of
a dead run, and its lines tell how far each of its mails came.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEGUN, OVER, YES, NO = "begun", "over", "yes", "no"


class BusyError(Exception):
    """The run that writes this journal lives."""


class Journal:
    """Of a run that lives; see `keep`. settled: what it tells is noted elsewhere, and nobody needs it any more."""

    def __init__(self, file: int) -> None:
        self._file = file
        self.settled = False

    def begun(self, number: int) -> None:
        self._write(number, BEGUN)

    def over(self, number: int) -> None:
        """To be called before the end of the message is sent: on the disk when it returns, whatever happens then."""
        self._write(number, OVER)
        os.fdatasync(self._file)

    def answered(self, number: int, *, taken: bool) -> None:
        self._write(number, YES if taken else NO)

    def _write(self, number: int, word: str) -> None:
        os.write(self._file, f"{number} {word}\n".encode())


@contextmanager
def keep(path: Path) -> Iterator[Journal]:
    """Begin a journal at `path`. It is removed at the end when it is settled; of a run that was killed it stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        journal = Journal(file)
        try:
            yield journal
        finally:
            if journal.settled:
                path.unlink(missing_ok=True)
    finally:
        os.close(file)


@contextmanager
def of_the_dead(path: Path) -> Iterator[dict[int, str] | None]:
    """Yield the last word about each number in the journal of a run that ended; None where there is no such file here.

    Raises BusyError while that run lives. Who reads holds the lock, and the file is removed after the block.
    """
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield None
        return
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(path.name) from None
        # A line without its end was being written: what it announces had not begun.
        lines = path.read_text(encoding="ascii").rpartition("\n")[0].splitlines() if path.exists() else []
        yield {int(number): word for number, _, word in (line.partition(" ") for line in lines)}
        path.unlink(missing_ok=True)
    finally:
        os.close(file)
