"""The Vietnamese lunar calendar against known Tết dates, leap months and its own rules."""

from datetime import date, timedelta
from re import findall

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import LunarDateNotReal
from scheduler.timetable.lunar import LunarDate, tet, to_lunar, to_solar

TET_DAYS = """
1985 21/1   1986 9/2    1987 29/1   1988 17/2   1989 6/2    1990 27/1   1991 15/2   1992 4/2
1993 23/1   1994 10/2   1995 31/1   1996 19/2   1997 7/2    1998 28/1   1999 16/2   2000 5/2
2001 24/1   2002 12/2   2003 1/2    2004 22/1   2005 9/2    2006 29/1   2007 17/2   2008 7/2
2009 26/1   2010 14/2   2011 3/2    2012 23/1   2013 10/2   2014 31/1   2015 19/2   2016 8/2
2017 28/1   2018 16/2   2019 5/2    2020 25/1   2021 12/2   2022 1/2    2023 22/1   2024 10/2
2025 29/1   2026 17/2   2027 6/2    2028 26/1   2029 13/2   2030 2/2    2031 23/1   2032 11/2
2033 31/1   2034 19/2   2035 8/2    2036 28/1   2037 15/2   2038 4/2    2039 24/1   2040 12/2
2041 1/2    2042 22/1   2043 10/2   2044 30/1   2045 17/2   2046 6/2    2047 26/1   2048 14/2
2049 2/2    2050 23/1
"""
"""First days of the lunar year as printed in almanacs; not computed by the code under test."""

LEAP_MONTHS = {
    1985: 2, 1987: 7, 1990: 5, 1993: 3, 1995: 8, 1998: 5, 2001: 4, 2004: 2, 2006: 7, 2009: 5,
    2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6,
    2039: 5, 2042: 2, 2044: 7, 2047: 5, 2050: 3,
}  # fmt: skip
"""Tháng nhuận of the Vietnamese calendar; 1985 and 1987 differ from the Chinese one (none, 6)."""

CHINESE_NEW_YEAR = {1985: date(1985, 2, 20), 2007: date(2007, 2, 18), 2030: date(2030, 2, 3)}
"""Where the calendars part, because a new moon or a solstice falls between the midnights."""

TET = {int(y): date(int(y), int(m), int(d)) for y, d, m in findall(r"(\d{4}) (\d+)/(\d)", TET_DAYS)}
DAYS = st.dates(date(1968, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("year", TET)
def test_tet_is_on_the_day_of_the_almanac(year):
    assert tet(year) == TET[year]


def test_the_table_of_tet_has_no_gap():
    assert list(TET) == list(range(1985, 2051))


@pytest.mark.parametrize("year", CHINESE_NEW_YEAR)
def test_tet_parts_from_the_chinese_new_year(year):
    assert tet(year) < CHINESE_NEW_YEAR[year]


@pytest.mark.parametrize("year", range(1985, 2051))
def test_leap_months_are_those_of_the_almanac(year):
    found = set()
    for month in range(1, 13):
        try:
            to_solar(LunarDate(1, month, year, leap=True))
        except LunarDateNotReal:
            continue
        found.add(month)

    assert found == ({LEAP_MONTHS[year]} if year in LEAP_MONTHS else set())


@pytest.mark.parametrize(
    ("solar", "lunar"),
    [
        (date(2026, 4, 26), LunarDate(10, 3, 2026)),
        (date(2026, 11, 23), LunarDate(15, 10, 2026)),
        (date(2025, 7, 25), LunarDate(1, 6, 2025, leap=True)),
        (date(2033, 12, 22), LunarDate(1, 11, 2033, leap=True)),
        (date(2024, 2, 9), LunarDate(30, 12, 2023)),
        (date(2026, 2, 16), LunarDate(29, 12, 2025)),
        (date(1968, 1, 29), LunarDate(1, 1, 1968)),
    ],
)
def test_these_days_have_these_lunar_dates(solar, lunar):
    assert to_lunar(solar) == lunar
    assert to_solar(lunar) == solar


@pytest.mark.parametrize(
    "unreal",
    [
        LunarDate(0, 1, 2026),
        LunarDate(31, 1, 2026),
        LunarDate(30, 12, 2025),
        LunarDate(1, 13, 2026),
        LunarDate(1, 6, 2026, leap=True),
    ],
    ids=str,
)
def test_a_lunar_date_that_does_not_exist_is_refused(unreal):
    with pytest.raises(LunarDateNotReal) as refused:
        to_solar(unreal)

    assert refused.value.facts == {"lunar": unreal}


@settings(deadline=None, max_examples=300)
@given(day=DAYS)
def test_there_and_back_is_the_same_day(day):
    assert to_solar(to_lunar(day)) == day


@settings(deadline=None, max_examples=300)
@given(day=DAYS)
def test_the_next_day_is_the_next_lunar_day_or_the_first_of_a_month(day):
    today, tomorrow = to_lunar(day), to_lunar(day + timedelta(days=1))

    if tomorrow.day == 1:
        assert today.day in {29, 30}
        assert (tomorrow.month, tomorrow.leap) in {
            (today.month % 12 + 1, False),
            (today.month, not today.leap),
        }
    else:
        assert (tomorrow.day, tomorrow.month, tomorrow.year, tomorrow.leap) == (
            today.day + 1,
            today.month,
            today.year,
            today.leap,
        )
