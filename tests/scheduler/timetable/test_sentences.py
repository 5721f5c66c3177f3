"""Days, lengths and sessions as operators say them."""

from datetime import date, timedelta

import pytest

from scheduler.timetable.sentences import (
    say_day,
    say_length,
    say_session,
    say_sessions,
    say_weekdays,
    say_zones,
)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), "thứ Hai 23/11"),
        (date(2026, 11, 26), "thứ Năm 26/11"),
        (date(2026, 11, 29), "Chủ nhật 29/11"),
        (date(2027, 2, 6), "thứ Bảy 6/2"),
    ],
)
def test_a_day_is_said_with_its_weekday(day, said):
    assert say_day(day) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "0 giây"),
        (timedelta(milliseconds=1), "1 giây"),
        (timedelta(seconds=45), "45 giây"),
        (timedelta(minutes=30), "30 phút"),
        (timedelta(seconds=90), "1 phút 30 giây"),
        (timedelta(hours=1, minutes=30), "1 giờ 30 phút"),
        (timedelta(days=1), "24 giờ"),
    ],
)
def test_a_length_is_said_in_its_units(length, said):
    assert say_length(length) == said


def test_a_session_is_said_by_name_and_day(make_window):
    assert say_session(make_window(name="Buổi chiều")) == "buổi chiều thứ Hai 23/11"


def test_many_sessions_are_named_a_few_and_counted(make_window):
    windows = [make_window(name=f"Buổi {n}") for n in range(5)]

    assert say_sessions(windows, at_most=2) == (
        "buổi 0 thứ Hai 23/11, buổi 1 thứ Hai 23/11 và 3 buổi khác"
    )
    assert say_sessions(windows[:1]) == "buổi 0 thứ Hai 23/11"


def test_weekdays_are_said_from_monday():
    assert say_weekdays(frozenset({6, 1})) == "thứ Ba, Chủ nhật"


def test_zones_are_said_by_name_where_they_have_one():
    assert say_zones({"z2", "z1", "lạ"}, {"z1": "Thôn Đông", "z2": "Thôn Đoài"}) == (
        "Thôn Đoài, Thôn Đông, lạ"
    )
