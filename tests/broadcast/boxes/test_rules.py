from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.boxes.rules import DAY_MINUTES, BoxState, ZoneMap, quiet_hours, state_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ZONES = ZoneMap(
    {"area": None, "east": "area", "west": "area", "pole-1": "east", "pole-2": "east", "far": None}
)


@pytest.mark.parametrize(
    ("stands_in", "listed", "carried"),
    [
        ("pole-1", (), True),
        (None, (), True),
        (None, ("area",), False),
        (None, tuple(ZONES.parents), True),
        ("pole-1", ("pole-1",), True),
        ("pole-1", ("east",), True),
        ("pole-1", ("area",), True),
        ("pole-1", ("west",), False),
        ("pole-1", ("pole-2",), False),
        ("pole-1", ("area", "west"), False),
        ("pole-1", ("area", "east", "pole-2"), False),
        ("far", ("area",), False),
        ("area", ("east",), False),
        ("closed-zone", ("area",), False),
    ],
)
def test_a_box_carries_what_is_for_its_zone_or_for_all_of_a_zone_around_it(
    stands_in, listed, carried
):
    assert ZONES.carries(stands_in, listed) is carried


def test_a_ring_of_zones_ends():
    assert ZoneMap({"a": "b", "b": "a"}).chain("a") == ("a", "b")


def span(start, end, zones=None):
    return {"weekdays": [0], "from": start, "to": end, "zones": zones}


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [
        ([], []),
        ([span("05:00", "21:00")], [("21:00", "05:00")]),
        (
            [span("05:00", "07:00"), span("17:00", "19:00")],
            [("07:00", "17:00"), ("19:00", "05:00")],
        ),
        ([span("05:00", "08:00"), span("07:00", "24:00")], [("00:00", "05:00")]),
        ([span("00:00", "24:00")], []),
        ([span("05:00", "21:00", ["other"])], []),
        ([span("05:00", "21:00", ["east"])], [("21:00", "05:00")]),
        (
            [span("05:00", "21:00"), span("06:00", "22:00", ["east"])],
            [("21:00", "06:00")],
        ),
        (
            [span("05:00", "21:00"), span("06:00", "20:00", ["area"])],
            [("20:00", "06:00")],
        ),
        ([span("05:00", "21:00"), span("22:00", "23:00", ["east"])], [("00:00", "24:00")]),
    ],
)
def test_quiet_is_what_the_regulation_does_not_name(hours, quiet):
    assert [(one["from"], one["to"]) for one in quiet_hours(hours, ["east", "area"])] == quiet


MINUTES = st.integers(0, DAY_MINUTES - 1)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(MINUTES, MINUTES).map(sorted), min_size=1, max_size=6), MINUTES)
def test_no_minute_is_both_allowed_and_quiet(spans, minute):
    text = [f"{m // 60:02d}:{m % 60:02d}" for m in range(DAY_MINUTES + 1)]
    hours = [span(text[start], text[end + 1]) for start, end in spans]
    quiet = quiet_hours(hours, [])
    allowed = any(start <= minute <= end for start, end in spans)
    at = text[minute]
    silent = any(
        one["from"] <= at < one["to"]
        if one["from"] < one["to"]
        else at >= one["from"] or at < one["to"]
        for one in quiet
    )
    assert allowed is not silent


@pytest.mark.parametrize(
    ("silence_s", "facts", "state"),
    [
        (10, {}, BoxState.IDLE),
        (10, {"is_playing": True}, BoxState.ON_AIR),
        (10, {"is_playing": True, "has_fault": True}, BoxState.FAULT),
        (120, {"is_playing": True}, BoxState.LATE),
        (301, {"is_playing": True, "has_fault": True}, BoxState.LOST),
        (None, {}, BoxState.NEVER_SEEN),
        (10, {"retired": True}, BoxState.OFF),
    ],
)
def test_the_console_says_the_worst_that_is_true(silence_s, facts, state):
    seen_at = None if silence_s is None else NOW - timedelta(seconds=silence_s)
    known = {"is_playing": False, "has_fault": False} | facts
    assert state_of(NOW, seen_at, **known) is state
