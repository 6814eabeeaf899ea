"""One reader's first pass over some documents, in a process that has read nothing before: `bench` starts it.

python -m commitments.management.first_pass NAME TIMES FILE… reads the documents one after another, all of them so many
times, and prints what it took as one JSON object: seconds of the processor, what was found, and the most memory that
the process ever held, in bytes. What a reader loads before its first document does not count. Status 3: its package
is not installed.
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

    rules.load().compile()
    deadlines.read("", date(2025, 3, 11), calendars.load())

    def read(path: Path) -> int:
        return sum(1 for paper in open_papers(path) for _ in bridge.rows(paper.transcript, path.stem))

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


READERS = {"toegezegd": toegezegd, "spacy": spacy, "pysbd": pysbd}


def main(name: str, times: str, *files: str) -> None:
    try:
        read = READERS[name]()
    except ImportError:
        sys.exit(NOT_INSTALLED)
    paths = [Path(file) for file in files]
    before = process_time()
    found = sum(read(path) for _ in range(int(times)) for path in paths)
    spent = process_time() - before
    print(json.dumps({"seconds": spent, "found": found, "peak": _peak()}))


def _peak() -> int:
    """Return the most bytes held so far; getrusage counts those of the process that started this one, too."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    told = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (told[0] if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
