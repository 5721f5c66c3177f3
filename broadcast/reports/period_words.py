"""The period picker's words and what they mean. PURE: text in, a period out."""

from collections.abc import Mapping
from datetime import date

from broadcast.reports.errors import NoSuchPeriod
from broadcast.reports.numbers_vi import date_short, month_number, roman
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
from broadcast.wording import Say

KINDS = (
    ("year", "Cả năm"),
    ("half-1", "6 tháng đầu năm"),
    ("half-2", "6 tháng cuối năm"),
    ("nine", "9 tháng đầu năm"),
    ("quarter-1", "Quý 1"),
    ("quarter-2", "Quý 2"),
    ("quarter-3", "Quý 3"),
    ("quarter-4", "Quý 4"),
    ("month-1", "Tháng 1"),
    ("month-2", "Tháng 2"),
    ("month-3", "Tháng 3"),
    ("month-4", "Tháng 4"),
    ("month-5", "Tháng 5"),
    ("month-6", "Tháng 6"),
    ("month-7", "Tháng 7"),
    ("month-8", "Tháng 8"),
    ("month-9", "Tháng 9"),
    ("month-10", "Tháng 10"),
    ("month-11", "Tháng 11"),
    ("month-12", "Tháng 12"),
    ("free", "Ngày tự chọn"),
)
CUTOFFS = (
    (Cutoff.CALENDAR.value, "Dương lịch (từ ngày 1)"),
    (Cutoff.DECREE_09.value, "Nghị định 09/2019 (từ ngày 15)"),
)
LABELS = {
    "year": "năm %(year)s",
    "half-1": "6 tháng đầu năm %(year)s",
    "half-2": "6 tháng cuối năm %(year)s",
    "nine": "9 tháng đầu năm %(year)s",
    "quarter": "quý %(number)s năm %(year)s",
    "month": "tháng %(number)s năm %(year)s",
    "day": "ngày %(first)s",
    "free": "từ ngày %(first)s đến ngày %(last)s",
}
"""A period's label and dates as sentences to translate; in Vietnamese they are its own."""


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


def say_label(period: Period, say: Say = str) -> str:
    """`Period.label` in the language of `say`."""
    picked, month = picked_as(period), period.last_day.month
    if period.kind is PeriodKind.FREE:
        return say_dates(period, say)
    if period.kind is PeriodKind.QUARTER:
        return say(LABELS["quarter"]) % {"number": roman(month // 3), "year": period.year}
    if period.kind is PeriodKind.MONTH:
        return say(LABELS["month"]) % {"number": month_number(month), "year": period.year}
    return say(LABELS[picked]) % {"year": period.year}


def say_dates(period: Period, say: Say = str) -> str:
    """`Period.dates` in the language of `say`."""
    words = LABELS["day" if period.first_day == period.last_day else "free"]
    first, last = date_short(period.first_day), date_short(period.last_day)
    return say(words) % {"first": first, "last": last}
