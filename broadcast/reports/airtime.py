"""The answer to one question about airtime, as bytes: what the API, the command and files share."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from broadcast.airlog.head import get_head
from broadcast.airlog.models import LogEntry
from broadcast.boxes.wire import instant
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.people.rules import Right
from broadcast.reports.counting import Question, are_minutes_estimated, minutes, to_minutes
from broadcast.reports.csv_export import export_csv
from broadcast.reports.facts import CountingRule, Difference, Figures, FiguresTable, MinutesBasis
from broadcast.reports.names import NameOf, names_of
from broadcast.reports.periods import Period
from broadcast.reports.questions import AirtimeQuestion
from broadcast.reports.radio_words import rule_sentence
from broadcast.reports.rollup import counting_rule
from broadcast.reports.sheet import figures_sheet
from broadcast.reports.summary import Topics, figures_of
from broadcast.stations.models import Station
from broadcast.stations.queries import rule_in_force

SCHEMA = 1


def airtime_table(desk: Desk, question: AirtimeQuestion) -> tuple[FiguresTable, CountingRule]:
    """The figures under the rule in force. :raises NotAllowed:"""
    desk.actor.must(Right.LOOK)
    rule = counting_rule(rule_in_force(desk))
    asked = Question(rule, question.period, question.by)
    return figures_of(desk, asked, Topics(current=question.under_current_topics)), rule


def airtime_document(desk: Desk, question: AirtimeQuestion) -> bytes:
    """JSON, UTF-8. The same question on the same log gives the same bytes: no clock is asked.

    `pending_days` names local days whose rows are in the log and not yet in the figures.
    """
    table, rule = airtime_table(desk, question)
    station = desk.session.get_one(Station, desk.station_id)
    name_of = names_of(desk)
    number, row_hash = get_head(desk)
    told = {
        "schema": SCHEMA,
        "station": {
            "code": station.code,
            "name": station.name,
            "demonstration": station.demonstration,
        },
        "period": _period(question.period, station.time_zone),
        "rule": rule_document(rule, question.period),
        "by": [by.value for by in table.by],
        "topics": "current" if question.under_current_topics else "as_aired",
        "rows": [
            {
                "key": {by.value: part for by, part in zip(table.by, row.key, strict=True)},
                "label": _label(table, row.key, name_of),
                **figures_document(row.figures, rule),
            }
            for row in table.rows
        ],
        "total": figures_document(table.total, rule),
        "differences": [_difference(one) for one in table.differences],
        "as_of": as_of(desk, number),
        "log": {"number": number, "hash": row_hash},
        "pending_days": [day.isoformat() for day in pending_days(desk, question.period)],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def airtime_csv(desk: Desk, question: AirtimeQuestion, *, for_vietnamese_excel: bool) -> bytes:
    """The same figures as a sheet, the total last."""
    table, rule = airtime_table(desk, question)
    sheet = figures_sheet(table, rule, question.period, names_of(desk))
    return export_csv(sheet, for_vietnamese_excel=for_vietnamese_excel)


def as_of(desk: Desk, number: int) -> str | None:
    """When the last row of the log was received; None for an empty log."""
    moment: datetime | None = desk.session.scalar(
        select(LogEntry.received_at).where(
            LogEntry.station_id == desk.station_id, LogEntry.number == number
        )
    )
    return instant(moment) if moment else None


def pending_days(desk: Desk, period: Period) -> list[date]:
    """Days of the period that a worker has still to reconcile or to add up."""
    subjects = desk.session.scalars(
        select(Job.subject)
        .where(
            Job.station_id == desk.station_id,
            Job.kind.in_((JobKind.RECONCILE, JobKind.ROLL_UP)),
            Job.state.in_((JobState.QUEUED, JobState.RUNNING)),
        )
        .distinct()
    )
    return sorted(day for day in map(date.fromisoformat, subjects) if day in period)


def rule_document(rule: CountingRule, period: Period) -> dict[str, Any]:
    return {
        "version": rule.version,
        "threshold_percent": rule.threshold_percent,
        "notices_count": rule.notices_count,
        "minutes": rule.minutes.value,
        "sentence": rule_sentence(rule, period),
    }


def figures_document(figures: Figures, rule: CountingRule) -> dict[str, Any]:
    """Times twice: exact in milliseconds, and in minutes as the report prints them.

    `minutes` follows the station's choice; gross minutes of a row that has none are null.
    """
    undivided = rule.minutes is MinutesBasis.GROSS and figures.gross_ms is None
    return {
        "items": figures.items,
        "new_items": figures.new_items,
        "airings": figures.airings,
        "minutes": None if undivided else float(minutes(figures, rule)),
        "net_ms": figures.net_ms,
        "gross_ms": figures.gross_ms,
        "net_minutes": float(to_minutes(figures.net_ms)),
        "gross_minutes": _minutes(figures.gross_ms),
        "speaker_ms": figures.speaker_ms,
        "relay": {"airings": figures.relays, "ms": figures.relay_ms},
        "notices_not_counted": figures.notices,
        "reach": {
            "reached": figures.reached,
            "expected": figures.expected,
            "percent": round(100 * figures.reached / figures.expected, 1)
            if figures.expected
            else None,
        },
        "exceptions": {
            "missed": figures.missed,
            "partial": figures.partial,
            "late": figures.late,
            "unplanned": figures.unplanned,
        },
        "estimates": {
            "airings": figures.estimates,
            "sessions": figures.estimated_sessions,
            "minutes_estimated": are_minutes_estimated(figures, rule),
        },
    }


def _minutes(duration_ms: int | None) -> float | None:
    return None if duration_ms is None else float(to_minutes(duration_ms))


def _period(period: Period, time_zone: str) -> dict[str, Any]:
    return {
        "from": period.first_day.isoformat(),
        "to": period.last_day.isoformat(),
        "days": (period.end_day - period.first_day).days,
        "label": period.label,
        "time_zone": time_zone,
    }


def _label(table: FiguresTable, key: tuple[str, ...], name_of: NameOf) -> dict[str, str]:
    return {by.value: name_of(by, part) for by, part in zip(table.by, key, strict=True)}


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "rows_sum": one.rows_sum,
        "total": one.total,
        "reason": one.reason.value,
    }
