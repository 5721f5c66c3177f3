"""What stands keeps its place: refills, locks, sessions on the air, room for a higher class."""

from datetime import UTC, date, datetime, timedelta

from scheduler.timetable.book import NoteKind
from scheduler.timetable.wishes import Priority
from tests.factories.fillings import kept, placed

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
CHIEU = ("chiều", MONDAY)


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
