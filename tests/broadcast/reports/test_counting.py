from datetime import date
from decimal import Decimal

import pytest

from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.reports.counting import (
    Question,
    are_minutes_estimated,
    count,
    figures_from_daily,
    minutes,
    to_minutes,
    under_current_topics,
)
from broadcast.reports.daily import daily_facts
from broadcast.reports.errors import GrossNotDivisible, RuleMismatch, RuleOutOfBounds
from broadcast.reports.facts import BoxOutcome, CountingRule, Figures, GroupBy, MinutesBasis, Reason
from broadcast.reports.periods import month_period, quarter_period, year_period

YEAR = year_period(2023)


@pytest.fixture
def total(rule):
    def of(*airings, sessions=(), period=YEAR, **changes) -> Figures:
        in_force = CountingRule(
            **{"version": 1, "notices_count": False, "minutes": MinutesBasis.NET, **changes}
        )
        return count(airings, sessions, Question(in_force, period)).total

    return of


def test_an_empty_log_counts_nothing_and_says_so(rule):
    table = count([], [], Question(rule, YEAR, (GroupBy.TOPIC,)))
    assert table.total == Figures()
    assert table.rows == table.differences == ()


def test_one_bulletin_aired_twice_is_one_item_and_two_airings(total, airing):
    figures = total(airing("lịch trực"), airing("lịch trực"))
    assert (figures.items, figures.airings, figures.net_ms) == (1, 2, 120_000)


def test_one_airing_on_many_speakers_is_one_airing_with_the_longest_time(total, airing, box):
    figures = total(
        airing(
            boxes=(box(60_000), box(55_000), box(0, outcome=BoxOutcome.MISSED)), boxes_expected=3
        )
    )
    assert (figures.airings, figures.net_ms, figures.speaker_ms) == (1, 60_000, 115_000)
    assert (figures.reached, figures.expected) == (2, 3)


@pytest.mark.parametrize(("played_ms", "counts"), [(48_000, 1), (47_999, 0), (60_000, 1)])
def test_exactly_the_threshold_counts_and_a_millisecond_less_does_not(
    total, airing, box, played_ms, counts
):
    figures = total(airing(boxes=(box(played_ms),)))
    assert (figures.airings, figures.partial) == (counts, 1 - counts)


def test_a_third_of_a_second_is_judged_without_rounding(total, airing, box):
    assert total(airing(boxes=(box(267, planned_ms=334),))).partial == 1
    assert total(airing(boxes=(box(268, planned_ms=334),))).airings == 1


def test_the_stations_own_threshold_decides(total, airing, box):
    assert total(airing(boxes=(box(30_000),)), threshold_percent=50).airings == 1


@pytest.mark.parametrize("percent", [0, 101, -80])
def test_a_threshold_outside_one_to_hundred_is_refused(percent):
    with pytest.raises(RuleOutOfBounds):
        CountingRule(1, notices_count=True, minutes=MinutesBasis.NET, threshold_percent=percent)


def test_silence_counts_nowhere_even_when_nothing_was_planned_to_last(total, airing, box):
    assert total(airing(boxes=(box(0, planned_ms=0),))).missed == 1
    assert total(airing(boxes=())).missed == 1


def test_an_airing_nobody_planned_is_shown_and_not_counted(total, airing, box):
    figures = total(airing(boxes=(box(60_000, outcome=BoxOutcome.UNPLANNED),), boxes_expected=0))
    assert (figures.airings, figures.unplanned, figures.missed, figures.net_ms) == (0, 1, 0, 0)


def test_a_late_airing_counts_and_is_shown_as_late(total, airing, box):
    figures = total(airing(boxes=(box(60_000, outcome=BoxOutcome.LATE),)))
    assert (figures.airings, figures.late) == (1, 1)


def test_a_notice_counts_only_where_the_station_says_so(total, airing):
    notice = airing(kind=BulletinKind.NOTICE)
    assert (total(notice).items, total(notice).notices, total(notice).net_ms) == (0, 1, 0)
    assert (total(notice, notices_count=True).items, total(notice, notices_count=True).notices) == (
        1,
        0,
    )


def test_a_relay_is_a_line_of_its_own(total, airing):
    figures = total(airing(origin=Origin.RELAYED), airing("tin xã"))
    assert (figures.items, figures.airings, figures.net_ms) == (1, 1, 60_000)
    assert (figures.relays, figures.relay_ms) == (1, 60_000)


def test_messages_sent_from_above_count_like_our_own(total, airing):
    assert total(airing(origin=Origin.SENT_FROM_ABOVE)).items == 1


def test_an_item_is_new_only_in_the_period_of_its_first_counted_airing(total, airing, box):
    history = (
        airing("vệ sinh môi trường", date(2022, 12, 30), boxes=(box(1_000),)),
        airing("vệ sinh môi trường", date(2023, 1, 2)),
        airing("vệ sinh môi trường", date(2024, 1, 2)),
    )
    by_year = {year: total(*history, period=year_period(year)) for year in (2022, 2023, 2024)}
    assert {year: figures.new_items for year, figures in by_year.items()} == {
        2022: 0,
        2023: 1,
        2024: 0,
    }
    assert {year: figures.items for year, figures in by_year.items()} == {2022: 0, 2023: 1, 2024: 1}


def test_gross_minutes_are_whole_sessions_and_net_minutes_are_what_was_read(airing, session):
    gross = CountingRule(1, notices_count=False, minutes=MinutesBasis.GROSS)
    net = CountingRule(1, notices_count=False, minutes=MinutesBasis.NET)
    figures = count([airing()], [session(gross_ms=1_800_000)], Question(gross, YEAR)).total
    assert (minutes(figures, gross), minutes(figures, net)) == (Decimal("30.0"), Decimal("1.0"))


def test_sessions_outside_the_period_are_not_counted(total, session):
    assert (
        total(sessions=[session(date(2024, 1, 1)), session(date(2023, 12, 31))]).gross_ms
        == 1_800_000
    )


@pytest.mark.parametrize(
    ("duration_ms", "expected"),
    [(0, "0.0"), (2_999, "0.0"), (3_000, "0.1"), (57_000, "1.0"), (54_000_000, "900.0")],
)
def test_minutes_are_rounded_half_up_to_a_tenth(duration_ms, expected):
    assert str(to_minutes(duration_ms)) == expected


def test_rounding_happens_once_at_the_total_and_the_difference_is_explained(rule, airing, box):
    airings = [
        airing(topic, topic=topic, boxes=(box(3_000, planned_ms=3_000),))
        for topic in ("CCHC", "CĐS", "BVMT")
    ]
    table = count(airings, [], Question(rule, YEAR, (GroupBy.TOPIC,)))
    assert minutes(table.total, rule) == Decimal("0.2")
    assert sum(minutes(row.figures, rule) for row in table.rows) == Decimal("0.3")
    difference = table.differences[0]
    assert (difference.measure, difference.rows_sum, difference.total) == ("net_minutes", 3, 2)
    assert difference.reason is Reason.ROUNDING


def test_an_item_of_two_months_is_counted_in_each_and_once_in_all(rule, airing):
    airings = [airing(day=date(2023, 5, 31)), airing(day=date(2023, 6, 1))]
    table = count(airings, [], Question(rule, YEAR, (GroupBy.MONTH,)))
    assert [(row.key, row.figures.items) for row in table.rows] == [
        (("2023-05",), 1),
        (("2023-06",), 1),
    ]
    assert [row.figures.new_items for row in table.rows] == [1, 0]
    (difference,) = table.differences
    assert (difference.measure, difference.rows_sum, difference.total) == ("items", 2, 1)
    assert difference.reason is Reason.SAME_ITEM


def test_an_airing_of_two_zones_is_counted_in_each_zone_and_explained(rule, airing):
    table = count([airing(zones=("Đông", "Tây"))], [], Question(rule, YEAR, (GroupBy.ZONE,)))
    assert [row.key for row in table.rows] == [("Tây",), ("Đông",)]
    found = {difference.measure: difference.reason for difference in table.differences}
    assert found["items"] is Reason.SAME_ITEM
    assert found["airings"] is found["net_ms"] is Reason.SEVERAL_ZONES


def test_an_airing_without_a_zone_is_not_lost(rule, airing):
    (row,) = count([airing(zones=())], [], Question(rule, YEAR, (GroupBy.ZONE,))).rows
    assert (row.key, row.figures.airings) == (("",), 1)


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ((GroupBy.TOPIC,), ("CCHC",)),
        ((GroupBy.KIND,), ("tin",)),
        ((GroupBy.QUARTER,), ("2023-Q2",)),
        ((GroupBy.SLOT,), ("sáng",)),
        ((GroupBy.AUTHOR,), ("cán bộ văn hóa",)),
        ((GroupBy.VOICE,), ("nữ miền Bắc",)),
        ((GroupBy.ORIGIN,), ("own",)),
        ((GroupBy.TOPIC, GroupBy.MONTH), ("CCHC", "2023-05")),
    ],
)
def test_rows_are_grouped_by_what_was_asked(rule, airing, by, key):
    (row,) = count([airing()], [], Question(rule, YEAR, by)).rows
    assert (row.key, row.figures.airings) == (key, 1)


def test_sessions_divide_by_month_slot_and_zone_but_not_by_topic(rule, airing, session):
    sessions = [session(date(2023, 5, 10)), session(date(2023, 7, 1), zones=("Tây",))]
    by_month = count([airing()], sessions, Question(rule, YEAR, (GroupBy.MONTH,)))
    assert [row.figures.gross_ms for row in by_month.rows] == [1_800_000, 1_800_000]
    by_topic = count([airing()], sessions, Question(rule, YEAR, (GroupBy.TOPIC,)))
    assert [row.figures.gross_ms for row in by_topic.rows] == [None]
    assert by_topic.total.gross_ms == 3_600_000
    assert [difference.reason for difference in by_topic.differences] == [Reason.GROSS_NOT_DIVIDED]


def test_gross_minutes_of_a_topic_are_refused_rather_than_invented(rule, airing, session):
    gross = CountingRule(1, notices_count=False, minutes=MinutesBasis.GROSS)
    (row,) = count([airing()], [session()], Question(gross, YEAR, (GroupBy.TOPIC,))).rows
    with pytest.raises(GrossNotDivisible):
        minutes(row.figures, gross)


def test_estimates_are_counted_apart_so_that_about_can_be_printed(total, airing, session, rule):
    gross = CountingRule(1, notices_count=False, minutes=MinutesBasis.GROSS)
    figures = total(airing(estimate=True), airing(), sessions=[session()])
    assert (figures.airings, figures.estimates) == (2, 1)
    assert are_minutes_estimated(figures, rule)
    assert not are_minutes_estimated(figures, gross)
    assert are_minutes_estimated(total(sessions=[session(estimate=True)]), gross)


def test_daily_facts_of_another_threshold_are_refused(rule, airing):
    facts = daily_facts(
        [airing()],
        CountingRule(0, notices_count=True, minutes=MinutesBasis.NET, threshold_percent=50),
    )
    with pytest.raises(RuleMismatch):
        figures_from_daily(facts, [], Question(rule, YEAR))


def test_switching_notices_needs_no_recount(rule, airing):
    facts = daily_facts([airing(kind=BulletinKind.NOTICE)], rule)
    counting = CountingRule(2, notices_count=True, minutes=MinutesBasis.NET)
    assert figures_from_daily(facts, [], Question(counting, YEAR)).total.items == 1


def test_counts_follow_the_topic_as_it_was_unless_the_switch_is_on(rule, airing):
    facts = daily_facts([airing("a", topic="CNTT"), airing("b", topic="CĐS")], rule)
    question = Question(rule, YEAR, (GroupBy.TOPIC,))
    assert len(figures_from_daily(facts, [], question).rows) == 2
    today = under_current_topics(facts, {"CNTT": "Chính quyền số", "Chính quyền số": "CĐS"})
    (row,) = figures_from_daily(today, [], question).rows
    assert (row.key, row.figures.items) == (("CĐS",), 2)


def test_topics_renamed_in_a_circle_end(rule, airing):
    (fact,) = under_current_topics(daily_facts([airing(topic="a")], rule), {"a": "b", "b": "a"})
    assert fact.key.topic in {"a", "b"}


def test_an_item_that_changed_its_topic_counts_in_both_and_once_in_all(rule, airing):
    table = count(
        [airing(topic="CCHC"), airing(topic="CĐS")], [], Question(rule, YEAR, (GroupBy.TOPIC,))
    )
    assert [row.figures.items for row in table.rows] == [1, 1]
    assert table.total.items == 1
    assert table.differences[0].reason is Reason.SAME_ITEM


def test_an_airing_belongs_to_the_local_day_it_started_on(rule, airing):
    on_new_years_eve = airing(day=date(2023, 12, 31))
    assert count([on_new_years_eve], [], Question(rule, month_period(2023, 12))).total.airings == 1
    assert count([on_new_years_eve], [], Question(rule, quarter_period(2024, 1))).total.airings == 0
