from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.reports.errors import NoSuchPeriod, PeriodReversed, PeriodTooLong
from broadcast.reports.periods import (
    Cutoff,
    Period,
    PeriodKind,
    free_period,
    half_period,
    local_day,
    month_period,
    nine_month_period,
    quarter_period,
    same_period_last_year,
    year_period,
    year_to_date,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
BEIRUT = ZoneInfo("Asia/Beirut")
HAVANA = ZoneInfo("America/Havana")
ND09 = Cutoff.DECREE_09

NAMED = {
    "month": (month_period(2025, 5), "01/05/2025", "31/05/2025", "tháng 5 năm 2025"),
    "february_has_a_zero": (month_period(2024, 2), "01/02/2024", "29/02/2024", "tháng 02 năm 2024"),
    "quarter": (quarter_period(2025, 2), "01/04/2025", "30/06/2025", "quý II năm 2025"),
    "first_half": (half_period(2025, 1), "01/01/2025", "30/06/2025", "6 tháng đầu năm 2025"),
    "second_half": (half_period(2025, 2), "01/07/2025", "31/12/2025", "6 tháng cuối năm 2025"),
    "nine_months": (nine_month_period(2025), "01/01/2025", "30/09/2025", "9 tháng đầu năm 2025"),
    "year": (year_period(2023), "01/01/2023", "31/12/2023", "năm 2023"),
    "decree_month": (month_period(2025, 5, ND09), "15/04/2025", "14/05/2025", "tháng 5 năm 2025"),
    "decree_january": (
        month_period(2025, 1, ND09),
        "15/12/2024",
        "14/01/2025",
        "tháng 01 năm 2025",
    ),
    "decree_quarter": (quarter_period(2025, 1, ND09), "15/12/2024", "14/03/2025", "quý I năm 2025"),
    "decree_half": (half_period(2025, 1, ND09), "15/12/2024", "14/06/2025", "6 tháng đầu năm 2025"),
    "decree_nine": (
        nine_month_period(2025, ND09),
        "15/12/2024",
        "14/09/2025",
        "9 tháng đầu năm 2025",
    ),
    "decree_year": (year_period(2023, ND09), "15/12/2022", "14/12/2023", "năm 2023"),
}


@pytest.mark.parametrize(("period", "first", "last", "label"), NAMED.values(), ids=NAMED.keys())
def test_a_named_period_has_the_days_and_the_name_an_office_expects(
    period: Period, first: str, last: str, label: str
):
    assert period.label == label
    assert period.dates == f"từ ngày {first} đến ngày {last}"


def test_a_free_period_is_named_by_its_days():
    assert free_period(date(2022, 12, 15), date(2023, 12, 14)).label == (
        "từ ngày 15/12/2022 đến ngày 14/12/2023"
    )


def test_a_period_of_one_day_is_named_by_that_day():
    assert free_period(date(2023, 2, 5), date(2023, 2, 5)).label == "ngày 05/02/2023"


def test_a_morning_airing_belongs_to_its_local_day_at_the_years_end():
    new_years_eve_in_utc = datetime(2022, 12, 31, 23, 59, tzinfo=UTC)
    assert local_day(new_years_eve_in_utc, HANOI) == date(2023, 1, 1)
    start, _ = year_period(2023).bounds(HANOI)
    assert start == datetime(2022, 12, 31, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [(BEIRUT, date(2024, 3, 31)), (HAVANA, date(2024, 3, 10)), (HAVANA, date(2024, 11, 3))],
    ids=["midnight_skipped_in_beirut", "midnight_skipped_in_havana", "midnight_twice_in_havana"],
)
def test_days_with_a_strange_midnight_still_start_at_their_first_instant(zone: ZoneInfo, day: date):
    start, end = free_period(day, day).bounds(zone)
    second = timedelta(seconds=1)
    assert local_day(start, zone) == local_day(end - second, zone) == day
    assert local_day(start - second, zone) == day - timedelta(days=1)
    assert local_day(end, zone) == day + timedelta(days=1)


def test_a_reversed_period_is_refused():
    with pytest.raises(PeriodReversed):
        free_period(date(2023, 12, 31), date(2023, 1, 1))


def test_twenty_years_are_allowed_and_a_day_more_is_refused():
    assert free_period(date(2004, 2, 29), date(2024, 2, 28)).last_day == date(2024, 2, 28)
    assert free_period(date(2005, 1, 1), date(2024, 12, 31)).first_day == date(2005, 1, 1)
    with pytest.raises(PeriodTooLong):
        free_period(date(2005, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    "ask",
    [
        lambda: month_period(2023, 13),
        lambda: month_period(2023, 0),
        lambda: quarter_period(2023, 5),
        lambda: half_period(2023, 3),
        lambda: year_period(23),
        lambda: year_period(9999),
        lambda: free_period(date(1, 1, 1), date(1, 1, 2)),
        lambda: free_period(date(9999, 12, 30), date(9999, 12, 31)),
    ],
)
def test_a_period_that_does_not_exist_is_refused(ask):
    with pytest.raises(NoSuchPeriod):
        ask()


def test_last_years_period_has_the_same_kind_and_name():
    last = same_period_last_year(quarter_period(2025, 2, ND09))
    assert last == quarter_period(2024, 2, ND09)


def test_a_leap_february_is_compared_with_a_whole_february():
    assert same_period_last_year(month_period(2024, 2)) == month_period(2023, 2)
    assert same_period_last_year(month_period(2025, 2)) == month_period(2024, 2)


def test_the_free_period_of_a_leap_day_is_compared_with_the_28th():
    leap = free_period(date(2024, 2, 29), date(2024, 2, 29))
    assert same_period_last_year(leap).first_day == date(2023, 2, 28)


def test_year_to_date_starts_with_the_reporting_year_of_the_same_cutoff():
    assert year_to_date(quarter_period(2025, 3, ND09)).first_day == date(2024, 12, 15)
    assert year_to_date(quarter_period(2025, 3)).first_day == date(2025, 1, 1)
    assert year_to_date(quarter_period(2025, 3)).last_day == date(2025, 9, 30)


def test_year_to_date_never_starts_after_the_period():
    across = free_period(date(2022, 11, 1), date(2023, 1, 31))
    assert year_to_date(across).first_day == across.first_day


@settings(deadline=None, max_examples=60)
@given(year=st.integers(1976, 2199), cutoff=st.sampled_from(Cutoff))
def test_months_quarters_and_halves_make_the_year_without_gap_or_overlap(year: int, cutoff: Cutoff):
    whole = year_period(year, cutoff)
    for parts in (
        [month_period(year, month, cutoff) for month in range(1, 13)],
        [quarter_period(year, quarter, cutoff) for quarter in range(1, 5)],
        [half_period(year, half, cutoff) for half in (1, 2)],
    ):
        assert parts[0].first_day == whole.first_day
        assert parts[-1].end_day == whole.end_day
        assert all(one.end_day == other.first_day for one, other in pairwise(parts))
    assert nine_month_period(year, cutoff).end_day == quarter_period(year, 3, cutoff).end_day
    assert {part.year for part in parts} == {whole.year} == {year}


@settings(deadline=None, max_examples=80)
@given(
    instant=st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from([HANOI, BEIRUT, HAVANA, ZoneInfo("UTC")]),
)
def test_an_instant_lies_within_the_bounds_of_its_local_day_and_of_no_other(instant, zone):
    day = local_day(instant, zone)
    start, end = free_period(day, day).bounds(zone)
    assert start <= instant < end


def test_a_period_contains_its_first_and_last_day_only():
    period = quarter_period(2025, 1)
    assert date(2025, 1, 1) in period
    assert date(2025, 3, 31) in period
    assert date(2025, 4, 1) not in period
    assert date(2024, 12, 31) not in period
    assert period.kind is PeriodKind.QUARTER
