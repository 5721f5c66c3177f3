"""A new rule counts everything anew, needs a reason, and leaves the old ones to be read."""

from datetime import date

import pytest

from broadcast.airlog.models import AiringRow
from broadcast.reports.errors import RuleOutOfBounds, RuleWithoutReason
from broadcast.reports.facts import MinutesBasis
from broadcast.reports.paper_building import build_report
from broadcast.reports.papers import start_report
from broadcast.reports.periods import year_period
from broadcast.reports.rollup import roll_up_day
from broadcast.reports.rule_service import adopt_rule, list_rules
from broadcast.stations.models import MinutesKind

YEAR = year_period(2023)


@pytest.fixture
def desk(year_2023):
    return year_2023


def test_a_new_threshold_recounts_every_day_at_once(desk, airing_row):
    airing_row(date(2023, 7, 1), "nửa chừng", boxes=[{"box": "a", "played_ms": 30_000, "outcome": "partial"}])  # fmt: skip
    roll_up_day(desk, date(2023, 7, 1))
    report = start_report(desk, YEAR)
    assert build_report(desk, report).tables[0].total.airings == 4
    adopt_rule(
        desk, threshold_percent=50, notices_count=True, minutes=MinutesKind.NET, reason="theo Sở"
    )
    built = build_report(desk, report)
    assert (built.tables[0].total.airings, built.rule.version) == (5, 2)
    assert [rule.version for rule in list_rules(desk)] == [2, 1]


def test_a_report_of_chosen_topics_counts_them_alone_and_net(desk, airing_row):
    adopt_rule(
        desk, threshold_percent=80, notices_count=True, minutes=MinutesKind.GROSS, reason="cả buổi"
    )
    airing_row(date(2023, 7, 1), "tiêm phòng", topic="Khác", topic_id="topic-khac-ngoc-ky")
    roll_up_day(desk, date(2023, 7, 1))
    built = build_report(desk, start_report(desk, YEAR))
    assert (built.tables[0].total.items, built.rule.minutes) == (3, MinutesBasis.NET)
    assert desk.session.query(AiringRow).count() == 5


@pytest.mark.parametrize(
    ("percent", "reason", "error"),
    [
        (0, "theo Sở", RuleOutOfBounds),
        (101, "theo Sở", RuleOutOfBounds),
        (80, " ", RuleWithoutReason),
    ],
)
def test_a_rule_needs_bounds_and_a_reason(desk, percent, reason, error):
    with pytest.raises(error):
        adopt_rule(
            desk,
            threshold_percent=percent,
            notices_count=True,
            minutes=MinutesKind.NET,
            reason=reason,
        )
