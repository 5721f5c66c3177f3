"""The year that the demonstration tells: what the report of 2023 says, to the millisecond."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from broadcast.demo.story import EVERY, GRID_MS, SESSIONS, YEAR_MS, past_items, shelf_texts

FRAME_MS = 24


def test_the_year_has_twenty_five_items_and_fifty_five_airings():
    items = past_items()
    assert len(items) == len({item.title for item in items}) == 25
    assert sum(len(item.aired) for item in items) == 55


def test_the_airings_take_nine_hundred_minutes_to_the_millisecond():
    spent = sum(item.duration_ms * len(item.aired) for item in past_items())
    assert spent == YEAR_MS == 900 * 60 * 1000


def test_every_length_is_one_that_a_box_could_have_played():
    lengths = [item.duration_ms for item in past_items()]
    assert all(length % FRAME_MS == 0 for length in lengths)
    assert all(length % GRID_MS == 0 for length in lengths[:-1])
    assert all(12 * 60_000 <= length <= 21 * 60_000 for length in lengths)


def test_every_airing_lies_in_the_year_and_in_a_session_that_the_station_has():
    moments = [moment for item in past_items() for moment in item.aired]
    assert {day.year for day, _tune in moments} == {2023}
    assert {tune for _day, tune in moments} == set(SESSIONS)


def test_no_two_items_are_played_in_one_session():
    moments = Counter(moment for item in past_items() for moment in item.aired)
    assert max(moments.values()) == 1


def test_an_item_begins_each_fortnight_and_is_repeated_within_it():
    items = past_items()
    firsts = [item.aired[0][0] for item in items]
    assert {later - sooner for sooner, later in pairwise(firsts)} == {EVERY}
    for item in items:
        days = [day for day, _tune in item.aired]
        assert days == sorted(set(days))
        assert days[-1] - days[0] < timedelta(days=14)


def test_what_lies_on_the_shelf_today_was_aired_in_the_year():
    texts = shelf_texts()
    assert len(texts) == len({text.title for text in texts}) == 6
    assert {text.title for text in texts} <= {item.title for item in past_items()}
    assert {text.topic for text in texts} <= {"cchc", "chuyen-doi-so"}
    assert all(text.text.strip() for text in texts)
