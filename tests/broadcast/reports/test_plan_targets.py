"""A year's plan: which years a period is held against, and who may set it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.errors import NotAllowed
from broadcast.people.rules import Role
from broadcast.reports.errors import TargetOutOfBounds
from broadcast.reports.periods import Cutoff, free_period, planned_years, year_period
from broadcast.reports.plan_targets import Target, set_targets, targets_in, together


def test_a_year_by_the_decree_is_held_against_the_plan_of_the_year_it_reports():
    assert planned_years(year_period(2023)) == (2023,)
    assert planned_years(year_period(2023, Cutoff.DECREE_09)) == (2023,)


def test_free_days_take_the_plans_of_the_years_that_lie_wholly_in_them():
    assert planned_years(free_period(date(2022, 1, 1), date(2023, 12, 31))) == (2022, 2023)
    assert planned_years(free_period(date(2022, 7, 1), date(2024, 6, 30))) == (2023,)
    assert planned_years(free_period(date(2022, 7, 1), date(2023, 6, 30))) == ()
    assert planned_years(free_period(date(2023, 1, 1), date(2023, 12, 30))) == ()


DAYS = st.dates(date(2000, 1, 1), date(2019, 12, 31))


@given(st.tuples(DAYS, DAYS).map(sorted))
def test_no_day_of_a_planned_year_lies_outside_the_period(days):
    period = free_period(*days)
    for year in planned_years(period):
        assert date(year, 1, 1) in period
        assert date(year, 12, 31) in period


@pytest.fixture
def desk(desk_as):
    return desk_as(Role.OPERATOR)


@pytest.fixture
def topic(station):
    return f"topic-cchc-{station.code}"


def plan_of(desk, year: int) -> Target:
    return together(targets_in(desk, year_period(year)))


def test_the_plan_of_the_whole_station_goes_before_those_of_its_topics(desk, topic):
    set_targets(desk, 2023, {topic: Target(16, 34, 560)})
    assert plan_of(desk, 2023) == Target(16, 34, 560)
    set_targets(desk, 2023, {None: Target(24, 50, 820), topic: Target(16, 34, 560)})
    assert plan_of(desk, 2023) == Target(24, 50, 820)
    assert together(targets_in(desk, year_period(2023)), [topic]) == Target(16, 34, 560)


def test_two_years_are_added_each_by_its_own_plan(desk, topic):
    set_targets(desk, 2022, {topic: Target(10, 20, 300)})
    set_targets(desk, 2023, {None: Target(24, 50, 820), topic: Target(16, 34, 560)})
    both = targets_in(desk, free_period(date(2022, 1, 1), date(2023, 12, 31)))
    assert together(both) == Target(34, 70, 1120)


def test_a_plan_of_nothing_is_taken_away(desk, topic):
    set_targets(desk, 2023, {topic: Target(1, 1, 1), None: Target(2, 2, 2)})
    set_targets(desk, 2023, {topic: Target(), None: Target()})
    assert targets_in(desk, year_period(2023)) == []


@pytest.mark.parametrize(
    ("year", "target"), [(1900, Target(1)), (2023, Target(-1)), (2023, Target(10**7))]
)
def test_what_nobody_plans_is_refused(desk, year, target):
    with pytest.raises(TargetOutOfBounds):
        set_targets(desk, year, {None: target})


def test_who_only_looks_sets_no_plan(desk_as):
    with pytest.raises(NotAllowed):
        set_targets(desk_as(Role.VIEWER), 2023, {None: Target(1)})


def test_the_plan_is_set_on_its_page_and_shown_beside_the_figures(signed_in, year_2023, topic):
    operator = signed_in(Role.OPERATOR)
    page = operator.get("/bao-cao/?kind=year&year=2023").get_data(as_text=True)
    assert "/bao-cao/ke-hoach?year=2023" in page
    sent = {"year": "2023", "all.items": "1.024", "all.airings": "50", f"{topic}.items": "6"}
    done = operator.post("/bao-cao/ke-hoach", data=sent)
    assert done.status_code == 302
    shown = operator.get(done.location).get_data(as_text=True)
    assert "trên 1.024 theo kế hoạch" in shown
    assert "/6 tin bài" in shown
    filled = operator.get("/bao-cao/ke-hoach?year=2023").get_data(as_text=True)
    assert 'value="1024"' in filled


def test_a_number_that_is_none_is_said_and_what_was_typed_stays(signed_in, station):
    operator = signed_in(Role.OPERATOR)
    answer = operator.post("/bao-cao/ke-hoach", data={"year": "2023", "all.items": "nhiều"})
    page = answer.get_data(as_text=True)
    assert TargetOutOfBounds.message in page
    assert 'value="nhiều"' in page


def test_a_year_that_is_none_is_an_answer_in_words(signed_in, station):
    assert signed_in(Role.VIEWER).get("/bao-cao/ke-hoach?year=abc").status_code in {400, 422}
