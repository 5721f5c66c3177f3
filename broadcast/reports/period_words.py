"""The period picker's words and what they mean. PURE: text in, a period out."""

from collections.abc import Mapping
from datetime import date

from broadcast.reports.errors import NoSuchPeriod
from broadcast.reports.periods import (
    Cutoff,
    Period,
    PeriodKind,
    half_period,
    month_period,
    nine_month_period,
    quarter_period,
    year_period,
)
from broadcast.reports.questions import read_period

KINDS = (
    ("year", "Cả năm"),
    ("half-1", "6 tháng đầu năm"),
    ("half-2", "6 tháng cuối năm"),
    ("nine", "9 tháng đầu năm"),
    *((f"quarter-{number}", f"Quý {number}") for number in range(1, 5)),
    *((f"month-{number}", f"Tháng {number}") for number in range(1, 13)),
    ("free", "Ngày tự chọn"),
)
CUTOFFS = (
    (Cutoff.CALENDAR.value, "Dương lịch (từ ngày 1)"),
    (Cutoff.DECREE_09.value, "Nghị định 09/2019 (từ ngày 15)"),
)


def read_picked(asked: Mapping[str, str], today: date) -> Period:
    """What was picked; nothing picked is the calendar year of `today`.

    :raises LoaError: each with its own code, for whatever is no period.
    """
    kind = asked.get("kind", "year")
    if kind == "free" or ("kind" not in asked and "from" in asked):
        return read_period(asked)
    return named_period(kind, asked.get("year") or str(today.year), asked.get("cutoff", ""))


def named_period(picked: str, year: str, cutoff: str) -> Period:
    """`quarter-2` of `2023`; a kind or a cut-off that nobody offers is the year, the calendar.

    :raises NoSuchPeriod:
    """
    kind, _, number = picked.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise NoSuchPeriod(asked=year)
    at = int(number) if number.isascii() and number.isdecimal() else 0
    counted = Cutoff(cutoff) if cutoff in set(Cutoff) else Cutoff.CALENDAR
    if kind == "month":
        return month_period(int(year), at, counted)
    if kind == "quarter":
        return quarter_period(int(year), at, counted)
    if kind == "half":
        return half_period(int(year), at, counted)
    if kind == "nine":
        return nine_month_period(int(year), counted)
    return year_period(int(year), counted)


def picked_as(period: Period) -> str:
    """The kind that `period` is picked by, one of `KINDS`."""
    month = period.last_day.month
    return {
        PeriodKind.YEAR: "year",
        PeriodKind.HALF: f"half-{month // 6}",
        PeriodKind.NINE_MONTHS: "nine",
        PeriodKind.QUARTER: f"quarter-{month // 3}",
        PeriodKind.MONTH: f"month-{month}",
        PeriodKind.FREE: "free",
    }[period.kind]
