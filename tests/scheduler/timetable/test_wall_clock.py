"""Local times become instants, also where the clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import TimeZoneUnknown
from scheduler.timetable.wall_clock import instant_at, local_day_of, start_of_day, zone_named

HANOI = "Asia/Ho_Chi_Minh"
ZONES = (HANOI, "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo")


@pytest.mark.parametrize(
    ("case", "zone", "day", "local_time", "expected"),
    [
        ("plain", HANOI, date(2026, 11, 23), time(5), datetime(2026, 11, 22, 22)),
        ("midnight", HANOI, date(2026, 11, 23), time(0), datetime(2026, 11, 22, 17)),
        ("leap_day", HANOI, date(2028, 2, 29), time(17), datetime(2028, 2, 29, 10)),
        ("spring_gap", "Europe/Paris", date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1)),
        ("gap_start", "Europe/Paris", date(2026, 3, 29), time(2), datetime(2026, 3, 29, 1)),
        ("gap_end", "Europe/Paris", date(2026, 3, 29), time(3), datetime(2026, 3, 29, 1)),
        (
            "autumn_repeat",
            "Europe/Paris",
            date(2026, 10, 25),
            time(2, 30),
            datetime(2026, 10, 25, 0, 30),
        ),
        (
            "gap_at_midnight",
            "America/Sao_Paulo",
            date(2017, 10, 15),
            time(0, 15),
            datetime(2017, 10, 15, 3),
        ),
        (
            "half_hour_gap",
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 10),
            datetime(2026, 10, 3, 15, 30),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_local_time_has_its_instant(case, zone, day, local_time, expected):
    assert instant_at(day, local_time, zone) == expected.replace(tzinfo=UTC), case


def test_the_first_valid_minute_after_a_gap_shows_the_end_of_the_gap():
    instant = instant_at(date(2026, 3, 29), time(2, 30), "Europe/Paris")

    assert instant is not None
    assert instant.astimezone(zone_named("Europe/Paris")).time() == time(3)


def test_a_day_that_a_zone_leaves_out_has_no_instants():
    assert instant_at(date(2011, 12, 30), time(6), "Pacific/Apia") is None


def test_the_day_after_a_left_out_day_begins_where_the_left_out_day_would_have():
    left_out = start_of_day(date(2011, 12, 30), "Pacific/Apia")

    assert left_out == start_of_day(date(2011, 12, 31), "Pacific/Apia")


def test_a_day_whose_midnight_is_in_a_gap_begins_after_the_gap():
    begins = start_of_day(date(2017, 10, 15), "America/Sao_Paulo")

    assert begins.astimezone(zone_named("America/Sao_Paulo")).time() == time(1)


@pytest.mark.parametrize("name", ["Asia/Ha_Noi_Pho", "", "../etc/passwd", "/absolute"])
def test_an_unknown_zone_is_refused_by_name(name):
    with pytest.raises(TimeZoneUnknown) as refused:
        zone_named(name)

    assert refused.value.code == "timetable.time_zone_unknown"


@settings(deadline=None, max_examples=150)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(1990, 1, 1), date(2036, 12, 31)),
    minute=st.integers(0, 1439),
)
def test_an_instant_shows_the_wanted_time_or_the_first_one_after_it(zone, day, minute):
    wanted = time(minute // 60, minute % 60)

    instant = instant_at(day, wanted, zone)

    assert instant is not None
    shown = instant.astimezone(zone_named(zone))
    assert shown.date() == day
    assert shown.time() >= wanted
    just_before = (instant - timedelta(minutes=1)).astimezone(zone_named(zone))
    assert just_before.replace(tzinfo=None) < datetime.combine(day, wanted)


@settings(deadline=None, max_examples=100)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(1990, 1, 1), date(2036, 12, 31)),
    minutes=st.tuples(st.integers(0, 1439), st.integers(0, 1439)),
)
def test_later_local_times_never_have_earlier_instants(zone, day, minutes):
    first, second = (instant_at(day, time(m // 60, m % 60), zone) for m in sorted(minutes))

    assert first <= second


@settings(deadline=None, max_examples=100)
@given(zone=st.sampled_from(ZONES), day=st.dates(date(1990, 1, 1), date(2036, 12, 31)))
def test_a_day_begins_on_itself_and_a_second_before_it_is_yesterday(zone, day):
    begins = start_of_day(day, zone)

    assert local_day_of(begins, zone) == day
    assert local_day_of(begins - timedelta(seconds=1), zone) == day - timedelta(days=1)
