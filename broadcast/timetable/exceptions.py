"""Every session outside the hours of the regulation of its day, with the reason: for the report.

What was heard counts where the log has it, else what is planned. Nothing is asked here: a session
without a reason is listed without one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.desk import Desk
from broadcast.people.models import AuditEntry
from broadcast.stations.models import Station, Zone
from broadcast.timetable.calendar import as_it_stands
from broadcast.timetable.cards import say_zones
from broadcast.timetable.models import Emergency, OccurrenceChangeRow, SessionRow, SlotRow
from broadcast.timetable.quiet_hours import Regulations, read_regulations
from broadcast.timetable.values import ZoneTree
from broadcast.timetable.writing import standing_lines
from scheduler.timetable.quiet import Regulation, Span, joined
from scheduler.timetable.wall_clock import ONE_DAY, start_of_day, zone_named

MOST_SAID = 3
SLOT_DEEDS = ("timetable.slot_added", "timetable.slot_changed", "timetable.slot_split")


@dataclass(frozen=True, slots=True)
class Why:
    """The reason that was given, and by whom; both may be empty."""

    reason: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietException:
    """One session and its parts outside the hours, in order and apart.

    `zones` are those that should have been quiet, in words. `is_heard` tells what the log has from
    what is only planned.
    """

    session_id: str
    day: date
    name: str
    parts: tuple[Span, ...]
    zones: str
    regulation: Regulation
    why: Why
    is_emergency: bool
    is_heard: bool


def list_exceptions(desk: Desk, from_day: date, to_day: date) -> list[QuietException]:
    """Those of the sessions that start on the local days `[from_day, to_day)`, by their start.

    A session that was heard counts as long as it was heard, one to come as long as it is planned;
    what was cancelled, missed or stayed silent broke nothing.
    """
    regulations = read_regulations(desk)
    if not regulations.dated:
        return []
    station = desk.session.get_one(Station, desk.station_id)
    rows = _sessions(desk, station, from_day, to_day)
    heard, silent = _heard(desk, from_day, to_day)
    spans = _planned(desk, [row for row in rows if row.id not in heard.keys() | silent]) | heard
    # Also zones that were closed since: they were there to be woken.
    tree = ZoneTree.of(desk.session.scalars(select(Zone).where(Zone.station_id == station.id)))
    reasons = _read_reasons(desk)
    outside = (
        _exception(row, station, tree, spans.get(row.id, []), regulations=regulations)
        for row in rows
    )
    return [
        replace(one, why=reasons.of(row), is_heard=row.id in heard)
        for row, one in zip(rows, outside, strict=True)
        if one is not None
    ]


def _sessions(desk: Desk, station: Station, from_day: date, to_day: date) -> list[SessionRow]:
    """Also cancelled ones: a box that was offline may have played its old plan."""
    since, until = (start_of_day(day, station.time_zone) for day in (from_day, to_day))
    return list(
        desk.session.scalars(
            select(SessionRow)
            .where(
                SessionRow.station_id == desk.station_id,
                SessionRow.starts_at >= since,
                SessionRow.starts_at < until,
            )
            .order_by(SessionRow.starts_at, SessionRow.id)
        )
    )


def _heard(desk: Desk, from_day: date, to_day: date) -> tuple[dict[str, list[Span]], set[str]]:
    """When each session was heard, and the sessions of which every box said it heard nothing."""
    heard: dict[str, list[Span]] = defaultdict(list)
    outcomes: dict[str, set[AiringOutcome]] = defaultdict(set)
    for airing in desk.session.scalars(
        select(AiringRow)
        .where(
            AiringRow.station_id == desk.station_id,
            # A session that passes midnight, or an emergency's repeats, are of other days, too.
            AiringRow.local_day >= from_day - ONE_DAY,
            AiringRow.local_day <= to_day + ONE_DAY,
            AiringRow.session_id.is_not(None),
        )
        .order_by(AiringRow.started_at)
    ):
        session_id = airing.session_id or ""
        outcomes[session_id].add(airing.outcome)
        if airing.started_at is not None and airing.heard_ms:
            length = timedelta(milliseconds=airing.heard_ms)
            heard[session_id].append((airing.started_at, airing.started_at + length))
    missed = {key for key, said in outcomes.items() if said == {AiringOutcome.MISSED}}
    return dict(heard), missed


def _planned(desk: Desk, rows: list[SessionRow]) -> dict[str, list[Span]]:
    """The plan of what has not been reported: the whole session to come, else its lines."""
    standing = [row for row in rows if row.cancelled_at is None]
    lines = standing_lines(desk, [row.id for row in standing if row.starts_at <= desk.now])
    spans: dict[str, list[Span]] = {}
    for row in standing:
        if row.starts_at > desk.now:
            spans[row.id] = [(row.starts_at, row.ends_at)]
        elif lines[row.id]:
            ends = max(line.offset_ms + line.duration_ms for line in lines[row.id])
            spans[row.id] = [(row.starts_at, row.starts_at + timedelta(milliseconds=ends))]
    return spans


def _exception(
    row: SessionRow,
    station: Station,
    tree: ZoneTree,
    spans: Iterable[Span],
    *,
    regulations: Regulations,
) -> QuietException | None:
    window = as_it_stands(row, station, tree)
    regulation = regulations.on(window.airs_on)
    parts = [
        part
        for begins, ends in spans
        for part in regulations.outside(replace(window, starts_at=begins, ends_at=ends), tree.names)
    ]
    if regulation is None or not parts:
        return None
    return QuietException(
        session_id=row.id,
        day=window.airs_on,
        name=row.name,
        parts=tuple(joined((part.starts_at, part.ends_at) for part in parts)),
        zones=say_zones(tree, tree.kept(frozenset().union(*(part.zones for part in parts)))),
        regulation=regulation,
        why=Why(),
        is_emergency=row.emergency_id is not None,
        is_heard=False,
    )


@dataclass(frozen=True, slots=True)
class _Reasons:
    slots: Mapping[str, Why]
    changes: Mapping[tuple[str, date], Why]
    emergencies: Mapping[str, Why]

    def of(self, row: SessionRow) -> Why:
        """The change of the day speaks before the slot."""
        if row.emergency_id:
            return self.emergencies.get(row.emergency_id, Why())
        slot_id = row.slot_id or ""
        change = self.changes.get((slot_id, row.local_day), Why())
        return change if change.reason else self.slots.get(slot_id, change)


def _read_reasons(desk: Desk) -> _Reasons:
    mine, read = desk.station_id, desk.session
    slots = read.scalars(
        select(SlotRow).where(SlotRow.station_id == mine, SlotRow.quiet_reason != "")
    ).all()
    changes = read.scalars(
        select(OccurrenceChangeRow).where(OccurrenceChangeRow.station_id == mine)
    )
    emergencies = read.scalars(select(Emergency).where(Emergency.station_id == mine))
    deeds = read.execute(
        select(AuditEntry.subject_id, AuditEntry.actor_name)
        .where(AuditEntry.station_id == mine, AuditEntry.deed.in_(SLOT_DEEDS))
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    # The last who wrote the slot wrote its reason, or let it stand.
    writers = {deed.subject_id: deed.actor_name for deed in deeds}
    return _Reasons(
        slots={row.id: Why(row.quiet_reason, writers.get(row.id, "")) for row in slots},
        changes={(row.slot_id, row.local_day): Why(row.reason, row.author_name) for row in changes},
        emergencies={row.id: Why(row.reason, row.user_name) for row in emergencies},
    )


def say_hours(parts: Sequence[Span], time_zone: str) -> str:
    """`21:00–21:12, 22:00–22:05`; of many, as an emergency repeats, the first and the last."""
    zone = zone_named(time_zone)
    said = [
        "–".join(f"{moment.astimezone(zone):%H:%M}" for moment in _to_the_minute(part))
        for part in parts
    ]
    if len(said) <= MOST_SAID:
        return ", ".join(said)
    return f"{said[0]} … {said[-1]} ({len(said)} lần)"


def _to_the_minute(part: Span) -> Span:
    """Seconds at the end make a minute of their own, so that nothing reads `22:00–22:00`."""
    begins, ends = part
    return begins, ends + (timedelta(minutes=1) if ends.second or ends.microsecond else timedelta())
