"""A paper as it lies on disk: its bytes, what stands in the small file beside it, and what was read in it. No rows."""

import datetime as dt
import hashlib
import os
import stat
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from transcripts.messages import Sentence
from transcripts.parsing import LackingError, parse
from transcripts.parsing.transcript import DocumentKind, Transcript
from transcripts.reading import LARGEST, read
from transcripts.reading.beside import complete
from transcripts.reading.parts import split
from transcripts.reading.source import Role, Source, UnreadableError

_LONGEST_META = 64 * 1024  # bytes
_LONGEST_ADDRESS = 500  # characters, as many as a document keeps
_KINDS = ", ".join(kind.value for kind in DocumentKind)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a paper does not say of itself. None or empty: not given."""

    kind: DocumentKind | None = None
    date: dt.date | None = None
    minister: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, read and understood. name: of the file; stem: without its ending; sha256: of the bytes.

    asked: a person gave some of its particulars with the import itself, not in the file beside it.
    """

    name: str
    data: bytes
    sha256: str
    source: Source
    transcript: Transcript
    meta: Meta
    asked: bool = False

    @property
    def stem(self) -> str:
        return Path(self.name).stem


def meta_path(path: Path) -> Path:
    """Return the file beside `path` that may say what the paper does not: c1.txt has c1.meta.toml."""
    return path.with_name(f"{path.stem}.meta.toml")


def read_meta(path: Path) -> Meta:
    """Read the file beside the paper `path`; an empty Meta where there is none.

    Raises UnreadableError where it holds something that is not understood.
    """
    beside = meta_path(path)
    data = _bytes_of(beside)
    if data is None:
        return Meta()
    if len(data) > _LONGEST_META:
        raise UnreadableError(Sentence.META_TOO_LARGE(limit=_LONGEST_META // 1024), beside.name)
    try:
        rows = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableError(Sentence.META_NOT_TOML(reason=str(error)), beside.name) from error
    return _meta(rows, beside.name)


def _meta(rows: dict[str, object], name: str) -> Meta:
    known = set(Meta.__dataclass_fields__)
    if unknown := sorted(set(rows) - known):
        raise UnreadableError(
            Sentence.META_UNKNOWN_KEY(key=unknown[0], known=", ".join(Meta.__dataclass_fields__)), name
        )
    words: dict[str, str] = {}
    for key in ("kind", "minister", "title", "url"):
        value = rows.get(key, "")
        if not isinstance(value, str):
            raise UnreadableError(Sentence.META_NOT_WORDS(key=key), name)
        words[key] = value.strip()
    if words["url"] and not words["url"].startswith(("http://", "https://")):
        raise UnreadableError(Sentence.META_ADDRESS(), name)
    if len(words["url"]) > _LONGEST_ADDRESS:
        raise UnreadableError(Sentence.META_LONG_ADDRESS(most=_LONGEST_ADDRESS), name)
    return Meta(
        _kind(words["kind"], name), _date(rows.get("date"), name), words["minister"], words["title"], words["url"]
    )


def _kind(value: str, name: str) -> DocumentKind | None:
    if not value or value == "auto":
        return None
    try:
        return DocumentKind(value)
    except ValueError:
        raise UnreadableError(Sentence.META_KIND(known=_KINDS, value=value), name) from None


def _date(value: object, name: str) -> dt.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    raise UnreadableError(Sentence.META_DATE(), name)


def make_paper(data: bytes, name: str, meta: Meta | None = None) -> Paper:
    """Read and parse `data`. Raises UnreadableError; its sentence begins with `name`."""
    return _only(make_papers(data, name, meta))


def make_papers(
    data: bytes, name: str, meta: Meta | None = None, beside: Callable[[str], bytes | None] = lambda name: None
) -> list[Paper]:
    """Read and parse `data`, of which each meeting is a paper. Raises UnreadableError; its sentence begins with `name`.

    beside: returns the bytes of a file of that name in the same folder, or None; a list of persons, an agenda.
    A meeting out of an export has the checksum of its own text: where it comes back unchanged in a later export it is
    the same paper. One of several in a file has its number in its name.
    """
    meta = meta or Meta()
    name = Path(name).name
    source = complete(read(data, name), name, beside)
    parts = split(source)
    if len(parts) == 1 and not _meeting_id(source):
        return [_paper(data, name, hashlib.sha256(data).hexdigest(), source, meta)]
    return [
        _paper(
            data,
            _part_name(name, part, at) if len(parts) > 1 else name,
            hashlib.sha256(part.text.encode()).hexdigest(),
            part,
            meta,
        )
        for at, part in enumerate(parts, start=1)
    ]


def with_meta(paper: Paper, meta: Meta) -> Paper:
    """Return a paper parsed again with other particulars. Raises UnreadableError, as `make_papers`."""
    return replace(_paper(paper.data, paper.name, paper.sha256, paper.source, meta), asked=paper.asked)


def _only(papers: list[Paper]) -> Paper:
    if len(papers) > 1:
        raise UnreadableError(Sentence.SEVERAL_MEETINGS(count=len(papers)), papers[0].name)
    return papers[0]


def _part_name(name: str, part: Source, at: int) -> str:
    path = Path(name)
    return f"{path.stem}-{_meeting_id(part) or at}{path.suffix}"


def _meeting_id(source: Source) -> str:
    return next((mark.facts.get("id", "") for mark in source.marks if mark.role is Role.MEETING), "")


def _paper(data: bytes, name: str, sha256: str, source: Source, meta: Meta) -> Paper:
    try:
        transcript = parse(source, kind=meta.kind, said_on=meta.date, minister=meta.minister, title=meta.title)
    except LackingError as error:
        raise LackingError(error.sentence, name, meta_path(Path(name)).name) from error
    except UnreadableError as error:
        raise UnreadableError(error.message, name) from error
    return Paper(name, data, sha256, source, transcript, meta)


def open_paper(
    path: Path | str, *, kind: DocumentKind | None = None, said_on: dt.date | None = None, minister: str = ""
) -> Paper:
    """Open the paper at `path`; what is given here counts before what the file beside it says.

    Raises UnreadableError, with one sentence that says what to do; also where the file holds several meetings.
    """
    return _only(open_papers(path, kind=kind, said_on=said_on, minister=minister))


def open_papers(
    path: Path | str, *, kind: DocumentKind | None = None, said_on: dt.date | None = None, minister: str = ""
) -> list[Paper]:
    """Open the papers at `path`: one, or one per meeting of a file that holds several. Otherwise as `open_paper`."""
    path = Path(path)
    data = _bytes_of(path)
    if data is None:
        raise UnreadableError(Sentence.NO_SUCH_FILE(), path.name)
    meta = read_meta(path)
    meta = replace(meta, kind=kind or meta.kind, date=said_on or meta.date, minister=minister or meta.minister)
    papers = make_papers(data, path.name, meta, _folder(path))
    return [replace(paper, asked=bool(kind or said_on or minister)) for paper in papers]


def _folder(path: Path) -> Callable[[str], bytes | None]:
    """Return what looks up a file beside `path` by its bare name."""
    return lambda name: _bytes_of(path.with_name(name))


def _bytes_of(path: Path) -> bytes | None:
    """Return the bytes of a file, or None where there is none of that name.

    Whatever the file becomes while it is read, no more is taken in than a document may have and one byte.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise UnreadableError(Sentence.DEVICE(), path.name)
            if state.st_size <= LARGEST and len(data := file.read(LARGEST + 1)) <= LARGEST:
                return data
    except FileNotFoundError:
        return None
    except IsADirectoryError:
        raise UnreadableError(Sentence.FOLDER(), path.name) from None
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise UnreadableError(Sentence.CANNOT_OPEN(reason=reason), path.name) from error
    raise UnreadableError(Sentence.TOO_LARGE(limit=LARGEST // 2**20), path.name)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe to which nobody writes would hold up whoever opens it otherwise."""
    return os.open(path, flags | os.O_NONBLOCK)
