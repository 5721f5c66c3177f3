"""The rows that figures rest on, page by page: airings as concluded, plays as boxes told them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, tuple_

from broadcast.airlog.models import AiringRow, LogEntry
from broadcast.boxes.wire import instant
from broadcast.desk import Desk
from broadcast.people.rules import Right
from broadcast.reports.counting import to_minutes
from broadcast.reports.errors import CursorBroken
from broadcast.reports.evidence_rows import conditions
from broadcast.reports.models import DailySessionFact
from broadcast.reports.periods import Period
from broadcast.reports.questions import (
    EvidenceQuestion,
    read_cursor,
    read_number_cursor,
    write_cursor,
)
from broadcast.reports.sheet import Cell, Sheet
from broadcast.timetable.models import SessionRow


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in a fixed order; `next_cursor` is None on the last page."""

    rows: Sequence[dict[str, Any]]
    next_cursor: str | None
    airings: Sequence[AiringRow] = ()
    "The rows of a page of airings as they are stored."


def airings_page(desk: Desk, question: EvidenceQuestion) -> Page:
    """By local day, then key. :raises CursorBroken: :raises NotAllowed:"""
    desk.actor.must(Right.LOOK)
    wanted = select(AiringRow).where(*conditions(desk, question))
    if question.cursor:
        wanted = wanted.where(tuple_(AiringRow.local_day, AiringRow.key) > _place(question.cursor))
    found = desk.session.scalars(
        wanted.order_by(AiringRow.local_day, AiringRow.key).limit(question.limit + 1)
    ).all()
    shown = found[: question.limit]
    last = write_cursor(shown[-1].local_day, shown[-1].key) if len(found) > len(shown) else None
    return Page([_airing(row) for row in shown], last, shown)


def plays_page(desk: Desk, question: EvidenceQuestion) -> Page:
    """By number in the chain. :raises CursorBroken: :raises NotAllowed:"""
    desk.actor.must(Right.LOOK)
    wanted = select(LogEntry).where(
        LogEntry.station_id == desk.station_id,
        LogEntry.local_day >= question.period.first_day,
        LogEntry.local_day < question.period.end_day,
    )
    if question.topic is not None:
        wanted = wanted.where(LogEntry.topic == question.topic)
    if question.cursor:
        wanted = wanted.where(LogEntry.number > read_number_cursor(question.cursor))
    found = desk.session.scalars(wanted.order_by(LogEntry.number).limit(question.limit + 1)).all()
    shown = found[: question.limit]
    last = str(shown[-1].number) if len(found) > len(shown) else None
    return Page([_play(row) for row in shown], last)


def sessions_page(
    desk: Desk, period: Period, cursor: str, limit: int = 100
) -> tuple[Sequence[DailySessionFact], str | None]:
    """Sessions as they add up to gross time, by local day. :raises CursorBroken:"""
    desk.actor.must(Right.LOOK)
    row = DailySessionFact
    wanted = select(row).where(
        row.station_id == desk.station_id,
        row.local_day >= period.first_day,
        row.local_day < period.end_day,
    )
    if cursor:
        wanted = wanted.where(tuple_(row.local_day, row.session_id) > _place(cursor))
    found = desk.session.scalars(
        wanted.order_by(row.local_day, row.session_id).limit(limit + 1)
    ).all()
    shown = found[:limit]
    is_last = len(found) <= limit
    return shown, None if is_last else write_cursor(shown[-1].local_day, shown[-1].session_id)


def session_names(desk: Desk, session_ids: Sequence[str]) -> dict[str, str]:
    """As they were planned; a session the log alone knows has no name."""
    rows = desk.session.execute(
        select(SessionRow.id, SessionRow.name).where(
            SessionRow.station_id == desk.station_id, SessionRow.id.in_(session_ids)
        )
    )
    return {row.id: row.name for row in rows}


def evidence_sheet(title: str, page: Page, headings: dict[str, str]) -> Sheet:
    """The page as a table; lists and times of boxes are left to the JSON."""
    rows = tuple(tuple(_cell(name, row[name]) for name in headings) for row in page.rows)
    return Sheet(title, tuple(headings.values()), rows)


AIRING_HEADINGS = {
    "key": "Lượt phát",
    "local_day": "Ngày",
    "planned_start": "Giờ theo lịch (UTC)",
    "started_at": "Bắt đầu phát (UTC)",
    "title": "Tên tin bài",
    "topic": "Chủ đề",
    "kind": "Thể loại",
    "origin": "Nguồn",
    "slot": "Khung giờ",
    "author": "Người soạn",
    "outcome": "Kết quả",
    "heard_ms": "Thực phát (phút)",
    "planned_ms": "Theo lịch (phút)",
    "boxes_played": "Số cụm loa đã phát",
    "boxes_expected": "Số cụm loa phải phát",
    "reason": "Lý do",
}
PLAY_HEADINGS = {
    "number": "Số thứ tự",
    "entry": "Loại dòng",
    "local_day": "Ngày",
    "planned_start": "Giờ theo lịch (UTC)",
    "started_at": "Bắt đầu (UTC)",
    "ended_at": "Kết thúc (UTC)",
    "title": "Tên tin bài",
    "topic": "Chủ đề",
    "kind": "Loại",
    "outcome": "Kết quả",
    "played_ms": "Thực phát (phút)",
    "planned_ms": "Theo lịch (phút)",
    "reason": "Lý do",
    "received_at": "Nhận lúc (UTC)",
    "hash": "Mã băm",
}


def _place(cursor: str) -> tuple[date, str]:
    day, key = read_cursor(cursor)
    try:
        return date.fromisoformat(day), key
    except ValueError as err:
        raise CursorBroken from err


def _airing(row: AiringRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "airing": row.airing_id,
        "session": row.session_id,
        "bulletin": row.bulletin_id,
        "local_day": row.local_day.isoformat(),
        "planned_start": instant(row.planned_start) if row.planned_start else None,
        "started_at": instant(row.started_at) if row.started_at else None,
        "title": row.title,
        "topic": row.topic,
        "kind": row.kind,
        "origin": row.origin,
        "slot": row.slot_name,
        "author": row.author,
        "voice": row.voice,
        "zones": row.zone_ids,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "heard_ms": row.heard_ms,
        "planned_ms": row.planned_ms,
        "speaker_ms": row.speaker_ms,
        "boxes_played": row.boxes_played,
        "boxes_expected": row.boxes_expected,
        "boxes": row.boxes,
        "estimate": row.estimate,
        "emergency": row.emergency,
    }


def _play(row: LogEntry) -> dict[str, Any]:
    return {
        "number": row.number,
        "entry": row.entry.value,
        "play": row.play_id,
        "corrects": row.corrects_id,
        "box": row.box_id,
        "boot": row.boot,
        "seq": row.seq,
        "airing": row.airing_id,
        "session": row.session_id,
        "kind": row.kind,
        "sha256": row.sha256,
        "title": row.title,
        "topic": row.topic,
        "local_day": row.local_day.isoformat(),
        "planned_start": instant(row.planned_start) if row.planned_start else None,
        "started_at": instant(row.started_at) if row.started_at else None,
        "ended_at": instant(row.ended_at) if row.ended_at else None,
        "played_ms": row.played_ms,
        "planned_ms": row.planned_ms,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "clock_trusted": row.clock_trusted,
        "demonstration": row.demonstration,
        "author": row.author_name,
        "received_at": instant(row.received_at),
        "previous_hash": row.previous_hash,
        "hash": row.row_hash,
    }


def _cell(name: str, value: Any) -> Cell:
    if name.endswith("_ms"):
        return to_minutes(value)
    return value if isinstance(value, (int, str, Decimal)) or value is None else str(value)
