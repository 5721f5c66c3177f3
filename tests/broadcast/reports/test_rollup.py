"""Daily facts are nothing but a recount that was kept: in any order, after any correction."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, null, select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.reports.airing_facts import fact_of
from broadcast.reports.audit import audit_and_mend, audit_figures
from broadcast.reports.counting import Question, count
from broadcast.reports.daily import Reach
from broadcast.reports.errors import RuleMismatch
from broadcast.reports.facts import CountingRule, GroupBy, MinutesBasis
from broadcast.reports.models import DailyItemFact, DailySessionFact
from broadcast.reports.periods import free_period
from broadcast.reports.rollup import counting_rule, fact_from, roll_up_all, roll_up_day
from broadcast.reports.summary import Topics, figures_of
from broadcast.stations.queries import rule_in_force
from broadcast.tables import people

FIRST = date(2022, 12, 28)
DAYS = 8
many = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PLAYED = st.sampled_from([0, 1, 47_999, 48_000, 60_000])
BOXES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        PLAYED,
        st.sampled_from(["complete", "partial", "interrupted", "missed", "failed", "late"]),
        st.sampled_from([{}, {"zones": ["dong"]}, {"zones": ["tay", "nam"], "expected": False}]),
    ),
    max_size=3,
    unique_by=lambda box: box[0],
)
AIRINGS = st.fixed_dictionaries(
    {
        "minute": st.integers(0, DAYS * 2 - 1).map(lambda half_days: half_days * 720 + 30),
        "bulletin_id": st.sampled_from(["x", "y", "z", None]),
        "topic": st.sampled_from(["CCHC", "CĐS"]),
        "kind": st.sampled_from(["tin", "bai", "thong_bao", "relay", "signature", ""]),
        "origin": st.sampled_from(["own", "relayed", "sent"]),
        "slot_id": st.sampled_from(["sang", "chieu", None]),
        "zone_ids": st.lists(st.sampled_from(["dong", "tay", "nam"]), max_size=3, unique=True),
        "author": st.sampled_from(["A", "B"]),
        "voice": st.sampled_from(["nam", "nữ"]),
        "outcome": st.sampled_from(AiringOutcome),
        "boxes": BOXES,
        "boxes_expected": st.integers(0, 3),
        "estimate": st.booleans(),
    }
)
HISTORIES = st.lists(AIRINGS, max_size=12)
GROUPINGS = st.lists(st.sampled_from(GroupBy), max_size=2, unique=True).map(tuple)
PERIODS = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(
    lambda days: free_period(FIRST + timedelta(days=min(days)), FIRST + timedelta(days=max(days)))
)


def row_of(number: int, told: dict) -> dict:
    at = datetime(2022, 12, 27, 17, 0, tzinfo=UTC) + timedelta(minutes=told["minute"])
    boxes = [
        {"box": box, "name": box, "played_ms": played, "outcome": outcome, "reason": ""} | standing
        for box, played, outcome, standing in told["boxes"]
    ]
    facts = {name: value for name, value in told.items() if name not in {"minute", "boxes"}}
    return facts | {
        "station_id": "station-ngoc-ky",
        "key": f"lượt {number}",
        "airing_id": f"lượt {number}",
        "local_day": FIRST + timedelta(minutes=told["minute"]),
        "title": "",
        "planned_start": at,
        "started_at": at,
        "planned_ms": 60_000,
        "heard_ms": max((box["played_ms"] for box in boxes), default=0),
        "boxes": boxes,
    }


@pytest.fixture
def desk(desk_as, station):
    return desk_as()


def write(desk, rows):
    desk.session.execute(delete(AiringRow))
    if rows:
        desk.session.execute(insert(AiringRow.__table__), rows)


def clear(desk):
    for table in (AiringRow, DailyItemFact, DailySessionFact):
        desk.session.execute(delete(table))
    desk.session.commit()


def recount(desk, question):
    rows = desk.session.scalars(select(AiringRow).execution_options(populate_existing=True))
    facts = [
        fact_of(row)
        for row in rows
        if row.outcome is not AiringOutcome.WAITING and row.kind != "signature"
    ]
    return count(facts, [], question)


@many
@given(st.data())
def test_facts_equal_a_full_recount_after_late_rows_and_corrections_in_any_order(desk, data):
    clear(desk)
    history = [row_of(number, told) for number, told in enumerate(data.draw(HISTORIES))]
    steps = data.draw(st.integers(1, 4))
    for _step in range(steps):
        # What the log says changes: rows come late, leave, or are corrected.
        now = [row for row in history if data.draw(st.booleans())] if _step < steps - 1 else history
        write(desk, now)
        days = data.draw(st.permutations([FIRST + timedelta(days=day) for day in range(DAYS)]))
        for day in days:
            roll_up_day(desk, day)
    question = Question(
        CountingRule(1, data.draw(st.booleans()), MinutesBasis.NET),
        data.draw(PERIODS),
        data.draw(GROUPINGS),
    )
    assert figures_of(desk, question) == recount(desk, question)
    assert [one for one in audit_figures(desk) if "heard_ms" not in one.what] == []


def test_a_second_roll_up_changes_nothing(desk, airing_row):
    airing_row(FIRST, "x")
    airing_row(FIRST, "y")
    roll_up_day(desk, FIRST)
    before = desk.session.execute(select(DailyItemFact.__table__)).all()
    assert roll_up_day(desk, FIRST) == 2
    assert desk.session.execute(select(DailyItemFact.__table__)).all() == before


def test_a_day_is_made_anew_without_touching_its_neighbours(desk, airing_row):
    airing_row(FIRST, "x")
    airing_row(FIRST + timedelta(days=1), "x")
    roll_up_all(desk)
    clear_day = delete(AiringRow).where(AiringRow.local_day == FIRST)
    desk.session.execute(clear_day)
    roll_up_day(desk, FIRST)
    days = {row.local_day: row.is_first for row in desk.session.scalars(select(DailyItemFact))}
    assert days == {FIRST + timedelta(days=1): True}


def test_an_earlier_airing_that_arrives_late_takes_the_first_mark(desk, airing_row):
    airing_row(FIRST + timedelta(days=3), "x")
    roll_up_day(desk, FIRST + timedelta(days=3))
    airing_row(FIRST, "x")
    roll_up_day(desk, FIRST)
    marks = desk.session.execute(
        select(DailyItemFact.local_day, DailyItemFact.is_first).order_by(DailyItemFact.local_day)
    ).all()
    assert [mark.is_first for mark in marks] == [True, False]


def test_nothing_of_another_station_is_counted_or_touched(desk, airing_row, other_station):
    airing_row(FIRST, "x", station_id=other_station.id)
    airing_row(FIRST, "y")
    roll_up_all(desk)
    assert [row.bulletin_id for row in desk.session.scalars(select(DailyItemFact))] == ["y"]


def test_an_airing_that_still_waits_for_its_boxes_is_in_no_figure(desk, airing_row):
    airing_row(FIRST, "x", outcome=AiringOutcome.WAITING)
    assert roll_up_day(desk, FIRST) == 0


def test_a_change_made_behind_the_figures_is_found_mended_and_told(desk, airing_row, log_plays):
    log_plays(FIRST, "x")
    roll_up_all(desk)
    assert audit_figures(desk) == []
    wrong = {"net_ms": 1, "is_first": False, "zone_reach": [[1, 1]]}
    desk.session.execute(DailyItemFact.__table__.update().values(wrong))
    desk.session.commit()
    found = audit_and_mend(desk)
    assert {difference.what for difference in found} == {
        "x net_ms", "x is_first", "x zone_reach",
    }  # fmt: skip
    assert audit_figures(desk) == []
    trail = desk.session.scalars(select(people.AuditEntry.deed)).all()
    assert trail == ["reports.figures_differed"]


def test_an_airing_that_the_log_does_not_bear_out_is_found(desk, log_plays):
    log_plays(FIRST, "x")
    roll_up_all(desk)
    desk.session.execute(AiringRow.__table__.update().values(heard_ms=59_999))
    desk.session.commit()
    assert [one.what.split()[-1] for one in audit_figures(desk)] == ["heard_ms"]


def test_facts_made_under_another_threshold_are_refused_not_mixed(desk, airing_row):
    airing_row(FIRST, "x")
    roll_up_all(desk)
    stricter = CountingRule(2, notices_count=True, minutes=MinutesBasis.NET, threshold_percent=100)
    with pytest.raises(RuleMismatch):
        figures_of(desk, Question(stricter, free_period(FIRST, FIRST)))


def test_a_session_lasts_as_long_as_the_longest_box_was_sounding(desk, log_plays):
    log_plays(FIRST, "x", session_id="buoi", boxes=2)
    log_plays(FIRST, "y", session_id="buoi", boxes=1, minute=340)
    roll_up_all(desk)
    spans = desk.session.execute(select(DailySessionFact.session_id, DailySessionFact.gross_ms))
    assert spans.all() == [("buoi", 11 * 60_000)]
    rule = counting_rule(rule_in_force(desk))
    assert figures_of(desk, Question(rule, free_period(FIRST, FIRST))).total.gross_ms == 660_000


def test_a_session_across_new_year_gives_each_day_its_own_part(desk, log_plays):
    eve = date(2022, 12, 31)
    log_plays(eve, "x", session_id="giao-thua", minute=1438)
    log_plays(eve + timedelta(days=1), "y", session_id="giao-thua")
    roll_up_all(desk)
    table = figures_of(
        desk,
        Question(
            counting_rule(rule_in_force(desk)),
            free_period(eve, eve + timedelta(days=1)),
            (GroupBy.MONTH,),
        ),
    )
    assert [(row.key, row.figures.gross_ms) for row in table.rows] == [
        (("2022-12",), 60_000),
        (("2023-01",), 60_000),
    ]


def test_a_day_not_yet_made_anew_shows_a_zone_the_whole_reach(desk, airing_row):
    part = {"box": "a", "played_ms": 60_000, "zones": ["dong"]}
    boxes = [part, part | {"box": "b", "zones": ["tay"]}]
    airing_row(FIRST, "x", zone_ids=["dong", "tay"], boxes=boxes)
    roll_up_all(desk)
    question = Question(
        counting_rule(rule_in_force(desk)), free_period(FIRST, FIRST), (GroupBy.ZONE,)
    )

    def reach():
        rows = figures_of(desk, question).rows
        return [(row.key[0], row.figures.reached, row.figures.expected) for row in rows]

    assert reach() == [("dong", 1, 1), ("tay", 1, 1)]
    desk.session.execute(DailyItemFact.__table__.update().values(zone_reach=null()))
    assert reach() == [("dong", 2, 2), ("tay", 2, 2)]


def test_a_renamed_topic_counts_as_it_was_unless_asked_otherwise(desk, airing_row):
    airing_row(FIRST, "x", topic="Một cửa", topic_id="topic-cchc-ngoc-ky")
    airing_row(FIRST, "y", topic="Cải cách hành chính", topic_id="topic-cchc-ngoc-ky")
    roll_up_all(desk)
    rule = counting_rule(rule_in_force(desk))
    question = Question(rule, free_period(FIRST, FIRST), (GroupBy.TOPIC,))
    assert len(figures_of(desk, question).rows) == 2
    rows = figures_of(desk, question, Topics(current=True)).rows
    assert [(row.key, row.figures.items) for row in rows] == [(("Cải cách hành chính",), 2)]


def test_the_stored_fact_is_the_value_it_was_made_of(desk, airing_row):
    part = {"box": "a", "played_ms": 60_000, "zones": ["tay"]}
    airing_row(FIRST, "x", zone_ids=["tay", "dong"], boxes=[part])
    roll_up_all(desk)
    fact = fact_from(desk.session.execute(select(DailyItemFact.__table__)).one())
    assert fact.key.zones == ("dong", "tay")
    assert fact.zone_reach == (Reach(0, 0), Reach(1, 1))
    assert (fact.counted, fact.net_ms, fact.is_first) == (1, 60_000, True)
