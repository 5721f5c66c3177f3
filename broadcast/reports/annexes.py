"""The two annexes communes are asked for: how well, and how much. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from broadcast.reports.document import Align, Annex, Grid
from broadcast.reports.numbers_vi import number, percent


@dataclass(frozen=True, slots=True)
class NumericRow:
    """One line of the numeric annex. None is "not planned" or "not known", never zero.

    `last_year` is the same period a year before. An estimated result is printed with "khoảng".
    """

    form: str
    unit: str
    result: Decimal
    planned: Decimal | None = None
    to_date: Decimal | None = None
    last_year: Decimal | None = None
    note: str = ""
    is_estimate: bool = False
    is_part: bool = False
    "A part of the row above it, without a number of its own."


def qualitative_annex(subject: str, ratings: Sequence[tuple[str, str]]) -> Annex:
    """STT | Hình thức tuyên truyền | Mức độ thực hiện."""
    rows = tuple((str(at), form, rating) for at, (form, rating) in enumerate(ratings, start=1))
    grid = Grid(
        header=("STT", "Hình thức tuyên truyền", "Mức độ thực hiện"),
        rows=rows,
        widths=(12, 113, 40),
        aligns=(Align.CENTER, Align.LEFT, Align.CENTER),
    )
    return Annex("Biểu tổng hợp", subject, (grid,))


def numeric_annex(subject: str, rows: Sequence[NumericRow], *, note: str = "") -> Annex:
    """Plan, result, running total and comparison; landscape, as its eight columns need."""
    grid = Grid(
        header=(
            "STT",
            "Hình thức tuyên truyền",
            "Đơn vị tính",
            "Kế hoạch",
            "Kết quả trong kỳ",
            "Lũy kế từ đầu năm",
            "So với cùng kỳ (%)",
            "Ghi chú",
        ),
        rows=tuple(_cells(number, row) for number, row in zip(_numbers(rows), rows, strict=True)),
        widths=(12, 72, 26, 22, 30, 26, 26, 32),
        aligns=(
            Align.CENTER,
            Align.LEFT,
            Align.CENTER,
            *(Align.RIGHT,) * 4,
            Align.LEFT,
        ),
    )
    return Annex("Biểu số liệu", subject, (grid,), notes=(note,) if note else (), is_landscape=True)


def _numbers(rows: Sequence[NumericRow]) -> list[str]:
    wholes = accumulate(int(not row.is_part) for row in rows)
    return ["" if row.is_part else str(at) for row, at in zip(rows, wholes, strict=True)]


def _cells(number_of: str, row: NumericRow) -> tuple[str, ...]:
    about = "khoảng " if row.is_estimate else ""
    compared = "-" if row.last_year is None else percent(row.result, row.last_year).rstrip("%")
    return (
        number_of,
        row.form,
        row.unit,
        _or_dash(row.planned),
        f"{about}{number(row.result)}",
        "-" if row.to_date is None else f"{about}{number(row.to_date)}",
        compared,
        row.note,
    )


def _or_dash(value: Decimal | None) -> str:
    return "-" if value is None else number(value)
