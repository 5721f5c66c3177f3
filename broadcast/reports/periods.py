"""The spans of local days a report may cover. PURE: knows no clock; days come in as parameters.

Cut-off days follow Nghị định 09/2019/NĐ-CP, Điều 12: data run from the 15th to the 14th.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from broadcast.reports.errors import NoSuchPeriod, PeriodReversed, PeriodTooLong
from broadcast.reports.numbers_vi import date_short, month_number, roman

MAX_YEARS = 20
EARLIEST_YEAR, LATEST_YEAR = 1975, 2200
"""No commune station is older, and arithmetic with years stays far from the calendar's ends."""


class Cutoff(StrEnum):
    """Where a named period begins: on the 1st, or on the 15th as Nghị định 09/2019 has it."""

    CALENDAR = "calendar"
    DECREE_09 = "nd09"


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open span of local days `[first_day, end_day)` with its name in Vietnamese.

    `label` is what a title prints ("năm 2023"); `dates` is the exact from-to, last day included,
    which every report prints beside it.
    """

    kind: PeriodKind
    cutoff: Cutoff
    first_day: date
    end_day: date
    label: str

    @property
    def last_day(self) -> date:
        return self.end_day - timedelta(days=1)

    @property
    def year(self) -> int:
        """The year the period reports on: the year of its last day."""
        return self.last_day.year

    @property
    def dates(self) -> str:
        return _dates(self.first_day, self.last_day)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day < self.end_day

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """UTC instants `[from, to)` of the local days; a skipped midnight is the gap's instant."""
        return _midnight(self.first_day, zone), _midnight(self.end_day, zone)


def month_period(year: int, month: int, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """:raises NoSuchPeriod: the month is not 1-12 or the year is absurd."""
    return _named(PeriodKind.MONTH, cutoff, (year, month, 1), f"tháng {month_number(month)}")


def quarter_period(year: int, quarter: int, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """:raises NoSuchPeriod: the quarter is not 1-4 or the year is absurd."""
    _require(quarter in range(1, 5), f"quý {quarter}")
    span = (year, 3 * quarter - 2, 3)
    return _named(PeriodKind.QUARTER, cutoff, span, f"quý {roman(quarter)}")


def half_period(year: int, half: int, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """:raises NoSuchPeriod: the half is not 1 or 2 or the year is absurd."""
    _require(half in (1, 2), f"nửa năm thứ {half}")
    words = "6 tháng đầu" if half == 1 else "6 tháng cuối"
    return _named(PeriodKind.HALF, cutoff, (year, 6 * half - 5, 6), words)


def nine_month_period(year: int, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """:raises NoSuchPeriod: the year is absurd."""
    return _named(PeriodKind.NINE_MONTHS, cutoff, (year, 1, 9), "9 tháng đầu")


def year_period(year: int, cutoff: Cutoff = Cutoff.CALENDAR) -> Period:
    """:raises NoSuchPeriod: the year is absurd."""
    return _named(PeriodKind.YEAR, cutoff, (year, 1, 12), "")


def free_period(first_day: date, last_day: date) -> Period:
    """Any local days, both included.

    :raises PeriodReversed: the last day lies before the first.
    :raises PeriodTooLong: more than 20 years.
    :raises NoSuchPeriod: a year no station has known.
    """
    if last_day < first_day:
        raise PeriodReversed(first_day=first_day, last_day=last_day)
    for day in (first_day, last_day):
        _require(EARLIEST_YEAR <= day.year <= LATEST_YEAR, f"ngày {date_short(day)}")
    if last_day >= _same_day(first_day, first_day.year + MAX_YEARS):
        raise PeriodTooLong(first_day=first_day, last_day=last_day)
    label = _dates(first_day, last_day)
    end_day = last_day + timedelta(days=1)
    return Period(PeriodKind.FREE, Cutoff.CALENDAR, first_day, end_day, label)


def recognised_period(first_day: date, last_day: date) -> Period:
    """The named period of exactly these days, so that a title says "năm 2023"; else free dates.

    :raises LoaError: as `free_period` does.
    """
    free = free_period(first_day, last_day)
    year = last_day.year
    for cutoff in Cutoff:
        named = [year_period(year, cutoff), nine_month_period(year, cutoff)]
        named += [half_period(year, half, cutoff) for half in (1, 2)]
        named += [quarter_period(year, quarter, cutoff) for quarter in range(1, 5)]
        named += [month_period(year, month, cutoff) for month in range(1, 13)]
        for period in named:
            if (period.first_day, period.end_day) == (free.first_day, free.end_day):
                return period
    return free


def planned_years(period: Period) -> tuple[int, ...]:
    """The years whose plan the period is held against: its own, or those that lie wholly in it.

    A year by the decree's cut-off (15/12 to 14/12) is held against the plan of the year it reports.
    """
    if period.kind is PeriodKind.YEAR:
        return (period.year,)
    years = range(period.first_day.year, period.last_day.year + 1)
    return tuple(
        year
        for year in years
        if period.first_day <= date(year, 1, 1) and date(year, 12, 31) <= period.last_day
    )


def same_period_last_year(period: Period) -> Period:
    """The period "so với cùng kỳ" compares with; 29 February becomes 28 February."""
    if period.kind is PeriodKind.FREE:
        first_day = _same_day(period.first_day, period.first_day.year - 1)
        return free_period(first_day, _same_day(period.last_day, period.last_day.year - 1))
    first_day = _same_day(period.first_day, period.first_day.year - 1)
    end_day = _same_day(period.end_day, period.end_day.year - 1)
    label = period.label.replace(str(period.year), str(period.year - 1))
    return Period(period.kind, period.cutoff, first_day, end_day, label)


def year_to_date(period: Period) -> Period:
    """The span of "lũy kế từ đầu năm": from the start of the reporting year to the period's end."""
    start = year_period(period.year, period.cutoff).first_day
    return free_period(min(start, period.first_day), period.last_day)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The station's day an aware instant falls on; 06:59 in Việt Nam is the day before in UTC."""
    return instant.astimezone(zone).date()


def _named(kind: PeriodKind, cutoff: Cutoff, span: tuple[int, int, int], words: str) -> Period:
    year, month, months = span
    _require(EARLIEST_YEAR <= year <= LATEST_YEAR, f"năm {year}")
    _require(month in range(1, 13), f"tháng {month}")
    label = f"{words} năm {year}".strip()
    first_day, end_day = _edge(year, month, cutoff), _edge(year, month + months, cutoff)
    return Period(kind, cutoff, first_day, end_day, label)


def _edge(year: int, month: int, cutoff: Cutoff) -> date:
    """Start of a reporting month: its 1st, or by the decree the 15th of the month before."""
    months = year * 12 + month - 1 - (cutoff is Cutoff.DECREE_09)
    return date(months // 12, months % 12 + 1, 15 if cutoff is Cutoff.DECREE_09 else 1)


def _same_day(day: date, year: int) -> date:
    if (day.month, day.day) == (2, 29):
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return date(year, 2, 29 if is_leap else 28)
    return day.replace(year=year)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _dates(first_day: date, last_day: date) -> str:
    if first_day == last_day:
        return f"ngày {date_short(first_day)}"
    return f"từ ngày {date_short(first_day)} đến ngày {date_short(last_day)}"


def _require(holds: bool, asked: str) -> None:  # noqa: FBT001 - reads as a sentence where called
    if not holds:
        raise NoSuchPeriod(asked=asked)
