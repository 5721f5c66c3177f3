"""A sheet of other channels' figures: a blank one to fill in, and a filled one read row by row."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from broadcast.errors import LoaError
from broadcast.reports.channel_service import MOST, FactDraft
from broadcast.reports.channels import CHANNEL_NAMES, Channel, Source
from broadcast.reports.errors import SheetNotUnderstood
from broadcast.reports.numbers_vi import amount
from broadcast.reports.periods import free_period

HEADINGS = (
    "Từ ngày", "Đến hết ngày", "Kênh", "Chủ đề", "Số lượng", "Đơn vị tính", "Nguồn", "Hình thức",
    "Minh chứng",
)  # fmt: skip
SOURCE_NAMES = {
    Source.MANUAL: "đếm tay",
    Source.LOG: "từ phần mềm khác",
    Source.ESTIMATE: "ước tính",
}
MOST_ROWS = 1000
MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 100_000_000
"""A hundred thousand rows are less; a bomb is more, and is not unpacked."""
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the sheet: what it says, or why it cannot be taken in."""

    number: int
    words: tuple[str, ...]
    draft: FactDraft | None
    fault: str = ""


def blank_sheet(year: int, topic: str) -> bytes:
    """The headings with one line that shows how it is meant."""
    book = Workbook()
    page: Any = book.active
    page.title = "Số liệu kênh khác"
    page.append(HEADINGS)
    page.append(
        (
            f"01/01/{year}", f"31/01/{year}", CHANNEL_NAMES[Channel.WEBSITE], topic, 3, "tin bài",
            SOURCE_NAMES[Source.MANUAL], "", "",
        )
    )  # fmt: skip
    for letter in "ABCDEFGHI":
        page.column_dimensions[letter].width = 24
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read_sheet(content: bytes, topics: dict[str, str]) -> list[ReadRow]:
    """Every row below the headings; `topics` are ids by name. Nothing is kept.

    :raises SheetNotUnderstood: no Excel file, other headings, or too many rows.
    """
    if len(content) > MOST_BYTES:
        raise SheetNotUnderstood
    try:
        if _unpacked(content) > MOST_UNPACKED_BYTES:
            raise SheetNotUnderstood
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as err:
        raise SheetNotUnderstood from err
    _must_have_headings(_words(rows[0]) if rows else ())
    if len(rows) > MOST_ROWS + 1:
        raise SheetNotUnderstood(
            f"Bảng dài hơn {MOST_ROWS} dòng (dòng {MOST_ROWS + 2} còn chữ). Hãy chia làm nhiều tệp."
        )
    by_name = {name.casefold(): topic_id for name, topic_id in topics.items()}
    return [
        _read(number, row, by_name)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell not in {None, ""} for cell in row)
    ]


def _must_have_headings(found: tuple[str, ...]) -> None:
    for column, heading in zip("ABCDEFGHI", HEADINGS, strict=True):
        at = ord(column) - ord("A")
        said = found[at] if at < len(found) else ""
        if said != heading:
            raise SheetNotUnderstood(
                f"Dòng 1, cột {column}: cần “{heading}”, tệp ghi “{said[:40]}”. "
                "Hãy dùng bảng mẫu rồi tải lại."
            )


def _unpacked(content: bytes) -> int:
    with ZipFile(BytesIO(content)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def good_drafts(rows: Iterable[ReadRow]) -> list[FactDraft]:
    return [row.draft for row in rows if row.draft is not None]


def _read(number: int, row: Sequence[Any], topics: dict[str, str]) -> ReadRow:
    words = _words(row)
    try:
        return ReadRow(number, words, _draft([*row, *[None] * len(HEADINGS)], topics))
    except LoaError as err:
        return ReadRow(number, words, None, err.message)
    except _CellWrong as err:
        return ReadRow(number, words, None, str(err))


class _CellWrong(Exception):
    """Says which cell, in words."""


def _draft(row: Sequence[Any], topics: dict[str, str]) -> FactDraft:
    channels = {name.casefold(): one for one, name in CHANNEL_NAMES.items()}
    sources = {name: one for one, name in SOURCE_NAMES.items()}
    topic = _text(row[3])
    value = row[4]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _CellWrong("Số lượng: cần một số nguyên")
    if not 0 <= value <= MOST or value != int(value):
        raise _CellWrong("Số lượng: cần một số nguyên, không âm và không quá lớn")
    channel = channels.get(_text(row[2]).casefold())
    if channel is None:
        raise _CellWrong(f"Kênh: chỉ nhận {', '.join(CHANNEL_NAMES.values())}")
    if topic and topic.casefold() not in topics:
        raise _CellWrong(f"Chủ đề: không có chủ đề “{topic}”")
    source = sources.get(_text(row[6]).casefold() or SOURCE_NAMES[Source.MANUAL])
    if source is None:
        raise _CellWrong(f"Nguồn: chỉ nhận {', '.join(sources)}")
    measure = _text(row[5])
    if not measure:
        raise _CellWrong("Đơn vị tính: cần điền, ví dụ: tin bài, lượt hướng dẫn")
    amount(int(value), measure)
    first_day, last_day = _day(row[0], "Từ ngày"), _day(row[1], "Đến hết ngày")
    free_period(first_day, last_day)
    return FactDraft(
        first_day=first_day,
        last_day=last_day,
        channel=channel,
        measure=measure,
        value=int(value),
        source=source,
        topic_id=topics[topic.casefold()] if topic else None,
        form=_text(row[7]),
        evidence=_text(row[8]),
    )


def _day(cell: Any, heading: str) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.fullmatch(_text(cell))
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(_text(cell))
    except ValueError as err:
        raise _CellWrong(f"{heading}: cần ngày, ví dụ 31/12/2023") from err


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).replace("\0", "").split())


def _words(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(
        f"{cell:%d/%m/%Y}" if isinstance(cell, (date, datetime)) else _text(cell) for cell in row
    )[: len(HEADINGS)]
