"""What holds of every filling, whatever the sessions, wishes and placements."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.book import Aired
from scheduler.timetable.conflicts import settle
from scheduler.timetable.loads import Overhead
from scheduler.timetable.wishes import Pin, Placed, Priority

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SLOTS = ("sáng", "trưa", "chiều")
OVERHEAD = Overhead(per_session=2 * MINUTE, gap=timedelta(seconds=2), by_slot={"trưa": 6 * MINUTE})
TARGETS = {"cchc": 24, "y tế": 8}
FEW = settings(deadline=None, max_examples=60)


@st.composite
def queues(draw, make_wish):
    wishes = []
    for number in range(draw(st.integers(0, 14))):
        from_day = MONDAY + draw(st.integers(-2, 5)) * DAY
        wishes.append(
            make_wish(
                f"w{number:02}",
                minutes=draw(st.sampled_from([0.5, 4, 9.5, 14, 33, 50])),
                topic=draw(st.sampled_from(["cchc", "y tế", "khác"])),
                airings=draw(st.integers(1, 5)),
                from_day=from_day,
                until_day=from_day + draw(st.integers(1, 8)) * DAY,
                weekdays=draw(st.sampled_from([frozenset(), frozenset({0, 2, 5})])),
                slot_ids=draw(st.sampled_from([frozenset(), frozenset({"sáng", "chiều"})])),
                zones=draw(st.sampled_from([frozenset(), frozenset({"thôn 1"}), frozenset({"x"})])),
                spacing=timedelta(hours=draw(st.sampled_from([0, 0, 7, 26]))),
                priority=draw(st.sampled_from(Priority)),
                repeats_in_session=draw(st.booleans()),
                pinned=draw(st.none() | st.builds(Pin, position=st.sampled_from([None, 0, 1, -1]))),
                queued_at=datetime(2026, 11, draw(st.integers(1, 20)), tzinfo=UTC),
            )
        )
    return wishes


@st.composite
def placements(draw):
    """Placements as they may lie in a database, also those of withdrawn wishes and gone slots."""
    return [
        Placed(
            wish_id=f"w{draw(st.integers(0, 15)):02}",
            slot_id=draw(st.sampled_from([*SLOTS, "đã bỏ"])),
            local_day=MONDAY + draw(st.integers(-1, 6)) * DAY,
            position=draw(st.integers(0, 4)),
            manual=draw(st.booleans()),
            airing_id=draw(st.none() | st.uuids().map(str)),
        )
        for _ in range(draw(st.integers(0, 10)))
    ]


@st.composite
def cases(draw, make_slot, make_wish, days_of):
    slots = [make_slot(s, lock=draw(st.sampled_from([0, 1, 30])) * MINUTE * 60) for s in SLOTS]
    windows = days_of(*slots, count=draw(st.integers(0, 6)))
    now = datetime(2026, 11, 22, 11, tzinfo=UTC) + draw(st.integers(0, 60)) * MINUTE * 60
    return windows, draw(queues(make_wish)), draw(placements()), now


def filled(refill, windows, wishes, placed, now):
    aired = Aired(by_wish={"w00": 1}, by_topic={"cchc": 3})
    return refill(windows, wishes, placed, now=now, overhead=OVERHEAD, targets=TARGETS, aired=aired)


def placed_in(filling) -> list[Placed]:
    return [placement.placed for placement in filling.placements]


@FEW
@given(data=st.data())
def test_every_wish_is_either_placed_or_explained(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))

    filling = filled(refill, windows, wishes, placed, now)

    counts = Counter(p.wish_id for p in placed_in(filling)) + Counter({"w00": 1})
    explained = {unmet.wish_id: unmet for unmet in filling.unmet}
    for wish in wishes:
        missing = max(wish.airings - counts[wish.id], 0)
        assert (explained[wish.id].missing if missing else 0) == missing
        assert (wish.id in explained) == (missing > 0)
    for unmet in filling.unmet:
        assert unmet.sentence.startswith(f"Còn thiếu {unmet.missing} lượt: ")
        assert unmet.sentence.endswith(".")
        assert len(unmet.sentence) > len("Còn thiếu 1 lượt: .")
    assert all(placement.why.endswith(".") for placement in filling.placements)


@FEW
@given(data=st.data())
def test_no_session_is_over_length(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    lengths = {wish.id: wish.duration for wish in wishes}
    items: dict = {}

    for p in placed_in(filled(refill, windows, wishes, placed, now)):
        items.setdefault(p.session_key, []).append(lengths[p.wish_id])

    for window in windows:
        durations = items.get(window.key, [])
        if durations and window.starts_at > now:
            gaps = OVERHEAD.gap * (len(durations) - 1)
            total = sum(durations, OVERHEAD.of(window.slot_id)) + gaps
            assert total <= window.longest


@FEW
@given(data=st.data())
def test_nothing_new_is_where_it_may_not_be(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    by_key = {window.key: window for window in windows}
    by_id = {wish.id: wish for wish in wishes}
    old = Counter((p.wish_id, p.session_key) for p in placed)

    for p in placed_in(filled(refill, windows, wishes, placed, now)):
        wish, window = by_id[p.wish_id], by_key[p.session_key]
        if window.starts_at > now:
            assert window.airs_on < wish.until_day
        if p.manual or old[p.wish_id, p.session_key]:
            continue
        assert window.locks_at > now
        assert wish.from_day <= window.airs_on
        assert not wish.weekdays or window.airs_on.weekday() in wish.weekdays
        assert not wish.slot_ids or window.slot_id in wish.slot_ids
        assert wish.zones <= window.zones


@FEW
@given(data=st.data())
def test_nothing_is_twice_in_a_session_or_too_close_unless_asked_or_by_hand(
    make_slot, make_wish, days_of, refill, data
):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    free = [p for p in placed if not p.manual]
    open_windows = [window for window in windows if window.locks_at > now]
    by_key = {window.key: window for window in open_windows}

    found: dict = {}
    for p in placed_in(filled(refill, open_windows, wishes, free, now)):
        found.setdefault(p.wish_id, []).append(by_key[p.session_key])

    for wish in wishes:
        sessions = found.get(wish.id, [])
        if not wish.repeats_in_session:
            assert len(sessions) == len({window.key for window in sessions})
        starts = sorted({window.starts_at for window in sessions})
        pairs = pairwise(starts)
        assert all(later - earlier >= wish.spacing for earlier, later in pairs)


@FEW
@given(data=st.data())
def test_refilling_without_change_changes_nothing(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    first = filled(refill, windows, wishes, placed, now)

    second = filled(refill, windows, wishes, placed_in(first), now)

    assert placed_in(second) == placed_in(first)
    assert second.unmet == first.unmet
    assert second.notes == ()


@FEW
@given(data=st.data())
def test_the_order_of_the_inputs_does_not_matter(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    shuffled = [data.draw(st.permutations(each)) for each in (windows, wishes, placed)]

    assert filled(refill, *shuffled, now) == filled(refill, windows, wishes, placed, now)


@FEW
@given(data=st.data())
def test_locked_sessions_stand_still(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    first = filled(refill, windows, wishes, placed, now)
    urgent = make_wish("mới", priority=Priority.EMERGENCY, airings=9, days=9)

    second = filled(refill, windows, [*wishes, urgent], placed_in(first), now)

    locked = {window.key for window in windows if window.locks_at <= now}
    assert [p for p in placed_in(first) if p.session_key in locked] == [
        p for p in placed_in(second) if p.session_key in locked
    ]


@FEW
@given(data=st.data())
def test_what_was_placed_by_hand_stays_in_its_order(make_slot, make_wish, days_of, refill, data):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    first = [p for p in placed_in(filled(refill, windows, wishes, placed, now)) if p.manual]
    more = [make_wish(f"thêm {n}", minutes=2, airings=4, days=6) for n in range(3)]

    second = filled(refill, windows, [*wishes, *more], first, now)

    assert [(p.wish_id, p.session_key) for p in placed_in(second) if p.manual] == [
        (p.wish_id, p.session_key) for p in first
    ]


@FEW
@given(data=st.data())
def test_positions_in_a_session_count_from_zero_without_holes(
    make_slot, make_wish, days_of, refill, data
):
    windows, wishes, placed, now = data.draw(cases(make_slot, make_wish, days_of))
    positions: dict = {}

    for p in placed_in(filled(refill, windows, wishes, placed, now)):
        positions.setdefault(p.session_key, []).append(p.position)

    assert all(found == list(range(len(found))) for found in positions.values())


@FEW
@given(data=st.data())
def test_a_withdrawn_wish_leaves_the_others_where_they_were(
    make_slot, make_wish, days_of, refill, data
):
    windows, wishes, _, now = data.draw(cases(make_slot, make_wish, days_of))
    first = filled(refill, windows, wishes, [], now)

    second = filled(refill, windows, wishes[1:], placed_in(first), now)

    stayed = Counter((p.wish_id, p.session_key) for p in placed_in(second))
    asked = {wish.id for wish in wishes[1:]}
    for p in placed_in(first):
        if p.wish_id in asked:
            assert stayed[p.wish_id, p.session_key] >= 1


@FEW
@given(
    starts=st.lists(
        st.tuples(
            st.integers(0, 200),
            st.integers(1, 60),
            st.integers(0, 40),
            st.frozensets(st.sampled_from("abc"), min_size=1),
        ),
        max_size=12,
    )
)
def test_no_plan_overlaps_itself_in_a_zone(make_window, make_wish, refill, starts):
    windows = [
        make_window(f"s{n}", start, planned, planned + more, zones=zones)
        for n, (start, planned, more, zones) in enumerate(starts)
    ]
    wishes = [make_wish(f"w{n}", minutes=7, airings=6, days=1) for n in range(6)]

    settled = settle(windows).windows
    filling = refill(settled, wishes)

    by_key = {window.key: window for window in settled}
    busy: dict[str, list] = {}
    for window in settled:
        used = [p for p in placed_in(filling) if p.session_key == window.key]
        end = window.starts_at + len(used) * 7 * MINUTE
        assert end <= by_key[window.key].latest_end
        for zone in window.zones:
            busy.setdefault(zone, []).append((window.starts_at, window.latest_end))
    for spans in busy.values():
        ordered = sorted(spans)
        pairs = pairwise(ordered)
        assert all(earlier[1] <= later[0] for earlier, later in pairs)
