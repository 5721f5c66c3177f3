"""Public holidays of Vietnam, with what was announced and what an operator overrides."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.holidays import Announcement, holidays_between, public_holidays
from scheduler.timetable.lunar import tet, to_lunar


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2023, date(2023, 1, 20), date(2023, 1, 24)),
        (2024, date(2024, 2, 8), date(2024, 2, 12)),
        (2025, date(2025, 1, 27), date(2025, 1, 31)),
        (2026, date(2026, 2, 16), date(2026, 2, 20)),
    ],
)
def test_tet_is_the_five_announced_days(year, first, last):
    days = [
        day for day, name in public_holidays(year).items() if name.endswith(("Tết", "cuối năm"))
    ]

    assert days == [first + timedelta(days=n) for n in range(5)]
    assert days[-1] == last


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "Tết Dương lịch"),
        (date(2026, 2, 17), "Mùng 1 Tết"),
        (date(2026, 4, 26), "Giỗ Tổ Hùng Vương"),
        (date(2025, 4, 7), "Giỗ Tổ Hùng Vương"),
        (date(2024, 4, 18), "Giỗ Tổ Hùng Vương"),
        (date(2026, 4, 30), "Ngày Chiến thắng"),
        (date(2026, 5, 1), "Ngày Quốc tế Lao động"),
        (date(2026, 9, 1), "Nghỉ lễ Quốc khánh"),
        (date(2024, 9, 3), "Nghỉ lễ Quốc khánh"),
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
    ],
)
def test_these_days_are_holidays(day, name):
    assert public_holidays(day.year)[day] == name


def test_the_day_of_culture_begins_in_2026():
    assert date(2025, 11, 24) not in public_holidays(2025)


def test_a_year_is_in_order():
    assert list(public_holidays(2027)) == sorted(public_holidays(2027))


def test_an_announcement_changes_the_days_around_tet_and_the_national_day():
    days = public_holidays(
        2028, announced=Announcement(days_before_tet=2, eve_of_national_day=False)
    )

    assert tet(2028) - timedelta(days=2) in days
    assert tet(2028) + timedelta(days=3) not in days
    assert date(2028, 9, 3) in days
    assert date(2028, 9, 1) not in days


def test_a_swapped_day_is_added_by_the_override():
    swapped = {date(2026, 8, 31): "Nghỉ hoán đổi dịp Quốc khánh"}

    assert public_holidays(2026, swapped)[date(2026, 8, 31)] == "Nghỉ hoán đổi dịp Quốc khánh"


def test_a_day_is_taken_out_by_the_override():
    assert date(2026, 5, 1) not in public_holidays(2026, {date(2026, 5, 1): None})


def test_an_override_of_another_year_is_left_aside():
    assert public_holidays(2026, {date(2027, 8, 8): "Lễ"}) == public_holidays(2026)


def test_taking_out_a_day_that_is_none_does_nothing():
    assert public_holidays(2026, {date(2026, 8, 8): None}) == public_holidays(2026)


def test_holidays_between_days_are_half_open():
    assert holidays_between(date(2026, 4, 30), date(2026, 5, 1)) == {
        date(2026, 4, 30): "Ngày Chiến thắng"
    }


def test_no_days_have_no_holidays():
    assert holidays_between(date(2026, 4, 30), date(2026, 4, 30)) == {}


def test_a_tet_that_begins_in_january_is_found_over_the_new_year():
    days = holidays_between(date(2024, 12, 31), date(2025, 2, 1))

    assert days[date(2025, 1, 1)] == "Tết Dương lịch"
    assert days[date(2025, 1, 29)] == "Mùng 1 Tết"
    assert len(days) == 6


@settings(deadline=None, max_examples=60)
@given(year=st.integers(1985, 2050))
def test_each_year_has_its_holidays(year):
    days = public_holidays(year)

    assert len(days) in {10, 11, 12}
    assert any(to_lunar(day).day == 10 and to_lunar(day).month == 3 for day in days)
    assert {day.year for day in days} == {year}


@settings(deadline=None, max_examples=60)
@given(
    days=st.lists(st.dates(date(2020, 1, 1), date(2032, 1, 1)), min_size=3, max_size=3, unique=True)
)
def test_joined_spans_have_the_holidays_of_the_whole(days):
    first, middle, last = sorted(days)

    assert holidays_between(first, middle) | holidays_between(middle, last) == holidays_between(
        first, last
    )
