"""How the coming sessions are filled; each test is one rule of the station."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.timetable.book import Aired, NoteKind
from scheduler.timetable.errors import WishNotValid
from scheduler.timetable.expand import expand
from scheduler.timetable.loads import Overhead
from scheduler.timetable.slots import ChangeKind, Frequency, OccurrenceChange, Recurrence
from scheduler.timetable.wishes import (
    FIRST_PLACE,
    LAST_PLACE,
    Pin,
    Placed,
    Priority,
    even_spacing,
)

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
CHIEU = ("chiều", MONDAY)


def placed(wish_id: str, position: int = 0, day: date = MONDAY, slot_id: str = "chiều", **facts):
    return Placed(wish_id=wish_id, slot_id=slot_id, local_day=day, position=position, **facts)


def kept(filling) -> list[Placed]:
    return [placement.placed for placement in filling.placements]


@pytest.fixture
def week(make_slot, days_of):
    """Seven mornings and seven afternoons."""
    return days_of(make_slot("sáng"), make_slot("chiều"), count=7)


# Placing


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


# Who goes first


def test_the_earliest_deadline_goes_first(days_of, make_wish, refill, content):
    wishes = [make_wish(f"còn {n} ngày", minutes=30, days=n) for n in (3, 1, 2)]

    found = content(refill(days_of(count=3), wishes))

    assert list(found.values()) == [["còn 1 ngày"], ["còn 2 ngày"], ["còn 3 ngày"]]


def test_a_higher_class_goes_before_an_earlier_deadline(days_of, make_wish, refill, content):
    normal = make_wish("thường", minutes=30, days=1)
    urgent = make_wish("khẩn", minutes=30, days=7, priority=Priority.EMERGENCY)
    priority = make_wish("ưu tiên", minutes=30, days=5, priority=Priority.PRIORITY)

    found = content(refill(days_of(count=2), [normal, priority, urgent]))

    assert list(found.values()) == [["khẩn"], ["ưu tiên"]]


def test_a_pinned_day_is_a_deadline(days_of, make_wish, refill, content):
    pinned = make_wish("ghim", minutes=30, days=7, pinned=Pin(local_day=MONDAY))
    sooner = make_wish("gần hạn", minutes=30, days=3)

    assert content(refill(days_of(count=2), [sooner, pinned]))[CHIEU] == ["ghim"]


def test_the_topic_furthest_behind_its_plan_goes_first(days_of, make_wish, refill, content):
    wishes = [
        make_wish(f"{topic} {n}", minutes=30, topic=topic)
        for n in range(3)
        for topic in ("cchc", "y tế")
    ]
    aired = Aired(by_topic={"cchc": 20, "y tế": 6})

    found = content(refill(days_of(count=4), wishes, targets={"cchc": 40, "y tế": 10}, aired=aired))

    assert [items[0] for items in found.values()] == ["cchc 0", "cchc 1", "cchc 2", "y tế 0"]


def test_topics_share_the_sessions_by_their_targets(days_of, make_wish, refill):
    wishes = [
        make_wish(f"{topic} {n:02}", minutes=30, topic=topic, days=12)
        for n in range(12)
        for topic in ("cchc", "y tế", "không kế hoạch")
    ]

    filling = refill(days_of(count=12), wishes, targets={"cchc": 30, "y tế": 10})

    topics = [p.wish_id[:-3] for p in kept(filling)]
    assert (topics.count("cchc"), topics.count("y tế")) == (9, 3)


def test_wishes_of_a_topic_take_turns_and_the_oldest_begins(days_of, make_wish, refill, content):
    old = make_wish("cũ", minutes=30, airings=2, queued_at=datetime(2026, 11, 1, tzinfo=UTC))
    new = make_wish("mới", minutes=30, airings=2, queued_at=datetime(2026, 11, 2, tzinfo=UTC))

    found = content(refill(days_of(count=4), [new, old]))

    assert [items[0] for items in found.values()] == ["cũ", "mới", "cũ", "mới"]


# Places within a session


def test_a_pinned_place_is_taken(days_of, make_wish, refill, content):
    wishes = [
        make_wish("cuối", pinned=Pin(position=LAST_PLACE)),
        make_wish("giữa"),
        make_wish("đầu", pinned=Pin(position=FIRST_PLACE), priority=Priority.NORMAL),
        make_wish("gấp", priority=Priority.PRIORITY),
    ]

    assert content(refill(days_of(), wishes))[CHIEU] == ["đầu", "gấp", "giữa", "cuối"]


def test_new_items_go_behind_those_that_stand(days_of, make_wish, refill, content):
    standing = [make_wish("b"), make_wish("c")]
    first = refill(days_of(), standing)

    filling = refill(days_of(), [make_wish("a", days=1), *standing], kept(first))

    assert content(filling)[CHIEU] == ["b", "c", "a"]


def test_the_order_made_by_hand_survives_every_refill(days_of, make_wish, refill, content):
    wishes = [make_wish(name) for name in "abcd"]
    by_hand = [placed(name, n, manual=True) for n, name in enumerate("dbca")]

    first = refill(days_of(), wishes, by_hand)
    second = refill(days_of(), [*wishes, make_wish("e", days=1)], kept(first))

    assert content(first)[CHIEU] == list("dbca")
    assert content(second)[CHIEU] == list("dbcae")


def test_one_item_moved_by_hand_keeps_its_place_among_the_others(
    days_of, make_wish, refill, content
):
    wishes = [make_wish(name) for name in "abc"]
    moved = [placed("a", 1), placed("b", 2), placed("c", 0, manual=True)]

    filling = refill(days_of(), [*wishes, make_wish("p", priority=Priority.PRIORITY)], moved)

    assert content(filling)[CHIEU] == ["c", "p", "a", "b"]


def test_a_place_by_hand_beyond_the_end_is_the_end(days_of, make_wish, refill, content):
    far = [placed("a", 9, manual=True)]

    assert content(refill(days_of(), [make_wish("a"), make_wish("b")], far))[CHIEU] == ["b", "a"]


def test_a_person_may_overrule_weekday_slot_and_spacing(make_slot, days_of, make_wish, refill):
    wish = make_wish(weekdays=frozenset({6}), slot_ids=frozenset({"sáng"}), airings=1)

    filling = refill(days_of(), [wish], [placed("w", manual=True, airing_id="a1")])

    assert kept(filling) == [placed("w", manual=True, airing_id="a1")]
    assert filling.placements[0].why == "Người trực đã đặt tay, giữ nguyên."


def test_a_person_may_not_overrule_the_longest_length(days_of, make_wish, refill):
    wishes = [make_wish(name, minutes=25) for name in "ab"]

    filling = refill(days_of(), wishes, [placed(n, i, manual=True) for i, n in enumerate("ab")])

    assert [p.wish_id for p in kept(filling)] == ["a"]
    assert [(n.kind, n.wish_id) for n in filling.notes] == [(NoteKind.MADE_ROOM, "b")]


# Stability


def test_existing_placements_keep_their_session_when_a_better_one_opens(days_of, make_wish, refill):
    filling = refill(days_of(count=5), [make_wish()], [placed("w", day=MONDAY + 3 * DAY)])

    assert [p.local_day for p in kept(filling)] == [MONDAY + 3 * DAY]
    assert filling.placements[0].why == "Giữ nguyên chỗ đã xếp."


def test_a_small_change_moves_few_items(make_slot, days_of, make_wish, refill):
    windows = days_of(make_slot("sáng"), make_slot(), count=7)
    wishes = [make_wish(f"w{n:02}", minutes=6, airings=3, days=3 + n % 5) for n in range(20)]
    first = refill(windows, wishes)

    second = refill(windows, [w for w in wishes if w.id != "w07"], kept(first))

    stayed = {(p.wish_id, p.session_key) for p in kept(first) if p.wish_id != "w07"}
    assert stayed <= {(p.wish_id, p.session_key) for p in kept(second)}


def test_a_locked_session_takes_nothing_new_and_keeps_its_order(
    make_slot, days_of, make_wish, refill, before
):
    windows = days_of(make_slot(lock=timedelta(hours=1)), count=2)
    standing = [placed("b", 0), placed("a", 1), placed("d", 2)]
    urgent = [make_wish(name, priority=Priority.PRIORITY) for name in "cd"]
    wishes = [make_wish("a"), make_wish("b"), *urgent]

    filling = refill(windows, wishes, standing, now=datetime(2026, 11, 23, 9, tzinfo=UTC))

    assert kept(filling)[:3] == standing
    assert kept(filling)[3] == placed("c", day=MONDAY + DAY)
    assert filling.placements[0].why == "Buổi phát đã khóa, giữ nguyên."


def test_a_session_locks_at_the_instant_and_not_before(make_slot, days_of, make_wish, refill):
    windows = days_of(make_slot(lock=timedelta(hours=1)))
    lock = datetime(2026, 11, 23, 9, tzinfo=UTC)

    open_yet = refill(windows, [make_wish()], now=lock - timedelta(microseconds=1))
    locked = refill(windows, [make_wish()], now=lock)

    assert len(kept(open_yet)) == 1
    assert kept(locked) == []
    assert locked.unmet[0].sentence.startswith("Còn thiếu 1 lượt: ")
    assert "buổi chiều thứ Hai 23/11 đã khóa" in locked.unmet[0].sentence


def test_withdrawal_and_expiry_clear_even_a_locked_session(make_slot, days_of, make_wish, refill):
    windows = days_of(make_slot(lock=timedelta(days=2)))
    expired = make_wish("hết hạn", from_day=MONDAY - 5 * DAY, until_day=MONDAY)

    filling = refill(windows, [expired], [placed("hết hạn"), placed("đã rút", 1)])

    assert kept(filling) == []
    assert {note.kind for note in filling.notes} == {NoteKind.EXPIRED, NoteKind.WITHDRAWN}


def test_a_session_on_air_is_never_changed(make_slot, days_of, make_wish, refill):
    on_air = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)
    long = [make_wish(name, minutes=25, days=1) for name in "ab"]

    filling = refill(days_of(), long, [placed("a"), placed("b", 1)], now=on_air)

    assert [p.wish_id for p in kept(filling)] == ["a", "b"]
    assert filling.notes == ()


def test_expiry_does_not_cut_into_a_session_on_air(days_of, make_wish, refill):
    on_air = datetime(2026, 11, 23, 10, 5, tzinfo=UTC)
    shortened = make_wish(from_day=MONDAY - DAY, until_day=MONDAY)

    assert kept(refill(days_of(), [shortened], [placed("w")], now=on_air)) == [placed("w")]


def test_spacing_holds_towards_later_airings_too(days_of, make_wish, refill):
    wish = make_wish(airings=3, spacing=timedelta(hours=48))
    later = [placed("w", day=MONDAY + 3 * DAY, manual=True)]

    filling = refill(days_of(count=7), [wish], later)

    assert [(p.local_day - MONDAY).days for p in kept(filling)] == [0, 3, 5]


def test_a_higher_class_displaces_a_lower_one_which_finds_another_place(
    days_of, make_wish, refill, content
):
    normal = [make_wish(f"w{n}", minutes=10) for n in range(4)]
    urgent = [make_wish(f"p{n}", minutes=20, days=1, priority=Priority.PRIORITY) for n in range(2)]
    windows = days_of(count=3)
    first = refill(windows, normal)

    filling = refill(windows, [*normal, *urgent], kept(first))

    assert content(filling)[CHIEU] == ["p0", "p1"]
    assert {p.wish_id for p in kept(filling)} == {w.id for w in (*normal, *urgent)}
    assert [note.kind for note in filling.notes] == [NoteKind.MADE_ROOM] * 3
    assert filling.notes[0].sentence == (
        "Nhường chỗ ở buổi chiều thứ Hai 23/11 cho tin đặt tay hoặc tin ưu tiên hơn."
    )


def test_a_placement_whose_session_is_gone_is_placed_anew(days_of, make_wish, refill):
    filling = refill(days_of(count=2), [make_wish()], [placed("w", slot_id="đã bỏ")])

    assert kept(filling) == [placed("w")]
    assert [n.kind for n in filling.notes] == [NoteKind.SESSION_GONE]


def test_airings_that_are_no_longer_needed_go_from_the_end(days_of, make_wish, refill):
    standing = [placed("w", day=MONDAY + n * DAY) for n in range(3)]

    filling = refill(days_of(count=3), [make_wish(airings=2)], standing)

    assert [p.local_day for p in kept(filling)] == [MONDAY, MONDAY + DAY]
    assert [n.kind for n in filling.notes] == [NoteKind.NOT_NEEDED]


@pytest.mark.parametrize(
    ("now_asked", "reason"),
    [
        ({"weekdays": frozenset({1})}, "thứ này không còn được chọn"),
        ({"slot_ids": frozenset({"sáng"})}, "khung giờ này không còn được chọn"),
        ({"from_day": MONDAY + DAY}, "ngày phát nằm ngoài thời hạn của bản tin"),
        ({"zones": frozenset({"thôn 9"})}, "buổi không còn tới đủ các khu vực"),
        ({"pinned": Pin(local_day=MONDAY + DAY)}, "bản tin đã được ghim sang ngày khác"),
        ({"duration": 50 * MINUTE}, "bản tin dài hơn buổi phát"),
    ],
)
def test_a_placement_that_no_longer_suits_goes_with_its_reason(
    days_of, make_wish, refill, now_asked, reason
):
    filling = refill(days_of(), [make_wish(**now_asked)], [placed("w")])

    assert kept(filling) == []
    assert filling.notes[0].sentence == (
        f"Chuyển một lượt khỏi buổi chiều thứ Hai 23/11: {reason}."
    )


# Why not


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"days": 1},
            "Còn thiếu 1 lượt: buổi chiều thứ Hai 23/11 đã đầy 30 phút.",
        ),
        (
            {"days": 1, "minutes": 50},
            "Còn thiếu 1 lượt: bản tin dài 50 phút, không vừa buổi chiều thứ Hai 23/11.",
        ),
        (
            {"days": 1, "priority": Priority.PRIORITY, "minutes": 41},
            "Còn thiếu 1 lượt: bản tin dài 41 phút, không vừa buổi chiều thứ Hai 23/11.",
        ),
        (
            {"days": 1, "zones": frozenset({"thôn 9"})},
            "Còn thiếu 1 lượt: buổi chiều thứ Hai 23/11 không tới đủ khu vực thôn 9.",
        ),
        (
            {"days": 1, "slot_ids": frozenset({"sáng"})},
            "Còn thiếu 1 lượt: buổi chiều thứ Hai 23/11 không thuộc khung giờ hoặc ngày đã chọn.",
        ),
        (
            {"days": 2, "weekdays": frozenset({6})},
            "Còn thiếu 1 lượt: không có buổi phát nào vào Chủ nhật từ thứ Hai 23/11 đến hết thứ Ba 24/11.",
        ),
    ],
)
def test_an_unmet_wish_says_what_stands_in_its_way(days_of, make_wish, refill, asked, sentence):
    full = make_wish("đầy", minutes=30, days=1, queued_at=datetime(2026, 1, 1, tzinfo=UTC))

    filling = refill(days_of(), [full, make_wish(**asked)], [placed("đầy")])

    (unmet,) = filling.unmet
    assert unmet.sentence == sentence
    assert not unmet.waits


def test_an_unmet_wish_names_spacing_and_repeats(days_of, make_wish, refill):
    wish = make_wish(airings=3, days=2, spacing=timedelta(hours=48))

    (unmet,) = refill(days_of(count=2), [wish]).unmet

    assert unmet.sentence == (
        "Còn thiếu 2 lượt: buổi chiều thứ Ba 24/11 cách lượt khác chưa đủ 48 giờ; "
        "buổi chiều thứ Hai 23/11 đã có bản tin này."
    )


def test_an_unmet_wish_calls_the_zones_by_their_names(days_of, make_wish, refill):
    wish = make_wish(days=1, zones=frozenset({"z9"}))

    (unmet,) = refill(days_of(), [wish], zone_names={"z9": "Thôn Hạ"}).unmet

    assert unmet.sentence.endswith("không tới đủ khu vực Thôn Hạ.")


def test_a_wish_that_later_days_can_meet_waits(days_of, make_wish, refill):
    (unmet,) = refill(days_of(count=2), [make_wish(airings=5, days=7)]).unmet

    assert unmet.waits
    assert unmet.missing == 3
    assert unmet.sentence.startswith("Còn thiếu 3 lượt: chờ xếp vào các ngày sau 24/11; trước đó ")


def test_without_sessions_every_wish_says_so(make_wish, refill):
    (unmet,) = refill((), [make_wish()]).unmet

    assert not unmet.waits
    assert "không có buổi phát nào" in unmet.sentence


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
