"""How late something may begin; the box obeys the same words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.timetable.lateness import LateMode, LatePolicy, is_still_whole, latest_start

PLANNED = datetime(2026, 11, 23, 10, tzinfo=UTC)
GRACE = timedelta(minutes=5)


@pytest.mark.parametrize(
    ("late", "whole"),
    [
        (timedelta(minutes=-1), True),
        (timedelta(0), True),
        (GRACE, True),
        (GRACE + timedelta(milliseconds=1), False),
    ],
)
def test_an_item_is_whole_until_the_end_of_its_grace(late, whole):
    assert is_still_whole(PLANNED, PLANNED + late, GRACE) is whole


def test_without_grace_only_the_planned_instant_counts():
    none = timedelta(0)

    assert is_still_whole(PLANNED, PLANNED, none)
    assert not is_still_whole(PLANNED, PLANNED + timedelta(microseconds=1), none)


def test_the_words_are_those_of_the_plan_document():
    assert [mode.value for mode in LateMode] == ["whole", "skip"]
    assert LatePolicy() == LatePolicy(LateMode.WHOLE, timedelta(minutes=5))


@given(
    late=st.timedeltas(timedelta(hours=-1), timedelta(hours=1)),
    grace=st.timedeltas(timedelta(0), timedelta(hours=1)),
)
def test_once_too_late_stays_too_late(late, grace):
    now = PLANNED + late

    assert is_still_whole(PLANNED, now, grace) == (now <= latest_start(PLANNED, grace))
    if not is_still_whole(PLANNED, now, grace):
        assert not is_still_whole(PLANNED, now + timedelta(seconds=1), grace)
