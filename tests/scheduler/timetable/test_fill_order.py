"""Places within a session: pins, those who stand, and the hand of a person."""

from datetime import date

from scheduler.timetable.book import NoteKind
from scheduler.timetable.wishes import FIRST_PLACE, LAST_PLACE, Pin, Priority
from tests.factories.fillings import kept, placed

MONDAY = date(2026, 11, 23)
CHIEU = ("chiều", MONDAY)


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
