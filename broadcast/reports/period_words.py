"""The period picker's words and what they mean. PURE: text in, a period out."""

from collections.abc import Mapping
from datetime import date

from broadcast.reports.errors import NoSuchPeriod
from broadcast.reports.periods import (
    Cutoff,
    Period,
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
    kind, _, number = asked.get("kind", "year").partition("-")
    if kind == "free" or ("kind" not in asked and "from" in asked):
        return read_period(asked)
    year, cutoff = asked.get("year") or str(today.year), asked.get("cutoff", "")
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
