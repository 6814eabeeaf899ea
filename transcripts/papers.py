"""A paper as it lies on disk: its bytes, what stands in the small file beside it, and what was read in it. No rows."""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

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
    """One paper, read and understood. name: of the file; stem: without its ending; sha256: of the bytes."""

    name: str
    data: bytes
    sha256: str
    source: Source
    transcript: Transcript
    meta: Meta

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
    try:
        data = beside.read_bytes()
    except FileNotFoundError:
        return Meta()
    except OSError as error:
        raise UnreadableError(f"{beside.name}: cannot be opened ({error.strerror}).") from error
    try:
        rows = tomllib.loads(data[:_LONGEST_META].decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnreadableError(
            f"{beside.name}: not readable as TOML ({error}); write lines such as date = 2023-02-28."
        ) from error
    return _meta(rows, beside.name)


def _meta(rows: dict[str, object], name: str) -> Meta:
    known = set(Meta.__dataclass_fields__)
    if unknown := sorted(set(rows) - known):
        raise UnreadableError(f"{name}: unknown key {unknown[0]}; known are {', '.join(Meta.__dataclass_fields__)}.")
    words: dict[str, str] = {}
    for key in ("kind", "minister", "title", "url"):
        value = rows.get(key, "")
        if not isinstance(value, str):
            raise UnreadableError(f'{name}: {key} must be words between quotation marks, as in {key} = "…".')
        words[key] = value.strip()
    if words["url"] and not words["url"].startswith(("http://", "https://")):
        raise UnreadableError(f"{name}: url must begin with https:// or http://.")
    if len(words["url"]) > _LONGEST_ADDRESS:
        raise UnreadableError(f"{name}: url may have {_LONGEST_ADDRESS} characters at the most; give a shorter one.")
    return Meta(
        _kind(words["kind"], name), _date(rows.get("date"), name), words["minister"], words["title"], words["url"]
    )


def _kind(value: str, name: str) -> DocumentKind | None:
    if not value or value == "auto":
        return None
    try:
        return DocumentKind(value)
    except ValueError:
        raise UnreadableError(f"{name}: kind is one of {_KINDS}, not {value}.") from None


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
    raise UnreadableError(f"{name}: date must be a day, as in date = 2023-02-28.")


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


def _only(papers: list[Paper]) -> Paper:
    if len(papers) > 1:
        raise UnreadableError(f"{papers[0].name}: it is one of {len(papers)} meetings in a file; give one at a time.")
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
        error.args = (f"{name}: {error.sentence(meta_path(Path(name)).name)}",)
        raise
    except UnreadableError as error:
        raise UnreadableError(f"{name}: {error}") from error
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
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UnreadableError(f"{path.name}: this is a device or a pipe; give a file.")
        if (size := path.stat().st_size) > LARGEST:
            raise UnreadableError(
                f"{path.name}: the file is larger than {LARGEST // 2**20} MB ({size // 2**20}); split it."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableError(f"{path.name}: there is no such file; check the name.") from None
    except IsADirectoryError:
        raise UnreadableError(f"{path.name}: this is a folder; name the files in it.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(f"{path.name}: cannot be opened ({reason}).") from error
    meta = read_meta(path)
    meta = replace(meta, kind=kind or meta.kind, date=said_on or meta.date, minister=minister or meta.minister)
    return make_papers(data, path.name, meta, _folder(path))


def _folder(path: Path) -> Callable[[str], bytes | None]:
    """Return what looks up a file beside `path` by its bare name."""

    def look_up(name: str) -> bytes | None:
        other = path.with_name(name)
        try:
            return other.read_bytes() if other.is_file() and other.stat().st_size <= LARGEST else None
        except OSError:
            return None

    return look_up
