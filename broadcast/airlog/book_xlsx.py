"""The log book of a day in Excel, with the columns of the paper book."""

from io import BytesIO
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from xlsxwriter import Workbook

from broadcast.airlog.queries import BookLine, DayBook
from broadcast.airlog.words import OUTCOMES, origin_words, reason_words
from broadcast.wording import clock_length, local_date, local_time

WIDTHS = (5, 10, 46, 12, 16, 22, 22, 26, 16, 30)
FIRST_ROW = 3


def headings() -> list[str]:
    """The columns of the paper book; the two for signatures stay empty."""
    return [
        _("STT"),
        _("Giờ phát"),
        _("Nội dung, tên tin bài"),
        _("Thực phát"),
        _("Nguồn"),
        _("Biên tập, giọng đọc"),
        _("Người duyệt"),
        _("Tình trạng máy, loa"),
        _("Người trực (ký)"),
        _("Ghi chú"),
    ]


def book_cells(line: BookLine, number: int, zone: ZoneInfo) -> list[str]:
    """One airing as the cells of a row."""
    airing = line.airing
    moment = airing.started_at or airing.planned_start
    boxes = _("%(outcome)s, %(played)d/%(expected)d cụm",
              outcome=OUTCOMES[airing.outcome.value],
              played=airing.boxes_played, expected=airing.boxes_expected)  # fmt: skip
    return [
        str(number),
        local_time(moment, zone) if moment else "",
        airing.title,
        clock_length(airing.heard_ms),
        origin_words(airing.origin),
        ", ".join(word for word in (airing.author, airing.voice) if word),
        line.approver,
        boxes,
        "",
        reason_words(airing.reason),
    ]


def book_xlsx(book: DayBook, station_name: str, zone: ZoneInfo) -> bytes:
    """One sheet; text stays text, so that no title is ever taken for a formula."""
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    page = workbook.add_worksheet(_("Sổ nhật ký"))
    title, head = (
        workbook.add_format({"bold": True}),
        workbook.add_format({"bold": True, "border": 1, "text_wrap": True}),
    )
    cell = workbook.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    day = local_date(book.local_day, zone)
    page.write_string(0, 0, _("%(station)s: sổ nhật ký phát thanh ngày %(day)s",
                              station=station_name, day=day), title)  # fmt: skip
    page.write_string(1, 0, _("Dòng nhật ký cuối: %(number)d · mã %(hash)s",
                              number=book.head_number, hash=_mark(book)))  # fmt: skip
    for column, (words, width) in enumerate(zip(headings(), WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(FIRST_ROW - 1, column, words, head)
    for number, line in enumerate(book.lines, start=1):
        for column, words in enumerate(book_cells(line, number, zone)):
            page.write_string(FIRST_ROW + number - 1, column, words, cell)
    page.freeze_panes(FIRST_ROW, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    workbook.close()
    return file.getvalue()


def _mark(book: DayBook) -> str:
    """As `loa verify-log --printed` takes it."""
    return f"{book.head_number}:{book.head_hash}" if book.head_hash else "–"
