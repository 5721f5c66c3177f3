"""The counting rule: versions are added with a reason, never changed."""

from sqlalchemy import select

from broadcast.airlog.rounds import judge_again
from broadcast.desk import Desk, use_case
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.reports.errors import RuleOutOfBounds, RuleWithoutReason
from broadcast.reports.rollup import roll_up_all
from broadcast.stations.models import CountingRuleVersion, MinutesKind
from broadcast.stations.queries import rule_in_force

LEAST_REASON = 5


@use_case
def adopt_rule(
    desk: Desk, *, threshold_percent: int, notices_count: bool, minutes: MinutesKind, reason: str
) -> CountingRuleVersion:
    """A new version, in force at once. A new threshold recounts every day before it commits, so
    that no figure ever speaks under two rules.

    :raises RuleWithoutReason: :raises RuleOutOfBounds:
    """
    desk.actor.must(Right.ADMINISTER)
    if len(reason.strip()) < LEAST_REASON:
        raise RuleWithoutReason
    if not 1 <= threshold_percent <= 100:
        raise RuleOutOfBounds(threshold_percent=threshold_percent)
    before = rule_in_force(desk)
    row = CountingRuleVersion(
        id=desk.new_id(),
        station_id=desk.station_id,
        version=before.version + 1,
        threshold_percent=threshold_percent,
        notices_count=notices_count,
        minutes=minutes,
        author_name=desk.actor.name,
        reason=reason.strip(),
        created_at=desk.now,
    )
    desk.session.add(row)
    desk.session.flush()
    note_deed(desk, "reports.rule_adopted", "counting_rule", row.id, version=row.version)
    if threshold_percent != before.threshold_percent:
        roll_up_all(desk)
        judge_again(desk, before.threshold_percent, threshold_percent)
    return row


def list_rules(desk: Desk) -> list[CountingRuleVersion]:
    """Every version, newest first."""
    return list(
        desk.session.scalars(
            select(CountingRuleVersion)
            .where(CountingRuleVersion.station_id == desk.station_id)
            .order_by(CountingRuleVersion.version.desc())
        )
    )
