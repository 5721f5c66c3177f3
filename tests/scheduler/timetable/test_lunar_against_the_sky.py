"""The lunar calendar against an independent reckoning of moon and sun.

The code under test uses Meeus' series for the time of the new moon. Here the longitudes of moon
and sun are computed from other series (Meeus 1998, chapters 25 and 47, the larger terms) and the
new moons and principal terms found by bisection; then the rules of the calendar are applied anew.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import floor, radians, sin

import pytest

from scheduler.timetable.lunar import LunarDate, to_lunar, to_solar

MOON_TERMS = (
    # D, M, M', F, coefficient in millionths of a degree
    (0, 0, 1, 0, 6288774), (2, 0, -1, 0, 1274027), (2, 0, 0, 0, 658314), (0, 0, 2, 0, 213618),
    (0, 1, 0, 0, -185116), (0, 0, 0, 2, -114332), (2, 0, -2, 0, 58793), (2, -1, -1, 0, 57066),
    (2, 0, 1, 0, 53322), (2, -1, 0, 0, 45758), (0, 1, -1, 0, -40923), (1, 0, 0, 0, -34720),
    (0, 1, 1, 0, -30383), (2, 0, 0, -2, 15327), (0, 0, 1, 2, -12528), (0, 0, 1, -2, 10980),
    (4, 0, -1, 0, 10675), (0, 0, 3, 0, 10034), (4, 0, -2, 0, 8548), (2, 1, -1, 0, -7888),
    (2, 1, 0, 0, -6766), (1, 0, -1, 0, -5163), (1, 1, 0, 0, 4987), (2, -1, 1, 0, 4036),
    (2, 0, 2, 0, 3994), (4, 0, 0, 0, 3861), (2, 0, -3, 0, 3665), (0, 1, -2, 0, -2689),
    (2, 0, -1, 2, -2602), (2, -1, -2, 0, 2390), (1, 0, 1, 0, -2348), (2, -2, 0, 0, 2236),
    (0, 1, 2, 0, -2120), (0, 2, 0, 0, -2069), (2, -2, -1, 0, 2048), (2, 0, 1, -2, -1773),
)  # fmt: skip
J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
HANOI = timedelta(hours=7)
DYNAMICAL_TIME_AHEAD = timedelta(seconds=67)
"""Within 30 s of the truth between 1985 and 2050."""


def centuries(instant: datetime) -> float:
    return (instant + DYNAMICAL_TIME_AHEAD - J2000) / timedelta(days=36525)


def sun_longitude(t: float) -> float:
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (1.914602 - 0.004817 * t) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * t)
    return 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre - 0.00569 - 0.00478 * sin(node)


def moon_longitude(t: float) -> float:
    mean = 218.3164477 + 481267.88123421 * t - 0.0015786 * t * t
    elongation = radians(297.8501921 + 445267.1114034 * t - 0.0018819 * t * t)
    sun = radians(357.5291092 + 35999.0502909 * t - 0.0001536 * t * t)
    moon = radians(134.9633964 + 477198.8675055 * t + 0.0087414 * t * t)
    node = radians(93.272095 + 483202.0175233 * t - 0.0036539 * t * t)
    eccentricity = 1 - 0.002516 * t
    total = 0.0
    for d, m, mp, f, coefficient in MOON_TERMS:
        angle = d * elongation + m * sun + mp * moon + f * node
        total += coefficient * eccentricity ** abs(m) * sin(angle)
    venus, jupiter = radians(119.75 + 131.849 * t), radians(53.09 + 479264.29 * t)
    total += 3958 * sin(venus) + 1962 * sin(radians(218.316 + 481267.881 * t) - node)
    total += 318 * sin(jupiter)
    nutation = -0.00478 * sin(radians(125.04 - 1934.136 * t))
    return mean + total / 1e6 + nutation


def signed(degrees: float) -> float:
    return (degrees + 180) % 360 - 180


def root(angle, low: datetime, high: datetime) -> datetime:
    """The instant between at which a rising angle passes zero, to the second."""
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if signed(angle(centuries(middle))) < 0:
            low = middle
        else:
            high = middle
    return high


def elongation(t: float) -> float:
    return moon_longitude(t) - sun_longitude(t)


@cache
def new_moon_near(number: int) -> datetime:
    """The new moon that many mean months after the one of 6 January 2000."""
    guess = datetime(2000, 1, 6, 18, tzinfo=UTC) + number * timedelta(days=29.530588861)
    return root(elongation, guess - timedelta(days=2), guess + timedelta(days=2))


def hanoi_day(instant: datetime) -> date:
    return (instant + HANOI).date()


@cache
def solstice_day(year: int) -> date:
    middle = datetime(year, 12, 21, tzinfo=UTC)
    week = timedelta(days=5)
    return hanoi_day(root(lambda t: sun_longitude(t) - 270, middle - week, middle + week))


def month_of(day: date) -> int:
    """Number of the new moon that opens the month of a day."""
    number = floor((day - date(2000, 1, 6)).days / 29.530588861) + 1
    while hanoi_day(new_moon_near(number)) > day:
        number -= 1
    return number


def has_principal_term(number: int) -> bool:
    """Whether the sun enters a new twelfth of the ecliptic on a day of the month."""
    begins = datetime.combine(hanoi_day(new_moon_near(number)), datetime.min.time(), UTC) - HANOI
    ends = datetime.combine(hanoi_day(new_moon_near(number + 1)), datetime.min.time(), UTC) - HANOI
    first, last = (floor(sun_longitude(centuries(at)) / 30) for at in (begins, ends))
    return first != last


def sky_year(year: int) -> dict[date, tuple[int, bool]]:
    """First days of the months from the 11th of one year to the 10th of the next."""
    first = month_of(solstice_day(year))
    following = month_of(solstice_day(year + 1))
    leap = None
    if following - first == 13:
        leap = next(n for n in range(first + 1, following) if not has_principal_term(n))
    found, month = {}, 10
    for number in range(first, following):
        if number != leap:
            month = month % 12 + 1
        found[hanoi_day(new_moon_near(number))] = (month, number == leap)
    return found


@pytest.mark.parametrize("year", range(1984, 2050))
def test_months_begin_with_the_new_moons_of_the_sky(year):
    for day, (month, leap) in sky_year(year).items():
        lunar = to_lunar(day)

        assert (lunar.day, lunar.month, lunar.leap) == (1, month, leap), day


def test_the_sky_itself_is_reckoned_rightly():
    """Known instants: the eclipse of 11 August 1999 and the solstice of December 2023."""
    eclipse = new_moon_near(month_of(date(1999, 8, 12)))
    middle = datetime(2023, 12, 22, tzinfo=UTC)
    solstice = root(
        lambda t: sun_longitude(t) - 270, middle - timedelta(days=3), middle + timedelta(days=3)
    )

    assert abs(eclipse - datetime(1999, 8, 11, 11, 8, tzinfo=UTC)) < timedelta(minutes=2)
    assert abs(solstice - datetime(2023, 12, 22, 3, 27, tzinfo=UTC)) < timedelta(minutes=15)


@pytest.mark.parametrize("year", [2007, 2030])
def test_tet_parts_from_the_chinese_one_when_the_new_moon_is_between_the_midnights(year):
    new_moon = new_moon_near(month_of(to_solar(LunarDate(1, 1, year))))

    assert (new_moon + HANOI).hour == 23
    assert (new_moon + HANOI + timedelta(hours=1)).date() > hanoi_day(new_moon)


def test_the_solstice_of_1984_parts_the_year_1985():
    """In Hanoi it fell on 21 December, in Beijing on the 22nd with the new moon."""
    assert solstice_day(1984) == date(1984, 12, 21)
    assert to_lunar(date(1984, 12, 22)) == LunarDate(1, 12, 1984)
