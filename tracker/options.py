"""Options that several commands share."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings

from transcripts.parsing.transcript import DocumentKind

AUTO = "auto"


class Given(TypedDict):
    """What the command line says of the papers; it counts before what stands beside or in them."""

    kind: DocumentKind | None
    said_on: date | None
    minister: str


def day(words: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"{words!r} is not a day; write it as 2023-02-28") from None


def add_paper_options(parser: ArgumentParser) -> None:
    """Let a command take FILE… and what these files do not say of themselves."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day it was said or written")
    parser.add_argument("--kind", choices=[*(kind.value for kind in DocumentKind), AUTO], default=AUTO)
    parser.add_argument(
        "--minister", default="", metavar="NAME", help="who answers or writes, where the text names nobody"
    )


def add_sets_option(parser: ArgumentParser) -> None:
    """Let a command take the manifest of the labelled sets."""
    parser.add_argument(
        "--sets",
        type=Path,
        default=settings.BASE_DIR / "tests" / "labels" / "sets.toml",
        metavar="FILE",
        help="the manifest of the labelled documents (default: the project's own)",
    )


def given(options: dict[str, Any]) -> Given:
    """Return what was given by these options."""
    kind = options["kind"]
    return {
        "kind": None if kind == AUTO else DocumentKind(kind),
        "said_on": options["date"],
        "minister": options["minister"],
    }
