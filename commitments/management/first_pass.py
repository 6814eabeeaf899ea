"""One reader's first pass over some documents, in a process that has read nothing before: `bench` starts it.

python -m commitments.management.first_pass NAME TIMES FILE… reads the documents one after another, all of them so many
times, and prints what it took as one JSON object, in seconds of the processor: `ready`, what the reader loads before
its first document, `seconds`, and `again`, for all of that once more in the same process; with it what was found, and
the most memory that the process held before that second time, in bytes. Status 3: its package is not installed.

toegezegd           reads its rules beforehand, with what an earlier process compiled of them and kept; any other one is
                    compiled at the first sentence that needs it, in `seconds`
toegezegd-compiled  does so with all patterns beforehand, in `ready`
"""

import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

NOT_INSTALLED = 3

Read = Callable[[Path], int]  # reads one document, and returns how many things it found


def toegezegd() -> Read:
    """Read, parse and extract: from the bytes of a file to its proposed statements."""
    from commitments import bridge
    from commitments.engine import calendars, deadlines
    from commitments.engine.statements import rules
    from transcripts.papers import open_papers

    rules.load()
    deadlines.prepare(calendars.load())

    def read(path: Path) -> int:
        return sum(1 for paper in open_papers(path) for _ in bridge.rows(paper.transcript, path.stem))

    return read


def toegezegd_compiled() -> Read:
    """Do the same with every pattern compiled, as a process does that has read for a while."""
    from commitments.engine import calendars, deadlines
    from commitments.engine.statements import prepare

    read = toegezegd()
    prepare()
    deadlines.read("", date(2025, 3, 11), calendars.load())
    return read


def spacy() -> Read:
    """Only cut the text into words, with spaCy's Dutch pipeline without a model."""
    import spacy

    pipeline = spacy.blank("nl")
    return lambda path: len(pipeline(path.read_text(encoding="utf-8")))


def pysbd() -> Read:
    """Only cut the text into sentences, with pysbd's rules for Dutch."""
    import pysbd

    splitter = pysbd.Segmenter(language="nl", clean=False)
    return lambda path: len(splitter.segment(path.read_text(encoding="utf-8")))


READERS = {"toegezegd": toegezegd, "toegezegd-compiled": toegezegd_compiled, "spacy": spacy, "pysbd": pysbd}


def main(name: str, times: str, *files: str) -> None:
    start = process_time()
    try:
        read = READERS[name]()
    except ImportError:
        sys.exit(NOT_INSTALLED)
    ready = process_time()
    paths = [Path(file) for file in files]

    def all_times() -> int:
        return sum(read(path) for _ in range(int(times)) for path in paths)

    before = process_time()
    found = all_times()
    first = process_time()
    peak = _peak()
    once_more = process_time()
    all_times()
    again = process_time() - once_more
    print(json.dumps({"ready": ready - start, "seconds": first - before, "again": again, "found": found, "peak": peak}))


def _peak() -> int:
    """Return the most bytes held so far; getrusage counts those of the process that started this one, too."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    told = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (told[0] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
