"""Which sessions a wish may have; each test is one rule of the station."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.timetable.book import Aired
from scheduler.timetable.errors import WishNotValid
from scheduler.timetable.expand import expand
from scheduler.timetable.loads import Overhead
from scheduler.timetable.slots import ChangeKind, Frequency, OccurrenceChange, Recurrence
from scheduler.timetable.wishes import Pin, Priority, even_spacing
from tests.factories.fillings import kept, placed

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
CHIEU = ("chiều", MONDAY)


@pytest.fixture
def week(make_slot, days_of):
    """Seven mornings and seven afternoons."""
    return days_of(make_slot("sáng"), make_slot("chiều"), count=7)


def test_a_wish_gets_the_earliest_sessions_that_suit(make_slot, days_of, make_wish, refill):
    windows = days_of(make_slot("sáng"), make_slot("chiều"), count=3)

    filling = refill(windows, [make_wish(airings=3)])

    assert [(p.slot_id, p.local_day) for p in kept(filling)] == [
        ("sáng", MONDAY),
        ("chiều", MONDAY),
        ("sáng", MONDAY + DAY),
    ]
    assert filling.unmet == ()


def test_every_placement_says_why(days_of, make_wish, refill):
    filling = refill(days_of(count=2), [make_wish(airings=2, priority=Priority.PRIORITY)])

    first, second = (placement.why for placement in filling.placements)
    assert first == (
        "Lượt 1/2: tin ưu tiên, buổi chiều thứ Hai 23/11 là buổi sớm nhất còn chỗ "
        "(hạn phát đến hết 29/11)."
    )
    assert second == first.replace("1/2", "2/2").replace("thứ Hai 23/11", "thứ Ba 24/11")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"weekdays": frozenset({2, 4})}, [("sáng", 2), ("chiều", 2), ("sáng", 4)]),
        ({"slot_ids": frozenset({"chiều"})}, [("chiều", 0), ("chiều", 1), ("chiều", 2)]),
        ({"from_day": MONDAY + 5 * DAY}, [("sáng", 5), ("chiều", 5), ("sáng", 6)]),
        ({"spacing": timedelta(hours=24)}, [("sáng", 0), ("sáng", 1), ("sáng", 2)]),
        ({"spacing": timedelta(hours=30)}, [("sáng", 0), ("chiều", 1), ("sáng", 3)]),
        (
            {"pinned": Pin(slot_id="chiều")},
            [("chiều", 0), ("chiều", 1), ("chiều", 2)],
        ),
    ],
    ids=["weekdays", "slots", "from", "spacing", "odd spacing", "pinned slot"],
)
def test_a_wish_is_met_only_where_it_may_be(week, make_wish, refill, asked, expected):
    filling = refill(week, [make_wish(airings=3, **asked)])

    assert [(p.slot_id, (p.local_day - MONDAY).days) for p in kept(filling)] == expected


def test_nothing_is_placed_on_or_after_the_day_of_expiry(days_of, make_wish, refill):
    filling = refill(days_of(count=7), [make_wish(days=2, airings=5)])

    assert [p.local_day for p in kept(filling)] == [MONDAY, MONDAY + DAY]
    assert filling.unmet[0].missing == 3


def test_expiry_counts_from_the_day_a_moved_session_airs(make_slot, make_wish, refill):
    moved = OccurrenceChange(
        slot_id="chiều", local_day=MONDAY, kind=ChangeKind.MOVED, to_day=MONDAY + 3 * DAY
    )
    windows = expand([make_slot()], [moved], [], (), from_day=MONDAY, to_day=MONDAY + 4 * DAY)

    filling = refill(windows, [make_wish(days=2, airings=4)])

    assert [p.local_day for p in kept(filling)] == [MONDAY + DAY]


def test_a_session_must_reach_every_zone_that_is_wanted(make_slot, days_of, make_wish, refill):
    small = make_slot("sáng", zones=frozenset({"thôn 1"}))
    wide = make_slot("chiều", zones=frozenset({"thôn 1", "thôn 2", "thôn 3"}))

    filling = refill(days_of(small, wide), [make_wish(zones=frozenset({"thôn 1", "thôn 2"}))])

    assert [p.slot_id for p in kept(filling)] == ["chiều"]


def test_a_bulletin_comes_once_in_a_session(days_of, make_wish, refill):
    filling = refill(days_of(), [make_wish(airings=3, days=1)])

    assert len(kept(filling)) == 1
    assert filling.unmet[0].missing == 2


def test_a_bulletin_repeats_in_a_session_when_that_is_asked(days_of, make_wish, refill):
    wish = make_wish(airings=3, repeats_in_session=True, spacing=timedelta(hours=2), days=2)

    filling = refill(days_of(count=2), [wish])

    assert [p.local_day for p in kept(filling)] == [MONDAY, MONDAY, MONDAY + DAY]


def test_normal_items_fill_the_planned_length_only(days_of, make_wish, refill, content):
    wishes = [make_wish(f"w{n}", minutes=10, days=1) for n in range(5)]

    assert len(content(refill(days_of(), wishes))[CHIEU]) == 3


def test_a_priority_item_may_stretch_a_session_to_its_longest(days_of, make_wish, refill, content):
    wishes = [make_wish(f"w{n}", minutes=10, days=1) for n in range(3)]
    urgent = make_wish("gấp", minutes=10, days=1, priority=Priority.PRIORITY)
    first = refill(days_of(), wishes)

    filling = refill(days_of(), [*wishes, urgent], kept(first))

    assert content(filling)[CHIEU] == ["gấp", "w0", "w1", "w2"]


def test_signature_and_gaps_take_their_part(days_of, make_wish, refill, content):
    wishes = [make_wish(f"w{n}", minutes=9, days=1) for n in range(4)]
    exact = Overhead(per_session=2 * MINUTE, gap=30 * timedelta(seconds=1))
    tight = Overhead(per_session=2 * MINUTE, gap=31 * timedelta(seconds=1))

    assert len(content(refill(days_of(), wishes, overhead=exact))[CHIEU]) == 3
    assert len(content(refill(days_of(), wishes, overhead=tight))[CHIEU]) == 2


def test_a_slot_with_its_own_template_has_its_own_overhead(
    make_slot, days_of, make_wish, refill, content
):
    wishes = [make_wish(f"w{n}", minutes=10, days=1, airings=2) for n in range(3)]
    overhead = Overhead(by_slot={"sáng": 15 * MINUTE})

    found = content(refill(days_of(make_slot("sáng"), make_slot()), wishes, overhead=overhead))

    assert {slot: len(items) for (slot, _), items in found.items()} == {"sáng": 1, "chiều": 3}


def test_what_has_aired_counts_towards_the_wish(days_of, make_wish, refill):
    filling = refill(days_of(count=5), [make_wish(airings=3)], aired=Aired(by_wish={"w": 2}))

    assert len(kept(filling)) == 1


def test_spacing_counts_from_the_last_airing_before(days_of, make_wish, refill):
    wish = make_wish(airings=2, spacing=timedelta(hours=30))
    last_at = datetime(2026, 11, 22, 10, tzinfo=UTC)

    filling = refill(
        days_of(count=5), [wish], aired=Aired(by_wish={"w": 1}, last_at={"w": last_at})
    )

    assert [p.local_day for p in kept(filling)] == [MONDAY + DAY]


def test_spacing_holds_towards_later_airings_too(days_of, make_wish, refill):
    wish = make_wish(airings=3, spacing=timedelta(hours=48))
    later = [placed("w", day=MONDAY + 3 * DAY, manual=True)]

    filling = refill(days_of(count=7), [wish], later)

    assert [(p.local_day - MONDAY).days for p in kept(filling)] == [0, 3, 5]


def test_nothing_to_fill_is_nothing(days_of, refill):
    filling = refill(days_of(), [])

    assert (filling.placements, filling.unmet, filling.notes) == ((), (), ())


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 0}, {"airings": 0}, {"days": 0}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wish_that_nothing_could_meet_is_refused(make_wish, wrong):
    with pytest.raises(WishNotValid):
        make_wish(**wrong)


def test_even_spacing_spreads_airings_and_leaves_room(make_slot, days_of, make_wish, refill):
    spacing = even_spacing(MONDAY, MONDAY + 5 * DAY, 3)
    wish = make_wish(airings=3, days=5, spacing=spacing)

    filling = refill(days_of(make_slot("sáng"), make_slot(), count=5), [wish])

    days = [p.local_day for p in kept(filling)]
    assert len(set(days)) == 3
    assert even_spacing(MONDAY, MONDAY + DAY, 1) == timedelta(0)


def test_three_times_this_week_mornings_and_evenings_for_some_hamlets(
    make_slot, days_of, make_wish, refill
):
    """The operator's own sentence: three times, mornings and evenings, hamlets 1-2, until Friday."""
    noon = make_slot("trưa", local_time=time(11))
    weekly = Recurrence(frequency=Frequency.WEEKLY, anchor=MONDAY, weekdays=frozenset(range(6)))
    slots = [make_slot("sáng", recurrence=weekly), noon, make_slot(recurrence=weekly)]
    wish = make_wish(
        airings=3,
        until_day=MONDAY + 5 * DAY,
        slot_ids=frozenset({"sáng", "chiều"}),
        zones=frozenset({"thôn 1", "thôn 2"}),
        spacing=timedelta(hours=24),
    )

    filling = refill(days_of(*slots, count=7), [wish])

    assert [(p.slot_id, p.local_day.isoweekday()) for p in kept(filling)] == [
        ("sáng", 1),
        ("sáng", 2),
        ("sáng", 3),
    ]
