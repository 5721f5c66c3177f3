"""Rows of the derived airings and of the log, as the values that counting reads."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from broadcast.airlog.models import AiringRow, LogEntry
from broadcast.airlog.reconcile import LATE_AFTER
from broadcast.airlog.rules import AiringOutcome, PlayOutcome
from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.desk import Desk
from broadcast.reports.facts import AiringFact, BoxOutcome, BoxPlay, SessionFact
from broadcast.timetable.models import SessionRow

NOT_ITEMS = frozenset({"signature", "link", "silence"})
"""Frame sounds fill a session's length; nobody counts them."""
RELAY = "relay"
_LATE_AFTER_MS = LATE_AFTER // timedelta(milliseconds=1)

_OF_BOX = {
    AiringOutcome.LATE.value: BoxOutcome.LATE,
    AiringOutcome.MISSED.value: BoxOutcome.MISSED,
    AiringOutcome.WAITING.value: BoxOutcome.MISSED,
    AiringOutcome.UNPLANNED.value: BoxOutcome.UNPLANNED,
    PlayOutcome.FAILED.value: BoxOutcome.FAILED,
}
"""Everything else was heard in whole or in part: `aired`, `complete`, `partial`, `interrupted`."""


def airings_of_day(desk: Desk, local_day: date) -> list[tuple[AiringFact, str | None]]:
    """The decided airings of one local day, each with the id of its topic.

    Those whose boxes may still report are left out until they have.
    """
    rows = desk.session.scalars(
        select(AiringRow).where(
            AiringRow.station_id == desk.station_id,
            AiringRow.local_day == local_day,
            AiringRow.outcome != AiringOutcome.WAITING,
            AiringRow.kind.not_in(NOT_ITEMS),
        )
    )
    return [(fact_of(row), row.topic_id) for row in rows]


def fact_of(row: AiringRow) -> AiringFact:
    """One airing as it is counted. A play that names no bulletin is an item of its own."""
    aired_at = row.started_at or row.planned_start
    if aired_at is None:
        raise ValueError(f"airing {row.key} has no moment")
    return AiringFact(
        airing_id=row.key,
        bulletin_id=row.bulletin_id or row.airing_id or row.key,
        title=row.title,
        topic=row.topic,
        kind=BulletinKind(row.kind) if row.kind in set(BulletinKind) else BulletinKind.NEWS,
        origin=Origin.RELAYED if row.kind == RELAY else Origin(row.origin),
        slot_id=row.slot_id or "",
        zones=tuple(row.zone_ids),
        author=row.author,
        voice=row.voice,
        aired_at=aired_at,
        local_day=row.local_day,
        planned_ms=row.planned_ms,
        boxes=tuple(_plays(row)),
        boxes_expected=row.boxes_expected,
        estimate=row.estimate,
    )


def _plays(row: AiringRow) -> Iterator[BoxPlay]:
    for told in row.boxes:
        played_ms: Any = told.get("played_ms") or 0
        late_ms: Any = told.get("late_ms") or 0
        outcome = _outcome(row, str(told.get("outcome", "")), int(late_ms))
        zones: Any = told.get("zones") or ()
        yield BoxPlay(
            str(told.get("box", "")), int(played_ms), row.planned_ms, outcome,
            tuple(zones), is_expected=bool(told.get("expected", True)),
        )  # fmt: skip
    if not row.boxes and row.heard_ms:
        # Figures from before the software name no box.
        outcome = _outcome(row, row.outcome.value, 0)
        yield BoxPlay("", row.heard_ms, row.planned_ms, outcome, tuple(row.zone_ids))


def _outcome(row: AiringRow, told: str, late_ms: int) -> BoxOutcome:
    """How much was heard is the counting rule's to judge: lateness is told whatever came of it."""
    if row.outcome is AiringOutcome.UNPLANNED:
        return BoxOutcome.UNPLANNED
    is_late = row.outcome is AiringOutcome.LATE or late_ms > _LATE_AFTER_MS
    if is_late and told not in _OF_BOX:
        return BoxOutcome.LATE
    return _OF_BOX.get(told, BoxOutcome.AIRED)


def sessions_of_day(desk: Desk, local_day: date) -> list[SessionFact]:
    """What each session of the log took on that day: the longest that any one box was sounding.

    Boxes are not compared by their clocks. The part of a session after midnight belongs to the
    day it was heard on.
    """
    plays = desk.session.execute(
        select(
            LogEntry.session_id,
            LogEntry.box_id,
            LogEntry.boot,
            LogEntry.started_at,
            LogEntry.ended_at,
            LogEntry.played_ms,
        ).where(
            LogEntry.station_id == desk.station_id,
            LogEntry.local_day == local_day,
            LogEntry.session_id.is_not(None),
            LogEntry.corrects_id.is_(None),
            LogEntry.played_ms > 0,
            LogEntry.started_at.is_not(None),
        )
    )
    spans: dict[tuple[str, str, str], list[Any]] = {}
    for play in plays:
        ended_at = play.ended_at or play.started_at + timedelta(milliseconds=play.played_ms)
        span = spans.setdefault(
            (play.session_id, play.box_id or "", play.boot), [play.started_at, ended_at]
        )
        span[0], span[1] = min(span[0], play.started_at), max(span[1], ended_at)
    longest: dict[str, int] = {}
    for (session_id, _box, _boot), (starts_at, ends_at) in spans.items():
        span_ms = (ends_at - starts_at) // timedelta(milliseconds=1)
        longest[session_id] = max(longest.get(session_id, 0), span_ms)
    return _named(desk, local_day, longest)


def _named(desk: Desk, local_day: date, longest: dict[str, int]) -> list[SessionFact]:
    known = {
        row.id: row
        for row in desk.session.execute(
            select(SessionRow.id, SessionRow.slot_id, SessionRow.zone_ids).where(
                SessionRow.station_id == desk.station_id, SessionRow.id.in_(longest)
            )
        )
    }
    return [
        SessionFact(
            session_id=session_id,
            slot_id=(known[session_id].slot_id or "") if session_id in known else "",
            zones=tuple(known[session_id].zone_ids) if session_id in known else (),
            local_day=local_day,
            gross_ms=gross_ms,
        )
        for session_id, gross_ms in sorted(longest.items())
    ]
