"""Sessions that overlap in a zone, and what becomes of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.conflicts import ConflictKind, settle, unmet_wishes
from scheduler.timetable.explain import Unmet

MINUTE = timedelta(minutes=1)


def zones(*names: str) -> frozenset[str]:
    return frozenset(names)


def test_sessions_one_after_the_other_are_left_alone(make_window):
    windows = (make_window("a", 0, longest=30), make_window("b", 30))

    settled = settle(windows)

    assert settled.windows == windows
    assert settled.conflicts == ()


def test_sessions_at_one_time_in_different_zones_are_left_alone(make_window):
    windows = (make_window("a", zones=zones("1")), make_window("b", zones=zones("2")))

    assert settle(windows).windows == windows
    assert settle(windows).conflicts == ()


def test_the_session_that_starts_first_keeps_the_zone(make_window):
    first = make_window("a", 0, zones=zones("1", "2"))
    second = make_window("b", 20, zones=zones("2", "3"))

    settled = settle([second, first])

    assert [(w.slot_id, w.zones) for w in settled.windows] == [
        ("a", zones("1", "2")),
        ("b", zones("3")),
    ]


def test_an_overlap_is_told_with_its_length_its_zones_and_a_way_out(make_window):
    (conflict,) = settle([make_window("sáng", 0), make_window("trưa", 20)]).conflicts

    assert conflict.kind is ConflictKind.SESSIONS_OVERLAP
    assert conflict.sentence == (
        "Buổi sáng thứ Hai 23/11 và buổi trưa thứ Hai 23/11 trùng nhau 10 phút "
        "ở khu vực thôn 1, thôn 2; buổi bắt đầu trước được phát."
    )
    assert conflict.remedy.startswith("Dời giờ một buổi")
    assert conflict.sessions == (("sáng", date(2026, 11, 23)), ("trưa", date(2026, 11, 23)))


def test_an_overlap_calls_the_zones_by_their_names(make_window):
    names = {"thôn 1": "Thôn Đông", "thôn 2": "Thôn Đoài"}

    (conflict,) = settle([make_window("a"), make_window("b")], names).conflicts

    assert "ở khu vực Thôn Đoài, Thôn Đông;" in conflict.sentence


def test_a_session_without_zones_does_not_take_place(make_window):
    settled = settle([make_window("a"), make_window("b")])

    assert [w.slot_id for w in settled.windows] == ["a"]
    assert len(settled.conflicts) == 1


def test_a_session_that_loses_to_two_others_is_told_twice(make_window):
    windows = [
        make_window("a", zones=zones("1")),
        make_window("b", zones=zones("2")),
        make_window("c", 10, zones=zones("1", "2", "3")),
    ]

    settled = settle(windows)

    assert settled.windows[-1].zones == zones("3")
    assert [conflict.sessions[0][0] for conflict in settled.conflicts] == ["a", "b"]


@pytest.mark.parametrize(("start", "limit"), [(30, 30), (35, 35), (40, 40), (50, 40)])
def test_the_longest_end_gives_way_to_the_next_session_without_conflict(make_window, start, limit):
    settled = settle([make_window("a", 0, 30, 40), make_window("b", start)])

    assert settled.windows[0].longest == limit * MINUTE
    assert settled.windows[0].planned == 30 * MINUTE
    assert settled.conflicts == ()


def test_only_wishes_that_no_later_day_can_help_are_conflicts():
    unmet = [
        Unmet(wish_id="chờ", missing=1, sentence="Còn thiếu 1 lượt: chờ.", waits=True),
        Unmet(wish_id="đầy", missing=2, sentence="Còn thiếu 2 lượt: đầy.", waits=False),
    ]

    (conflict,) = unmet_wishes(unmet)

    assert (conflict.kind, conflict.wish_id) == (ConflictKind.WISH_UNMET, "đầy")
    assert conflict.sentence == "Còn thiếu 2 lượt: đầy."
    assert conflict.remedy


@st.composite
def crowds(draw, make_window):
    return [
        make_window(
            f"s{number}",
            draw(st.integers(0, 240)),
            planned := draw(st.integers(1, 90)),
            planned + draw(st.integers(0, 60)),
            zones=draw(st.frozensets(st.sampled_from("abcd"), min_size=1)),
        )
        for number in range(draw(st.integers(0, 14)))
    ]


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_settled_sessions_never_overlap_in_a_zone_even_at_their_longest(make_window, data):
    settled = settle(data.draw(crowds(make_window))).windows

    for number, one in enumerate(settled):
        for other in settled[number + 1 :]:
            if one.zones & other.zones:
                assert one.latest_end <= other.starts_at


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_what_is_settled_stays_as_it_is(make_window, data):
    settled = settle(data.draw(crowds(make_window)))

    again = settle(settled.windows)

    assert again.windows == settled.windows
    assert again.conflicts == ()


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_the_order_of_the_sessions_does_not_matter(make_window, data):
    windows = data.draw(crowds(make_window))

    assert settle(data.draw(st.permutations(windows))) == settle(windows)


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_a_session_loses_only_zones_that_are_told(make_window, data):
    windows = data.draw(crowds(make_window))
    settled = settle(windows)
    remaining = {window.key: window for window in settled.windows}

    for window in windows:
        kept = remaining[window.key].zones if window.key in remaining else frozenset()
        told = [c.zones for c in settled.conflicts if c.sessions[1] == window.key]
        assert window.zones - kept == frozenset().union(*told)
        if window.key in remaining:
            assert remaining[window.key].ends_at == window.ends_at
            assert remaining[window.key].latest_end <= window.latest_end
