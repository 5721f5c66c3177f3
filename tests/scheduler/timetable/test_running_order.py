"""The running order of a session: seamless, exact, relays on time."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.conflicts import ConflictKind, over_length, relay_collisions
from scheduler.timetable.running_order import (
    LineKind,
    OrderLine,
    Part,
    Relay,
    Template,
    running_order,
)

MS = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)
NEWS = [Part("tin 1", 4 * MINUTE), Part("tin 2", 6 * MINUTE), Part("tin 3", 5 * MINUTE)]
FRAME = Template(
    signature=Part("nhạc hiệu", 12_345 * MS),
    opening=Part("lời mở", 20_001 * MS),
    closing=Part("lời kết", 8 * 1000 * MS),
    gap=1500 * MS,
)


def told(lines) -> list[tuple[str, str | None, float]]:
    """Kind, ref and the start in minutes."""
    return [(line.kind.value, line.ref, line.offset / MINUTE) for line in lines]


def test_a_session_runs_from_signature_to_closing(make_window):
    lines = running_order(make_window(), FRAME, NEWS)

    assert [(line.kind, line.ref) for line in lines] == [
        (LineKind.SIGNATURE, "nhạc hiệu"),
        (LineKind.LINK, "lời mở"),
        (LineKind.BULLETIN, "tin 1"),
        (LineKind.SILENCE, None),
        (LineKind.BULLETIN, "tin 2"),
        (LineKind.SILENCE, None),
        (LineKind.BULLETIN, "tin 3"),
        (LineKind.LINK, "lời kết"),
    ]
    assert lines[2].offset == 32_346 * MS
    assert lines[-1].end == 15 * MINUTE + (12_345 + 20_001 + 8000 + 2 * 1500) * MS


def test_without_template_the_items_follow_each_other(make_window):
    assert told(running_order(make_window(), Template(), NEWS)) == [
        ("bulletin", "tin 1", 0),
        ("bulletin", "tin 2", 4),
        ("bulletin", "tin 3", 10),
    ]


def test_an_empty_session_is_empty(make_window):
    assert running_order(make_window(), Template(), []) == ()


def test_a_relay_at_the_start_goes_before_the_signature(make_window):
    template = Template(
        signature=Part("nhạc hiệu", MINUTE), relays=(Relay("VOV", timedelta(0), 10 * MINUTE),)
    )

    assert told(running_order(make_window(), template, NEWS[:1])) == [
        ("relay", "VOV", 0),
        ("signature", "nhạc hiệu", 10),
        ("bulletin", "tin 1", 11),
    ]


def test_an_item_that_would_run_into_a_relay_waits_behind_it_in_explicit_silence(make_window):
    template = Template(gap=MINUTE, relays=(Relay("VOV", 8 * MINUTE, 10 * MINUTE),))

    assert told(running_order(make_window(), template, NEWS[:2])) == [
        ("bulletin", "tin 1", 0),
        ("silence", None, 4),
        ("relay", "VOV", 8),
        ("bulletin", "tin 2", 18),
    ]


def test_an_item_that_ends_as_the_relay_begins_is_heard_before_it(make_window):
    template = Template(relays=(Relay("VOV", 10 * MINUTE, 5 * MINUTE),))
    lines = running_order(make_window(), template, NEWS[:2])

    assert told(lines)[-1] == ("relay", "VOV", 10)
    assert LineKind.SILENCE not in {line.kind for line in lines}
    assert relay_collisions(make_window(), template, lines) == ()


def test_an_item_that_fits_only_without_its_gap_waits(make_window):
    template = Template(gap=MINUTE, relays=(Relay("VOV", 10.5 * MINUTE, MINUTE),))

    assert told(running_order(make_window(), template, NEWS[:2])) == [
        ("bulletin", "tin 1", 0),
        ("silence", None, 4),
        ("relay", "VOV", 10.5),
        ("bulletin", "tin 2", 11.5),
    ]


def test_a_relay_after_the_last_item_keeps_its_time(make_window):
    template = Template(
        closing=Part("lời kết", MINUTE), relays=(Relay("VOV", 20 * MINUTE, 5 * MINUTE),)
    )

    assert told(running_order(make_window(), template, NEWS[:1])) == [
        ("bulletin", "tin 1", 0),
        ("silence", None, 4),
        ("relay", "VOV", 20),
        ("link", "lời kết", 25),
    ]


def test_relays_that_overlap_follow_each_other(make_window):
    template = Template(
        relays=(Relay("tỉnh", 5 * MINUTE, 5 * MINUTE), Relay("VOV", timedelta(0), 8 * MINUTE))
    )
    lines = running_order(make_window(), template, [])

    assert told(lines) == [("relay", "VOV", 0), ("relay", "tỉnh", 8)]
    (late,) = relay_collisions(make_window(), template, lines)
    assert late.sentence == ("Tiếp âm ở phút 5 của buổi chiều thứ Hai 23/11 bắt đầu muộn 3 phút.")


def test_a_relay_is_cut_at_the_hard_limit_of_the_session(make_window):
    template = Template(relays=(Relay("VOV", 35 * MINUTE, 30 * MINUTE),))
    lines = running_order(make_window(longest=40), template, [])

    assert lines[-1] == OrderLine(LineKind.RELAY, 35 * MINUTE, 5 * MINUTE, "VOV")
    cut = relay_collisions(make_window(longest=40), template, lines)
    assert "bị cắt còn 5 phút" in cut[0].sentence


def test_a_relay_behind_the_hard_limit_is_missing_and_said_so(make_window):
    template = Template(relays=(Relay("VOV", 45 * MINUTE, 30 * MINUTE),))
    lines = running_order(make_window(longest=40), template, [])

    assert [line.kind for line in lines] == [LineKind.SILENCE]
    (missing,) = relay_collisions(make_window(longest=40), template, lines)
    assert missing.kind is ConflictKind.RELAY_COLLIDES
    assert "nằm ngoài thời lượng tối đa" in missing.sentence


def test_an_item_that_does_not_fit_before_a_relay_is_a_conflict_with_a_way_out(make_window):
    template = Template(relays=(Relay("VOV", 8 * MINUTE, 10 * MINUTE),))
    lines = running_order(make_window(), template, NEWS[:2])

    (silent,) = relay_collisions(make_window(), template, lines)

    assert silent.sentence == (
        "Tiếp âm ở phút 8 của buổi chiều thứ Hai 23/11 không đủ chỗ cho tin đứng trước, "
        "loa im 4 phút."
    )
    assert silent.remedy.startswith("Đổi thứ tự tin")
    assert silent.sessions == (("chiều", make_window().local_day),)


@pytest.mark.parametrize(
    ("relay_at", "items"), [(8, 1), (8, 0), (4.5, 2)], ids=["last", "alone", "a short pause"]
)
def test_a_relay_that_waits_for_its_time_collides_with_nothing(make_window, relay_at, items):
    template = Template(relays=(Relay("VOV", relay_at * MINUTE, 10 * MINUTE),))
    lines = running_order(make_window(), template, NEWS[:items])

    assert LineKind.SILENCE in [line.kind for line in lines]
    assert relay_collisions(make_window(), template, lines) == ()


def test_the_same_station_may_be_relayed_twice(make_window):
    template = Template(
        relays=(Relay("VOV", 4 * MINUTE, MINUTE), Relay("VOV", 11 * MINUTE, MINUTE))
    )
    lines = running_order(make_window(), template, NEWS)

    assert [line.ref for line in lines] == ["tin 1", "VOV", "tin 2", "VOV", "tin 3"]
    assert relay_collisions(make_window(), template, lines) == ()


@pytest.mark.parametrize(("longest", "too_long"), [(15, False), (14, True)])
def test_a_running_order_beyond_the_longest_length_is_a_conflict(make_window, longest, too_long):
    window = make_window(planned=10, longest=longest)

    conflict = over_length(window, running_order(window, Template(), NEWS))

    assert (conflict is not None) is too_long
    if conflict:
        assert conflict.sentence == (
            "Buổi chiều thứ Hai 23/11 dài 15 phút, quá thời lượng tối đa 14 phút."
        )


def test_an_empty_running_order_is_not_too_long(make_window):
    assert over_length(make_window(), ()) is None


def test_the_overhead_of_a_template_is_all_but_the_items():
    template = Template(
        signature=Part("nhạc hiệu", MINUTE), relays=(Relay("VOV", 5 * MINUTE, 10 * MINUTE),)
    )

    assert template.overhead == 11 * MINUTE
    assert Template().overhead == timedelta(0)


LENGTHS = st.integers(1, 600_000).map(lambda ms: ms * MS)
PARTS = st.builds(Part, st.text("abc", min_size=1), LENGTHS)
TEMPLATES = st.builds(
    Template,
    signature=st.none() | PARTS,
    opening=st.none() | PARTS,
    closing=st.none() | PARTS,
    gap=st.integers(0, 3000).map(lambda ms: ms * MS),
    relays=st.lists(
        st.builds(Relay, st.sampled_from(["VOV", "tỉnh"]), LENGTHS, LENGTHS), max_size=3
    ).map(tuple),
)


@settings(deadline=None, max_examples=100)
@given(template=TEMPLATES, items=st.lists(PARTS, max_size=8))
def test_a_running_order_is_seamless_and_loses_nothing(make_window, template, items):
    lines = running_order(make_window(), template, items)

    expected = timedelta(0)
    for line in lines:
        assert line.offset == expected
        assert line.duration > timedelta(0)
        assert (line.ref is None) == (line.kind is LineKind.SILENCE)
        expected = line.end
    heard = [(line.ref, line.duration) for line in lines if line.kind is LineKind.BULLETIN]
    assert heard == [(item.ref, item.duration) for item in items]


@settings(deadline=None, max_examples=100)
@given(template=TEMPLATES, items=st.lists(PARTS, max_size=8))
def test_a_relay_is_on_time_or_told(make_window, template, items):
    lines = running_order(make_window(), template, items)

    relayed = [line for line in lines if line.kind is LineKind.RELAY]
    on_time = sum(
        line.offset == relay.offset and line.duration == relay.duration
        for line, relay in zip(relayed, template.relays_in_order, strict=False)
    )
    told = relay_collisions(make_window(), template, lines)
    assert len(template.relays) - on_time <= len(told)
    assert all(line.end <= max(line.offset, make_window().longest) for line in relayed)


@settings(deadline=None, max_examples=100)
@given(template=TEMPLATES, items=st.lists(PARTS, max_size=8))
def test_without_relays_the_length_is_what_fill_reckons_with(make_window, template, items):
    bare = Template(
        signature=template.signature,
        opening=template.opening,
        closing=template.closing,
        gap=template.gap,
    )
    lines = running_order(make_window(), bare, items)

    items_ms = sum((item.duration for item in items), timedelta(0))
    total = bare.overhead + items_ms + bare.gap * max(len(items) - 1, 0)
    assert (lines[-1].end if lines else timedelta(0)) == total
