"""Broadcasting outside the station's own regulation is found, to the minute and the zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.errors import RegulationNotValid
from scheduler.timetable.quiet import Hours, Regulation, outside_hours

MONDAY = date(2026, 11, 23)
DAYTIME = Hours(from_time=time(5, 30), until_time=time(21))
SCHOOL_HOURS = Hours(from_time=time(17), until_time=time(18), weekdays=frozenset(range(5)))


def regulation(*hours: Hours, **special: tuple[Hours, ...]) -> Regulation:
    return Regulation(
        decision_number="78/QĐ-UBND",
        decision_date=date(2025, 7, 14),
        hours=hours,
        special_zones=special,
    )


def at(slot_day: date, hour: int, minute: int = 0) -> datetime:
    """That local time in Hanoi, UTC."""
    return datetime(
        slot_day.year, slot_day.month, slot_day.day, hour, minute, tzinfo=UTC
    ) - timedelta(hours=7)


def spans(window, rules) -> list[tuple[datetime, datetime, set[str]]]:
    return [(out.starts_at, out.ends_at, set(out.zones)) for out in outside_hours(window, rules)]


def test_a_session_within_the_hours_is_not_mentioned(make_slot, days_of):
    (window,) = days_of(make_slot())

    assert outside_hours(window, regulation(DAYTIME)) == ()


def test_a_session_that_starts_too_early_is_named_with_the_decision(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(5)))

    (outside,) = outside_hours(window, regulation(DAYTIME))

    assert (outside.starts_at, outside.ends_at) == (at(MONDAY, 5), at(MONDAY, 5, 30))
    assert outside.zones == window.zones
    assert outside.sentence == (
        "buổi chiều thứ Hai 23/11 phát từ 05:00 đến 05:30 ở khu vực thôn 1, thôn 2 "
        "ngoài giờ theo Quyết định 78/QĐ-UBND ngày 14/07/2025."
    )


def test_a_warning_calls_the_zones_by_their_names(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(5), zones=frozenset({"z1"})))

    (outside,) = outside_hours(window, regulation(DAYTIME), {"z1": "Trường tiểu học"})

    assert "ở khu vực Trường tiểu học ngoài giờ" in outside.sentence


@pytest.mark.parametrize(
    ("case", "local_time", "expected"),
    [
        ("starts as the hours begin", time(5, 30), 0),
        ("ends as the hours end", time(20, 30), 0),
        ("a minute too early", time(5, 29), 1),
        ("a minute too late", time(20, 31), 1),
    ],
)
def test_hours_are_half_open(make_slot, days_of, case, local_time, expected):
    (window,) = days_of(make_slot(local_time=local_time))

    assert len(outside_hours(window, regulation(DAYTIME))) == expected, case


def test_a_school_has_its_own_hours(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(16, 45)))
    rules = regulation(DAYTIME, **{"thôn 2": (SCHOOL_HOURS,)})

    assert spans(window, rules) == [(at(MONDAY, 16, 45), at(MONDAY, 17), {"thôn 2"})]


def test_a_special_zone_without_hours_is_always_quiet(make_slot, days_of):
    (window,) = days_of(make_slot())

    assert spans(window, regulation(DAYTIME, **{"thôn 1": ()})) == [
        (window.starts_at, window.ends_at, {"thôn 1"})
    ]


def test_a_weekday_outside_the_regulation_is_quiet_all_day(make_slot, days_of):
    weekdays = Hours(from_time=time(5), until_time=time(21), weekdays=frozenset(range(5)))
    windows = days_of(make_slot(), count=7)

    outside = [w.airs_on.weekday() for w in windows if outside_hours(w, regulation(weekdays))]

    assert outside == [5, 6]


def test_hours_of_a_special_zone_never_widen_the_general_ones(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(20, 45)))
    all_day = Hours(from_time=time(0), until_time=time(0))
    rules = regulation(DAYTIME, **{"thôn 1": (all_day,)})

    assert spans(window, rules) == [(at(MONDAY, 21), at(MONDAY, 21, 15), {"thôn 1", "thôn 2"})]


def test_hours_of_another_zone_bind_nobody_else(make_slot, days_of):
    (window,) = days_of(make_slot())

    assert spans(
        window, regulation(**{"thôn 1": (Hours(from_time=time(5), until_time=time(6)),)})
    ) == [(window.starts_at, window.ends_at, {"thôn 1"})]


def test_what_lies_in_a_special_zone_keeps_its_hours(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(16, 45)))
    rules = replace(
        regulation(DAYTIME, trường=(SCHOOL_HOURS,)), parents={"thôn 1": "trường", "trường": None}
    )

    assert spans(window, rules) == [(at(MONDAY, 16, 45), at(MONDAY, 17), {"thôn 1"})]


CLOCK = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
HOURS = st.builds(
    lambda pair, days: Hours(from_time=pair[0], until_time=pair[1], weekdays=days),
    st.tuples(CLOCK, CLOCK).map(sorted).filter(lambda pair: pair[0] < pair[1]),
    st.frozensets(st.integers(0, 6), min_size=1),
)


def minutes(window, rules, zone):
    """The minutes of a session that one zone should be quiet."""
    return {
        out.starts_at + timedelta(minutes=n)
        for out in outside_hours(window, rules)
        if zone in out.zones
        for n in range((out.ends_at - out.starts_at) // timedelta(minutes=1))
    }


@settings(deadline=None, max_examples=80)
@given(
    at_time=CLOCK,
    general=st.lists(HOURS, max_size=3).map(tuple),
    own=st.lists(HOURS, max_size=2).map(tuple),
    inner=st.lists(HOURS, max_size=2).map(tuple),
)
def test_quiet_only_grows_on_the_way_down_the_zones(
    make_slot, days_of, at_time, general, own, inner
):
    zones = frozenset({"xã", "trường", "lớp"})
    (window,) = days_of(make_slot(local_time=at_time, zones=zones))
    parents = {"lớp": "trường", "trường": "xã", "xã": None}
    rules = replace(regulation(*general, trường=own, lớp=inner), parents=parents)

    commune, school, room = (minutes(window, rules, zone) for zone in ("xã", "trường", "lớp"))

    assert commune == minutes(window, regulation(*general), "xã")
    assert school == commune | minutes(window, regulation(trường=own), "trường")
    assert room == school | minutes(window, regulation(lớp=inner), "lớp")


def test_a_session_may_stick_out_at_both_ends(make_slot, days_of):
    (window,) = days_of(make_slot())
    brief = Hours(from_time=time(17, 10), until_time=time(17, 20))

    assert [(s, e) for s, e, _ in spans(window, regulation(brief))] == [
        (at(MONDAY, 17), at(MONDAY, 17, 10)),
        (at(MONDAY, 17, 20), at(MONDAY, 17, 30)),
    ]


def test_hours_that_meet_leave_no_gap(make_slot, days_of):
    (window,) = days_of(make_slot())
    first = Hours(from_time=time(5), until_time=time(17, 15))
    second = Hours(from_time=time(17, 15), until_time=time(19))

    assert outside_hours(window, regulation(second, first)) == ()


def test_midnight_is_judged_by_the_hours_of_each_day(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(23, 45)))
    evening = Hours(from_time=time(18), until_time=time(0))

    assert [(s, e) for s, e, _ in spans(window, regulation(evening))] == [
        (at(MONDAY + timedelta(days=1), 0), at(MONDAY + timedelta(days=1), 0, 15))
    ]


def test_without_hours_nothing_is_outside(make_slot, days_of):
    (window,) = days_of(make_slot(local_time=time(2)))

    assert outside_hours(window, regulation()) == ()


def test_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(RegulationNotValid):
        Hours(from_time=time(9), until_time=time(8))


@settings(deadline=None, max_examples=80)
@given(minute=st.integers(0, 1439), begin=st.integers(0, 1438), length=st.integers(1, 1439))
def test_what_is_outside_and_what_is_inside_make_the_session(
    make_slot, days_of, minute, begin, length
):
    (window,) = days_of(make_slot(local_time=time(minute // 60, minute % 60)))
    end = min(begin + length, 1439)
    rules = regulation(
        Hours(from_time=time(begin // 60, begin % 60), until_time=time(end // 60, end % 60))
    )

    outside = outside_hours(window, rules)

    covered = sum((out.ends_at - out.starts_at for out in outside), timedelta(0))
    inside = timedelta(0)
    for n in range(30):
        moment = window.starts_at + timedelta(minutes=n)
        shown = (moment + timedelta(hours=7)).time()
        if time(begin // 60, begin % 60) <= shown < time(end // 60, end % 60):
            inside += timedelta(minutes=1)
    assert covered + inside == window.planned
    assert all(window.starts_at <= o.starts_at < o.ends_at <= window.ends_at for o in outside)
