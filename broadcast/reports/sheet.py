"""Figures as a plain table of columns, the common ground of Excel and CSV. PURE."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from broadcast.reports.counting import to_minutes
from broadcast.reports.facts import CountingRule, Figures, FiguresTable, GroupBy, Reason
from broadcast.reports.periods import Period
from broadcast.reports.radio_words import rule_sentence

Cell = str | int | Decimal | None
"""None is "not known", an empty cell; it is not zero."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled table. `notes` stand below it: the rule, the days, every explained difference."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One measure of `Figures`. `is_time` values are milliseconds, shown as minutes."""

    measure: str
    heading: str
    is_time: bool = False


COLUMNS = (
    Column("items", "Số tin bài"),
    Column("new_items", "Tin bài sản xuất mới"),
    Column("airings", "Số lượt phát"),
    Column("net_ms", "Thời lượng thực phát (phút)", is_time=True),
    Column("gross_ms", "Thời lượng buổi phát (phút)", is_time=True),
    Column("relay_ms", "Tiếp âm (phút)", is_time=True),
    Column("speaker_ms", "Thời lượng cộng các cụm loa (phút)", is_time=True),
    Column("reached", "Lượt cụm loa đã phát"),
    Column("expected", "Lượt cụm loa phải phát"),
    Column("partial", "Lượt phát dở dang"),
    Column("missed", "Lượt phát không thực hiện"),
    Column("late", "Lượt phát muộn"),
    Column("unplanned", "Lượt phát ngoài lịch"),
    Column("estimates", "Lượt phát là số ước tính"),
    Column("notices", "Lượt phát thông báo không tính"),
    Column("relays", "Lượt tiếp âm"),
)
GROUP_NAMES: Mapping[GroupBy, str] = {
    GroupBy.TOPIC: "Chủ đề",
    GroupBy.KIND: "Thể loại",
    GroupBy.MONTH: "Tháng",
    GroupBy.QUARTER: "Quý",
    GroupBy.ZONE: "Khu vực",
    GroupBy.SLOT: "Khung giờ",
    GroupBy.AUTHOR: "Người soạn",
    GroupBy.VOICE: "Giọng đọc",
    GroupBy.ORIGIN: "Nguồn",
}
_KEY_WORDS = {
    "tin": "Tin",
    "bai": "Bài",
    "thong_bao": "Thông báo",
    "own": "Tự sản xuất",
    "relayed": "Tiếp âm",
    "sent": "Cấp trên gửi",
    "": "(không ghi)",
}
TOTAL = "Tổng cộng"


def figures_sheet(
    table: FiguresTable,
    rule: CountingRule,
    period: Period,
    name_of: Callable[[GroupBy, str], str] | None = None,
) -> Sheet:
    """Group rows, the total as the last row, and the notes that make them read rightly.

    `name_of` turns the keys of zones, slots and the like into names; without it keys are shown.
    """
    shown = name_of or key_in_words
    groups = tuple(GROUP_NAMES[by] for by in table.by) or ("Kỳ báo cáo",)
    rows: list[tuple[Cell, ...]] = [
        (
            *(shown(by, part) for by, part in zip(table.by, row.key, strict=True)),
            *cells_of(row.figures),
        )
        for row in table.rows
    ]
    blank = ("",) * (len(groups) - 1)
    rows.append((TOTAL, *blank, *cells_of(table.total)))
    header = (*groups, *(column.heading for column in COLUMNS))
    title = f"Thống kê phát thanh {period.label}"
    return Sheet(title, header, tuple(rows), notes_of(table, rule, period))


def cells_of(figures: Figures) -> tuple[Cell, ...]:
    """The measures in the order of `COLUMNS`, times in minutes with one decimal."""
    return tuple(_cell(figures, column) for column in COLUMNS)


def notes_of(table: FiguresTable, rule: CountingRule, period: Period) -> tuple[str, ...]:
    """The rule and the exact days first, then each reason why rows and total differ, once."""
    reasons: dict[Reason, None] = dict.fromkeys(gap.reason for gap in table.differences)
    return (rule_sentence(rule, period), *(reason.value for reason in reasons))


def key_in_words(by: GroupBy, part: str) -> str:
    """The key "2023-05" as "05/2023", "2023-Q2" as "Quý 2/2023"; kind and origin as words."""
    if by is GroupBy.MONTH:
        year, month = part.split("-")
        return f"{month}/{year}"
    if by is GroupBy.QUARTER:
        year, quarter = part.split("-Q")
        return f"Quý {quarter}/{year}"
    is_code = by in {GroupBy.KIND, GroupBy.ORIGIN} or part == ""
    return _KEY_WORDS[part] if is_code else part


def _cell(figures: Figures, column: Column) -> Cell:
    value: int | None = getattr(figures, column.measure)
    if value is None:
        return None
    return to_minutes(value) if column.is_time else value
