"""The forms in which a list can be had: a page of JSON, or the whole list as JSON Lines, CSV or XLSX.

A whole list is written while it is read, so that its length costs no memory.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from commitments.showing.sheets import csv_lines

BYTES = 64 * 1024  # about how much is handed over at a time
CELL = 32_767  # characters in one cell of XLSX
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it is written: a row is what JSON says of it, a column the way to a value in it ("person.name").

    rows: yields them as they are read. number: how many there are.
    """

    columns: Sequence[str]
    rows: Callable[[], Iterable[Row]]
    number: Callable[[], int]


class Format(BaseRenderer):
    """A form for a whole list. What is no list (a problem) is JSON in every form."""

    charset = None
    packed = False  # it is compressed already

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        return JSONRenderer().render(data)

    def check(self, table: Table) -> None:
        """Raise ValidationError where the table does not go into this form."""

    def write(self, table: Table, request: Request) -> Iterator[bytes]:
        raise NotImplementedError


class JSONLines(Format):
    media_type = "application/jsonl"
    format = "jsonl"

    def write(self, table: Table, request: Request) -> Iterator[bytes]:
        write = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        return _in_pieces(f"{write(row)}\n" for row in table.rows())


class CSV(Format):
    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"  # type: ignore[assignment]

    def write(self, table: Table, request: Request) -> Iterator[bytes]:
        rows = ([as_text(value) for value in cells(row, table.columns)] for row in table.rows())
        return _in_pieces(csv_lines(_after(table.columns, rows), flemish=wants_excel(request)))


class XLSX(Format):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    format = "xlsx"
    packed = True
    most_rows = 1_048_575  # of a sheet, under its head

    def check(self, table: Table) -> None:
        if table.number() > self.most_rows:
            raise ValidationError({"format": [_("A sheet holds 1 048 575 rows. Ask for fewer, or for csv or jsonl.")]})

    def write(self, table: Table, request: Request) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            self._fill(table, file)
            file.seek(0)
            while piece := file.read(BYTES):
                yield piece

    def _fill(self, table: Table, file: Any) -> None:
        told = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, told) as book:
            sheet = book.add_worksheet()
            head, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.columns):
                sheet.write_string(0, column, name, head)
            for at, row in enumerate(table.rows(), 1):
                for column, value in enumerate(cells(row, table.columns)):
                    self._cell(sheet, at, column, value, day)

    def _cell(self, sheet: Any, at: int, column: int, value: Any, day: Any) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(at, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value)
        elif (written := _as_day(value)) is not None:
            sheet.write_datetime(at, column, written, day)
        elif text := as_text(value):
            sheet.write_string(at, column, text if len(text) <= CELL else f"{text[: CELL - 1]}…")


FORMATS = (JSONRenderer, JSONLines, CSV, XLSX)


class FeedNegotiation(DefaultContentNegotiation):
    """`format` in the address goes before the header Accept, and one that is not offered is said to be so."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> Any:
        wanted = request.query_params.get(self.settings.URL_FORMAT_OVERRIDE)
        if not wanted:
            return super().select_renderer(request, renderers, format_suffix)
        for one in renderers:
            if one.format == wanted:
                return one, one.media_type
        raise ValidationError(
            {
                "format": [
                    _("“%(given)s” is not offered here. Choose from: %(formats)s.")
                    % {"given": wanted, "formats": ", ".join(one.format for one in renderers)}
                ]
            }
        )


def wants_excel(request: Request) -> bool:
    """Tell whether a CSV is for a spreadsheet of Flanders (`excel=true`). Raises ValidationError."""
    given = request.query_params.get("excel", "false") or "false"
    if given not in ("true", "false"):
        raise ValidationError({"excel": [_("“%(given)s” is neither true nor false.") % {"given": given}]})
    return given == "true"


def cells(row: Row, columns: Iterable[str]) -> list[Any]:
    """Return the values of a row in the order of the columns; None where the way to one ends early."""
    return [_at(row, column) for column in columns]


def as_text(value: Any) -> str:
    """Return a value as CSV has it: nothing for null, several joined by “ | ”, what is built of parts as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not any(isinstance(one, Mapping | list | tuple) for one in value):
        return " | ".join(as_text(one) for one in value)
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, cls=JSONEncoder, ensure_ascii=False)
    return str(json.loads(json.dumps(value, cls=JSONEncoder)))


def in_pieces_of(number: int, rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the rows so many at a time."""
    left = iter(rows)
    while piece := list(islice(left, number)):
        yield piece


def _at(row: Any, column: str) -> Any:
    for name in column.split("."):
        if isinstance(row, list | tuple):
            row = [one.get(name) for one in row]
        elif row is None:
            return None
        else:
            row = row.get(name)
    return row


def _as_day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            return None
        return found if found.year >= 1900 else None  # the first day that a sheet can count
    return None


def _after(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield head
    yield from rows


def _in_pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts as bytes, some at a time: a write for each line would cost more than the line."""
    kept: list[str] = []
    size = 0
    for text in texts:
        kept.append(text)
        size += len(text)
        if size >= BYTES:
            yield "".join(kept).encode()
            kept, size = [], 0
    if kept:
        yield "".join(kept).encode()
