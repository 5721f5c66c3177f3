"""The figures in Excel, with formulas that add the rows up again to the totals we printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from broadcast.reports.airing_lines import AiringLine
from broadcast.reports.counting import to_minutes
from broadcast.reports.facts import CountingRule, FiguresTable, GroupBy
from broadcast.reports.periods import Period
from broadcast.reports.sheet import (
    COLUMNS,
    GROUP_NAMES,
    TOTAL,
    Cell,
    Column,
    Sheet,
    key_in_words,
    notes_of,
)
from broadcast.reports.xlsx_evidence import NAME, write_airings

_FIRST_ROW = 4
_CREATED = datetime(2020, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that equal figures give equal bytes
_MILLIS_PER_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class FiguresBook:
    """The tables of one report: a sheet each, named after what they group by."""

    station: str
    tables: tuple[FiguresTable, ...]
    rule: CountingRule
    period: Period
    evidence: tuple[Sheet, ...] = ()
    airings: tuple[AiringLine, ...] | None = None
    "The airings the tables were counted from; None for a book without them."
    name_of: Callable[[GroupBy, str], str] = key_in_words
    """Turns the keys of zones, slots and the like into names."""


def export_xlsx(book: FiguresBook) -> bytes:
    """One sheet per table, then one per sheet of evidence; the same book gives the same bytes.

    Minutes are formulas over hidden milliseconds, so Excel rounds where we do: once, at the total.
    A total whose rows do not add up by nature is a plain number with its reason below.
    """
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True})
    workbook.set_properties(
        {"title": book.period.label, "author": book.station, "created": _CREATED}
    )
    faces = _faces(workbook)
    for number, table in enumerate(book.tables, start=1):
        name = " và ".join(GROUP_NAMES[by] for by in table.by) or "Tổng hợp"
        _write_figures(workbook.add_worksheet(f"{number}. {name}"[:31]), book, table, faces)
    for number, sheet in enumerate(book.evidence, start=len(book.tables) + 1):
        name = "".join(letter for letter in sheet.title if letter not in r"[]:*?/\'")
        _write_sheet(workbook.add_worksheet(f"{number}. {name}"[:31]), sheet, faces)
    if book.airings is not None:
        title = f"{book.station}: từng lượt phát {book.period.label}"
        write_airings(workbook.add_worksheet(NAME), title, book.airings, faces)
    workbook.close()
    return file.getvalue()


def _write_figures(
    page: Worksheet, book: FiguresBook, table: FiguresTable, faces: dict[str, Any]
) -> None:
    groups = [GROUP_NAMES[by] for by in table.by] or ["Kỳ báo cáo"]
    rows = [
        [book.name_of(by, part) for by, part in zip(table.by, row.key, strict=True)]
        for row in table.rows
    ]
    last = _FIRST_ROW + len(rows)
    header = (*groups, *(column.heading for column in COLUMNS))
    _write_top(page, f"{book.station}: thống kê phát thanh {book.period.label}", header, faces)
    for at, words in enumerate(rows, start=_FIRST_ROW):
        for column, word in enumerate(words):
            page.write_string(at, column, word, faces["text"])
    page.write_string(last, 0, TOTAL, faces["total"])
    for column in range(1, len(groups)):
        page.write_blank(last, column, None, faces["total"])
    hidden_from = len(header)
    for offset, measure in enumerate(COLUMNS):
        place = _Place(len(groups) + offset, hidden_from + offset, last)
        _write_column(page, table, measure, place, faces)
    page.set_column(hidden_from, hidden_from + len(COLUMNS) - 1, 12, None, {"hidden": True})
    _write_notes(page, last + 2, notes_of(table, book.rule, book.period), faces)
    _finish(page, len(groups), len(header))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a measure stands: its column, the hidden column of its milliseconds, its total row."""

    column: int
    hidden: int
    last: int


def _write_column(
    page: Worksheet, table: FiguresTable, column: Column, place: _Place, faces: dict[str, Any]
) -> None:
    values = [getattr(row.figures, column.measure) for row in table.rows]
    total = getattr(table.total, column.measure)
    for at, value in enumerate(values, start=_FIRST_ROW):
        if value is None:
            page.write_blank(at, place.column, None, faces["number"])
        elif column.is_time:
            page.write_number(at, place.hidden, value)
            _write_minutes(page, (at, place.column), place.hidden, value, faces["minutes"])
        else:
            page.write_number(at, place.column, value, faces["number"])
    adds_up = bool(values) and None not in values and sum(values) == total
    target = place.hidden if column.is_time else place.column
    cells = xl_range(_FIRST_ROW, target, max(place.last - 1, _FIRST_ROW), target)
    face = None if column.is_time else faces["total"]
    if total is None:
        page.write_blank(place.last, place.column, None, faces["total"])
        return
    if adds_up:
        page.write_formula(place.last, target, f"=SUM({cells})", face, total)
    else:
        page.write_number(place.last, target, total, face)
    if column.is_time:
        where = (place.last, place.column)
        _write_minutes(page, where, place.hidden, total, faces["total_minutes"])


def _write_minutes(
    page: Worksheet, where: tuple[int, int], hidden: int, value: int, face: Any
) -> None:
    """ROUND of Excel is half away from zero: half up for the times we have."""
    source = xl_rowcol_to_cell(where[0], hidden)
    formula = f"=ROUND({source}/{_MILLIS_PER_MINUTE},1)"
    page.write_formula(*where, formula, face, float(to_minutes(value)))


def _write_sheet(page: Worksheet, sheet: Sheet, faces: dict[str, Any]) -> None:
    _write_top(page, sheet.title, sheet.header, faces)
    for at, row in enumerate(sheet.rows, start=_FIRST_ROW):
        for column, cell in enumerate(row):
            _write_cell(page, at, column, cell, faces)
    _write_notes(page, _FIRST_ROW + len(sheet.rows) + 1, sheet.notes, faces)
    last = max(_FIRST_ROW, _FIRST_ROW + len(sheet.rows) - 1)
    page.autofilter(_FIRST_ROW - 1, 0, last, len(sheet.header) - 1)
    _finish(page, 1, len(sheet.header))


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, faces: dict[str, Any]) -> None:
    """Texts are written as texts, so no title can become a formula or a link."""
    if cell is None:
        page.write_blank(row, column, None, faces["text"])
    elif isinstance(cell, str):
        page.write_string(row, column, cell, faces["text"])
    else:
        page.write_number(
            row, column, cell, faces["number" if isinstance(cell, int) else "minutes"]
        )


def _write_top(page: Worksheet, title: str, header: Sequence[str], faces: dict[str, Any]) -> None:
    page.write_string(0, 0, title, faces["title"])
    page.set_default_row(18)
    page.set_row(_FIRST_ROW - 1, 80)
    for column, heading in enumerate(header):
        page.write_string(_FIRST_ROW - 1, column, heading, faces["head"])


def _write_notes(page: Worksheet, row: int, notes: Sequence[str], faces: dict[str, Any]) -> None:
    for at, note in enumerate(notes, start=row):
        page.write_string(at, 0, note, faces["note"])


def _finish(page: Worksheet, frozen_columns: int, columns: int) -> None:
    page.set_column(f"A:{xl_col_to_name(frozen_columns - 1)}", 20)
    page.set_column(frozen_columns, max(columns - 1, frozen_columns), 11.5)
    page.freeze_panes(_FIRST_ROW, frozen_columns)
    page.repeat_rows(_FIRST_ROW - 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)


def _faces(workbook: Workbook) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12}
    ruled = {**base, "border": 1, "valign": "vcenter"}
    total = {**ruled, "bold": True}
    looks: dict[str, dict[str, Any]] = {
        "title": {**base, "font_size": 14, "bold": True},
        "head": {**total, "align": "center", "text_wrap": True},
        "text": ruled,
        "wrapped": {**ruled, "text_wrap": True},
        "number": {**ruled, "num_format": "#,##0"},
        "minutes": {**ruled, "num_format": "#,##0.0"},
        "total": {**total, "num_format": "#,##0"},
        "total_minutes": {**total, "num_format": "#,##0.0"},
        "note": {**base, "italic": True},
    }
    return {name: workbook.add_format(look) for name, look in looks.items()}
