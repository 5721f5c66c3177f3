"""The drawn plan: every box once, inside the paper, north up, none on another."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.boxes.site_plan import NEAR, WIDTH, Spot, draw_plan, read_place


def spot(number=1, zone="Thôn 1", at=None):
    return Spot(str(number), f"Cụm {number}", zone, "idle", *(at or (None, None)))


@st.composite
def spots(draw):
    places = st.none() | st.tuples(st.floats(20.80, 20.86), st.floats(106.40, 106.47))
    found = draw(st.lists(st.tuples(st.sampled_from("ABCD"), places), max_size=25))
    return [spot(number, zone, at) for number, (zone, at) in enumerate(found)]


@settings(deadline=None, max_examples=150)
@given(spots())
def test_every_box_stands_once_inside_the_paper_and_on_no_other(found):
    plan = draw_plan(found)
    assert sorted(mark.spot.box_id for mark in plan.marks) == sorted(one.box_id for one in found)
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= plan.height for mark in plan.marks)
    places = [(mark.x, mark.y) for mark in plan.marks]
    for number, one in enumerate(places):
        assert all(math.dist(one, other) > NEAR * 0.7 for other in places[:number])


@settings(deadline=None, max_examples=150)
@given(spots())
def test_every_box_lies_in_the_frame_of_its_zone(found):
    plan = draw_plan(found)
    for mark in plan.marks:
        assert any(
            area.name == mark.spot.zone
            and area.x <= mark.x <= area.x + area.width
            and area.y <= mark.y <= area.y + area.height
            for area in plan.areas
        )


def test_north_is_up_and_east_is_right():
    south_west, north_east = spot(1, at=(20.80, 106.40)), spot(2, at=(20.82, 106.43))
    first, second = draw_plan([south_west, north_east]).marks
    assert second.x > first.x
    assert second.y < first.y


def test_a_degree_east_is_shorter_than_one_north():
    corner = (60.0, 10.0)
    marks = draw_plan(
        [spot(1, at=corner), spot(2, at=(60.01, 10.0)), spot(3, at=(60.0, 10.01))]
    ).marks
    north, east = marks[0].y - marks[1].y, marks[2].x - marks[0].x
    assert east / north == pytest.approx(math.cos(math.radians(60)), abs=0.01)


def test_without_any_place_zones_are_frames_side_by_side():
    plan = draw_plan([spot(1, "Thôn 1"), spot(2, "Thôn 2")])
    assert [area.name for area in plan.areas] == ["Thôn 1", "Thôn 2"]
    assert plan.areas[0].y == plan.areas[1].y


def test_no_boxes_is_an_empty_paper():
    plan = draw_plan([])
    assert (plan.height, plan.marks, plan.areas) == (0.0, (), ())


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("20.8123, 106.4321", (20.8123, 106.4321)),
        (" 20.8123 106.4321 ", (20.8123, 106.4321)),
        ("20,8123; 106,4321", (20.8123, 106.4321)),
        ("-8.5, 115", (-8.5, 115.0)),
        ("106.4321, 20.8123", None),
        ("20.8", None),
        ("thôn Đông", None),
        ("20.8123, 190", None),
    ],
)
def test_a_place_is_read_as_maps_copy_it(typed, place):
    assert read_place(typed) == place
