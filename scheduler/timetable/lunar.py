"""The Vietnamese lunar calendar: Hồ Ngọc Đức's algorithm for UTC+7.

A month begins on the day of the new moon, the 11th month holds the winter solstice, and in a year
of thirteen months the first one without a principal term is the leap month; all days are those of
UTC+7, which is why Tết differs from the Chinese new year in 1985, 2007 and 2030.

Source: Hồ Ngọc Đức, "Thuật toán tính âm lịch", https://www.informatik.uni-leipzig.de/~duc/amlich/
(after J. Meeus, Astronomical Algorithms, 1998). Tested for 1985-2050; the rule of UTC+7 itself
holds from 1968 on (Quyết định 121-CP, 8/8/1967).
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import floor, pi, radians, sin

from scheduler.timetable.errors import LunarDateNotReal

UTC_OFFSET_DAYS = 7 / 24
SYNODIC_MONTH_DAYS = 29.530588853
_ORDINAL_TO_JULIAN = 1721425
"""Julian day number of a `date` is its ordinal plus this."""
_EPOCH_JULIAN = 2415021.076998695
"""New moon of 1 January 1900, from which lunations are counted."""


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """Day 1-30, month 1-12, year; `leap` marks a tháng nhuận, which follows its namesake."""

    day: int
    month: int
    year: int
    leap: bool = False


def _new_moon_day(lunation: int) -> int:
    """Ordinal of the UTC+7 day of the new moon that many lunations after 1 January 1900."""
    t = lunation / 1236.85
    t2, t3 = t * t, t * t * t
    mean = 2415020.75933 + 29.53058868 * lunation + 0.0001178 * t2 - 0.000000155 * t3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t2))
    sun = radians(359.2242 + 29.10535608 * lunation - 0.0000333 * t2 - 0.00000347 * t3)
    moon = radians(306.0253 + 385.81691806 * lunation + 0.0107306 * t2 + 0.00001236 * t3)
    node = radians(21.2964 + 390.67050646 * lunation - 0.0016528 * t2 - 0.00000239 * t3)
    correction = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
    correction += -0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
    correction += 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
    correction += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun)
    correction += -0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon)
    correction += 0.0005 * sin(2 * moon + sun)
    # Terrestrial time runs ahead of the clock; the polynomial holds after the year 800.
    ahead = -0.000278 + 0.000265 * t + 0.000262 * t2
    return floor(mean + correction - ahead + 0.5 + UTC_OFFSET_DAYS) - _ORDINAL_TO_JULIAN


def _sun_sector(ordinal: int) -> int:
    """The twelfth of the ecliptic (0 from the March equinox) with the sun at local midnight."""
    t = (ordinal + _ORDINAL_TO_JULIAN - 0.5 - UTC_OFFSET_DAYS - 2451545.0) / 36525
    t2 = t * t
    anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2)
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2
    centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    longitude = radians(mean + centre) % (2 * pi)
    return floor(longitude / pi * 6)


def _lunation_near(ordinal: int) -> int:
    return floor((ordinal + _ORDINAL_TO_JULIAN - _EPOCH_JULIAN) / SYNODIC_MONTH_DAYS + 0.5)


@lru_cache(maxsize=512)
def _eleventh_month(year: int) -> int:
    """Lunation of the month that holds the winter solstice of a solar year."""
    lunation = floor((date(year, 12, 31).toordinal() + _ORDINAL_TO_JULIAN - 2415021) / 29.530588853)
    return lunation - 1 if _sun_sector(_new_moon_day(lunation)) >= 9 else lunation


@lru_cache(maxsize=512)
def _months_from_eleventh(year: int) -> tuple[tuple[int, int, int, bool], ...]:
    """(first ordinal, month, lunar year, leap) of the months from the 11th of `year` on.

    The 11th month of the next year ends the list, so that the length of the 10th is known.
    """
    first, following = _eleventh_month(year), _eleventh_month(year + 1)
    starts = [_new_moon_day(lunation) for lunation in range(first, following + 1)]
    sectors = [_sun_sector(start) for start in starts]
    leap_at = None
    if len(starts) == 14:
        leap_at = next(at for at in range(1, 13) if sectors[at] == sectors[at + 1])
    months = []
    for at, start in enumerate(starts):
        number = at if leap_at is None or at < leap_at else at - 1
        month = (number + 10) % 12 + 1
        months.append((start, month, year if number < 2 else year + 1, at == leap_at))
    return tuple(months)


def to_lunar(day: date) -> LunarDate:
    """The lunar date of a solar day."""
    ordinal = day.toordinal()
    year = day.year if ordinal >= _months_from_eleventh(day.year)[0][0] else day.year - 1
    months = _months_from_eleventh(year)
    start, month, lunar_year, leap = max(m for m in months[:-1] if m[0] <= ordinal)
    return LunarDate(ordinal - start + 1, month, lunar_year, leap)


def to_solar(lunar: LunarDate) -> date:
    """The solar day of a lunar date.

    :raises LunarDateNotReal: the month has no such day, or the year no such leap month.
    """
    months = _months_from_eleventh(lunar.year - 1) + _months_from_eleventh(lunar.year)[:4]
    for (start, month, year, leap), (following, *_) in pairwise(months):
        if (month, year, leap) != (lunar.month, lunar.year, lunar.leap):
            continue
        if 1 <= lunar.day <= following - start:
            return date.fromordinal(start + lunar.day - 1)
    raise LunarDateNotReal(lunar=lunar)


def tet(year: int) -> date:
    """Mùng một Tết of a lunar year, which lies in the solar year of the same number."""
    return to_solar(LunarDate(1, 1, year))
