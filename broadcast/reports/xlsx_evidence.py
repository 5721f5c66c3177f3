"""The airings behind the figures in Excel: totals are sums over the rows one sees."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from broadcast.reports.airing_lines import AiringLine
from broadcast.reports.counting import to_minutes
from broadcast.reports.numbers_vi import date_short
from broadcast.reports.sheet import TOTAL

NAME = "Từng lượt phát"
_HEADER = (
    ("STT", 5), ("Ngày", 11), ("Giờ", 7), ("Tin bài", 46), ("Chủ đề", 22), ("Kết quả", 20),
    ("Tính tin bài", 8), ("Tính lượt phát", 8), ("Tính (phút)", 9), ("Thực phát (phút)", 9),
    ("Theo lịch (phút)", 9), ("Cụm loa đã phát", 8), ("Cụm loa phải phát", 8),
    ("Tính (mili giây)", 12), ("Thực phát (mili giây)", 12), ("Theo lịch (mili giây)", 12),
)  # fmt: skip
_COUNTED = (6, 7, 11, 12)
_MINUTES = {8: 13, 9: 14, 10: 15}
"""Columns of minutes, each with the column of the milliseconds it is rounded from."""
_TOP = 4
_TITLE_LETTERS, _LINE_PT = 54, 17
"""A title of more letters than that takes another line."""
_NOTE = (
    "Tổng tin bài, lượt phát và phút ở dòng cuối là công thức cộng các dòng trên; "
    "tin bài được tính ở lượt phát đầu tiên trong kỳ."
)


def write_airings(
    page: Worksheet, title: str, lines: Sequence[AiringLine], faces: dict[str, Any]
) -> None:
    """One line an airing, its sums below; the page is A4 across with its head on every sheet."""
    page.write_string(0, 0, title, faces["title"])
    page.write_string(1, 0, _NOTE, faces["note"])
    page.set_row(_TOP - 1, 50)
    for column, (heading, width) in enumerate(_HEADER):
        page.set_column(column, column, width)
        page.write_string(_TOP - 1, column, heading, faces["head"])
    for at, line in enumerate(lines):
        _write_line(page, _TOP + at, line, at + 1, faces)
    _write_sums(page, lines, faces)
    page.autofilter(_TOP - 1, 0, max(_TOP, _TOP + len(lines) - 1), len(_HEADER) - 1)
    page.freeze_panes(_TOP, 4)
    page.repeat_rows(_TOP - 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.print_area(0, 0, _TOP + len(lines), 12)
    page.fit_to_pages(1, 0)


def _write_line(
    page: Worksheet, row: int, line: AiringLine, number: int, faces: dict[str, Any]
) -> None:
    # Excel does not grow a row by itself for what was written by a program.
    page.set_row(row, _LINE_PT * max(1, -(-len(line.title) // _TITLE_LETTERS)))
    page.write_number(row, 0, number, faces["number"])
    words = (date_short(line.local_day), line.local_time, line.title, line.topic, line.became)
    for column, word in enumerate(words, start=1):
        # Written as text, so no title can become a formula or a link.
        page.write_string(row, column, word, faces["wrapped" if column == 3 else "text"])
    for column, worth in _numbers(line).items():
        page.write_number(row, column, worth, faces["number"])
    for column, source in _MINUTES.items():
        _write_minutes(page, (row, column), source, _numbers(line)[source], faces["minutes"])


def _write_sums(page: Worksheet, lines: Sequence[AiringLine], faces: dict[str, Any]) -> None:
    last = _TOP + len(lines)
    for column in range(len(_HEADER)):
        page.write_blank(last, column, None, faces["total"])
    page.write_string(last, 0, TOTAL, faces["total"])
    if not lines:
        return
    for column in (*_COUNTED, *_MINUTES.values()):
        cells = xl_range(_TOP, column, last - 1, column)
        worth = sum(_numbers(line)[column] for line in lines)
        page.write_formula(last, column, f"=SUM({cells})", faces["total"], worth)
        for minutes, source in _MINUTES.items():
            if source == column:
                _write_minutes(page, (last, minutes), source, worth, faces["total_minutes"])


def _numbers(line: AiringLine) -> dict[int, int]:
    return {
        6: line.items, 7: line.airings, 11: line.reached, 12: line.expected,
        13: line.net_ms, 14: line.played_ms, 15: line.planned_ms,
    }  # fmt: skip


def _write_minutes(
    page: Worksheet, where: tuple[int, int], source: int, worth: int, face: Any
) -> None:
    formula = f"=ROUND({xl_rowcol_to_cell(where[0], source)}/60000,1)"
    page.write_formula(*where, formula, face, float(to_minutes(worth)))
