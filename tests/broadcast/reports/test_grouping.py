from datetime import date

import pytest

from broadcast.reports.daily import measure
from broadcast.reports.differences import explain
from broadcast.reports.facts import Figures, GroupBy, GroupRow, Reason
from broadcast.reports.grouping import divides_sessions, keys_of


@pytest.fixture
def key(airing, rule):
    def of(**changes):
        return measure(airing(**changes), rule).key

    return of


def test_without_a_grouping_there_are_no_rows(key):
    assert keys_of(key(), ()) == []


def test_a_fact_stands_in_one_row_per_zone_and_once_in_every_other(key):
    assert keys_of(key(zones=("Tây", "Đông")), (GroupBy.ZONE, GroupBy.KIND)) == [
        ("Tây", "tin"),
        ("Đông", "tin"),
    ]
    assert keys_of(key(zones=("Tây", "Đông")), (GroupBy.KIND,)) == [("tin",)]


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (date(2023, 1, 1), "2023-01", "2023-Q1"),
        (date(2023, 3, 31), "2023-03", "2023-Q1"),
        (date(2023, 4, 1), "2023-04", "2023-Q2"),
        (date(2023, 12, 31), "2023-12", "2023-Q4"),
    ],
)
def test_months_and_quarters_sort_as_text(key, day, month, quarter):
    assert keys_of(key(day=day), (GroupBy.MONTH, GroupBy.QUARTER)) == [(month, quarter)]


@pytest.mark.parametrize("by", list(GroupBy))
def test_every_grouping_finds_a_row_for_every_fact(key, by):
    assert len(keys_of(key(), (by,))) == 1


@pytest.mark.parametrize("by", [GroupBy.MONTH, GroupBy.QUARTER, GroupBy.ZONE, GroupBy.SLOT])
def test_a_session_stands_in_rows_of_time_place_and_slot(session, by):
    assert divides_sessions((by,))
    assert len(keys_of(session(), (by,))) == 1


@pytest.mark.parametrize(
    "by", [GroupBy.TOPIC, GroupBy.KIND, GroupBy.AUTHOR, GroupBy.VOICE, GroupBy.ORIGIN]
)
def test_a_session_is_not_of_one_topic_kind_author_voice_or_origin(by):
    assert not divides_sessions((by,))
    assert not divides_sessions((GroupBy.MONTH, by))


def test_a_total_without_rows_to_compare_needs_no_explanation():
    assert explain((), [], Figures(items=3, gross_ms=5)) == ()


def test_rows_that_add_up_need_no_explanation():
    rows = [
        GroupRow(("a",), Figures(items=1, airings=2)),
        GroupRow(("b",), Figures(items=2, airings=3)),
    ]
    assert explain((GroupBy.TOPIC,), rows, Figures(items=3, airings=5)) == ()


def test_a_rounding_difference_is_said_only_where_the_exact_times_add_up():
    half = GroupRow(("a",), Figures(net_ms=3_000))
    explained = explain((GroupBy.TOPIC,), [half, half], Figures(net_ms=6_000))
    assert [(gap.measure, gap.rows_sum, gap.total, gap.reason) for gap in explained] == [
        ("net_minutes", 2, 1, Reason.ROUNDING)
    ]
    shared = explain((GroupBy.ZONE,), [half, half], Figures(net_ms=3_000))
    assert [gap.reason for gap in shared] == [Reason.SEVERAL_ZONES]


def test_a_box_counted_in_a_zone_and_in_the_one_around_it_is_explained():
    rows = [GroupRow(("thôn",), Figures(reached=1)), GroupRow(("xóm",), Figures(reached=1))]
    (gap,) = explain((GroupBy.ZONE,), rows, Figures(reached=1))
    assert (gap.measure, gap.rows_sum, gap.reason) == ("reached", 2, Reason.NESTED_ZONES)


def test_sessions_without_any_airing_are_explained_too():
    (gap,) = explain((GroupBy.TOPIC,), [], Figures(gross_ms=1_000))
    assert (gap.measure, gap.total, gap.reason) == ("gross_ms", 1_000, Reason.GROSS_NOT_DIVIDED)


def test_every_reason_is_a_vietnamese_sentence():
    assert all(reason.value.endswith(".") and not reason.value.isascii() for reason in Reason)
