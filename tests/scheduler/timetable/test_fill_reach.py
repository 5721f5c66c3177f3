"""Who hears less comes last: a zone that an item is not for is silent for the item's length."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.timetable.wishes import FIRST_PLACE, LAST_PLACE, Pin, Priority
from tests.factories.fillings import kept, placed

CHIEU = ("chiều", date(2026, 11, 23))
ONE = frozenset({"thôn 1"})
BOTH = frozenset({"thôn 1", "thôn 2"})


def test_an_item_for_fewer_zones_goes_behind_those_that_all_hear(
    days_of, make_wish, refill, content
):
    wishes = [make_wish("a", zones=ONE, days=1), make_wish("b"), make_wish("c", zones=BOTH)]

    assert content(refill(days_of(), wishes))[CHIEU] == ["b", "c", "a"]


def test_what_all_hear_and_comes_later_goes_before_what_few_hear(
    days_of, make_wish, refill, content
):
    narrow = make_wish("a", zones=ONE)
    first = refill(days_of(), [narrow])

    second = refill(days_of(), [narrow, make_wish("b")], kept(first))

    assert content(second)[CHIEU] == ["b", "a"]


def test_the_class_of_an_item_stands_above_its_reach(days_of, make_wish, refill, content):
    wishes = [make_wish("a"), make_wish("p", zones=ONE, priority=Priority.PRIORITY)]

    assert content(refill(days_of(), wishes))[CHIEU] == ["p", "a"]


def test_a_person_may_put_what_few_hear_wherever_they_like(days_of, make_wish, refill, content):
    wishes = [make_wish("a", zones=ONE), make_wish("b"), make_wish("c")]
    by_hand = [placed("a", 1, manual=True), placed("b", 0), placed("c", 2)]

    assert content(refill(days_of(), wishes, by_hand))[CHIEU] == ["b", "a", "c"]


def test_a_pin_stands_above_reach(days_of, make_wish, refill, content):
    wishes = [
        make_wish("a", zones=ONE, pinned=Pin(position=FIRST_PLACE)),
        make_wish("b", pinned=Pin(position=LAST_PLACE)),
        make_wish("c", zones=ONE),
        make_wish("d"),
    ]

    assert content(refill(days_of(), wishes))[CHIEU] == ["a", "d", "c", "b"]


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_zone_waits_in_silence_for_an_item_of_its_class_and_refills_change_nothing(
    days_of, make_wish, refill, content, data
):
    reaches = data.draw(st.lists(st.sampled_from([frozenset(), ONE, BOTH]), max_size=5))
    wishes = {f"w{n}": make_wish(f"w{n}", zones=zones) for n, zones in enumerate(reaches)}
    first = refill(days_of(), wishes.values())

    narrow = [wishes[name].zones == ONE for name in content(first).get(CHIEU, [])]

    assert narrow == sorted(narrow)
    assert kept(refill(days_of(), wishes.values(), kept(first))) == kept(first)
