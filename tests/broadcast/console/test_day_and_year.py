"""Today's line and the year's three figures."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.airlog.rules import HEARD, AiringOutcome
from broadcast.bulletins.rules import BulletinKind
from broadcast.console.day import outcome_of_session, today
from broadcast.console.year import year_figures
from broadcast.people.rules import Role
from broadcast.reports.rollup import roll_up_all
from broadcast.stations.models import CountingRuleVersion, PlanTarget


@pytest.fixture
def desk(desk_as):
    return desk_as(Role.VIEWER)


def test_blocks_stand_at_the_stations_own_minutes(desk, put):
    put.session("Buổi sáng", minutes=-180)
    line = today(desk)
    assert (line.now_minute, line.now_words, line.local_day) == (480, "08:00", date(2026, 11, 23))
    (block,) = line.planned
    assert (block.start, block.end, block.time) == (300, 330, "05:00")


def test_a_session_across_midnight_ends_at_the_edge(desk, put):
    put.session("Đêm", minutes=16 * 60 - 10)
    assert today(desk).planned[0].end == 24 * 60


def test_what_is_still_to_come_has_no_place_below_the_line(desk, put):
    put.airing("waiting", minutes=60, heard_ms=0)
    put.airing("aired", minutes=-60)
    assert [block.outcome for block in today(desk).aired] == ["aired"]


def test_what_was_missed_is_as_long_as_it_was_planned(desk, put):
    put.airing("missed", heard_ms=0, planned_ms=600_000)
    (block,) = today(desk).aired
    assert block.end - block.start == 10


def test_sessions_tell_what_became_of_them(desk, put):
    first = put.session("Sáng", minutes=-120)
    put.airing("aired", session=first)
    put.airing("missed", session=first, heard_ms=0)
    playing = put.session("Đang", minutes=-10)
    coming = put.session("Trưa", minutes=180)
    found = today(desk, frozenset({playing.id})).sessions
    assert [(one.name, one.outcome) for one in found] == [
        ("Sáng", "partial"),
        ("Đang", "on_air"),
        ("Trưa", "scheduled"),
    ]
    assert (found[0].heard, found[0].expected) == (1, 2)
    assert today(desk).next_at == coming.starts_at


def test_cancelled_sessions_and_other_stations_leave_the_line(desk, put, clock, other_station):
    put.session("Bỏ", cancelled_at=clock())
    put.session("Xa", of=other_station)
    put.airing("aired", of=other_station)
    line = today(desk)
    assert (line.planned, line.aired, line.sessions) == ([], [], [])


@given(airings=st.lists(st.sampled_from(AiringOutcome), max_size=8))
def test_one_word_never_hides_a_miss_nor_invents_one(airings):
    said = outcome_of_session(airings)
    count = Counter(airings)
    if said in {"aired", "late"}:
        assert all(one in HEARD for one in airings)
    if said == "missed":
        assert count[AiringOutcome.MISSED] == len(airings) > 0
    if not airings or count[AiringOutcome.WAITING]:
        assert said == "waiting"


def counted_year(desk):
    """The figures rest on daily facts; those of the airings put down so far."""
    roll_up_all(desk)
    return year_figures(desk)


def figures(desk):
    found = counted_year(desk)
    return found.items.done, found.airings.done, found.minutes.done


def test_the_year_counts_items_airings_and_minutes_once_each(desk, put):
    put.airing("aired", bulletin_id="a", heard_ms=90_000, planned_ms=90_000)
    put.airing("late", bulletin_id="a", heard_ms=90_000, planned_ms=90_000)
    put.airing("aired", bulletin_id="b", heard_ms=60_000, planned_ms=60_000)
    assert figures(desk) == (2, 3, 4)


def test_what_was_heard_too_little_or_unplanned_or_last_year_does_not_count(
    desk, put, other_station
):
    put.airing("partial", heard_ms=159_999)
    put.airing("unplanned")
    put.airing("missed", heard_ms=0)
    put.airing("aired", local_day=date(2025, 12, 31))
    put.airing("aired", of=other_station)
    assert figures(desk) == (0, 0, 0)


def test_exactly_the_threshold_counts(desk, put):
    put.airing("partial", heard_ms=160_000)
    assert figures(desk) == (1, 1, Decimal("2.7"))


def test_the_rule_in_force_decides_about_notices(desk, put, db, clock, station):
    put.airing("aired", kind=BulletinKind.NOTICE.value)
    assert figures(desk)[0] == 1
    desk.session.rollback()
    db.add(
        CountingRuleVersion(
            id="rule-2",
            station_id=station.id,
            version=2,
            notices_count=False,
            author_name="x",
            created_at=clock(),
        )
    )
    db.commit()
    assert figures(desk)[0] == 0


def test_a_plan_by_topic_is_compared_with_those_topics(desk, put, station):
    topic = f"topic-cchc-{station.code}"
    for topic_id in (topic, f"topic-khac-{station.code}"):
        put.airing("aired", topic_id=topic_id, bulletin_id=topic_id)
    put.keep(
        PlanTarget(id="p", station_id=station.id, year=2026, topic_id=topic, items=4, airings=8)
    )
    found = counted_year(desk)
    assert (found.items.done, found.items.planned, found.items.ratio) == (1, 4, 0.25)
    assert found.minutes.ratio is None


def test_the_plan_of_the_whole_station_goes_before_its_parts(desk, put, station):
    topic = f"topic-cchc-{station.code}"
    for number, topic_id in enumerate((topic, None)):
        put.keep(
            PlanTarget(
                id=f"p{number}",
                station_id=station.id,
                year=2026,
                topic_id=topic_id,
                items=10 + number,
            )
        )
    assert year_figures(desk).items.planned == 11


def test_where_one_should_be_is_the_share_of_the_year(desk, clock):
    passed = (date(2026, 11, 23) - date(2026, 1, 1)) + timedelta(days=1)
    assert year_figures(desk).due == pytest.approx(passed.days / 365)
