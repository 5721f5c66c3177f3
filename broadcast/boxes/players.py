"""What players nobody here wrote are told of the day: lists, one file per session, a calendar.

Only audio that is ready is ever listed: Liquidsoap reloads a list 250 times a second when one
file of it is missing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from audio.programme import ProgrammePart, join
from broadcast.boxes.documents import PlannedLine, PlannedSession, Programme
from broadcast.boxes.identity import BoxIdentity
from broadcast.boxes.models import Box
from broadcast.boxes.plans import read_programme
from broadcast.bulletins.storage import media_path
from broadcast.desk import Desk
from broadcast.errors import NotFound
from broadcast.timetable.models import LineKind
from scheduler.timetable.wall_clock import local_day_of

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class PlayerDay:
    """What one box would play: its sessions of today and the days ahead, with sound in each."""

    programme: Programme
    sessions: tuple[PlannedSession, ...]
    now: datetime

    @property
    def today(self) -> tuple[PlannedSession, ...]:
        zone = self.programme.station.time_zone
        day = local_day_of(self.now, zone)
        return tuple(s for s in self.sessions if local_day_of(s.row.starts_at, zone) == day)

    @property
    def on_now(self) -> tuple[PlannedSession, ...]:
        return tuple(s for s in self.sessions if s.row.starts_at <= self.now < s.row.ends_at)

    def session(self, session_id: str) -> PlannedSession:
        """:raises NotFound: not in this box's plan."""
        for planned in self.sessions:
            if planned.row.id == session_id:
                return planned
        raise NotFound(session=session_id)


def read_day(desk: Desk, box: BoxIdentity) -> PlayerDay:
    programme = read_programme(desk)
    zone_id = desk.session.get_one(Box, box.box_id).zone_id
    mine = [planned for planned in programme.sessions_of(zone_id) if sounds_of(planned)]
    return PlayerDay(programme, tuple(mine), desk.now)


def sounds_of(planned: PlannedSession) -> list[PlannedLine]:
    """The lines with a file; a relay's stream is for boxes that know how to leave it."""
    return [
        one
        for one in planned.lines
        if one.is_ready and one.audio is not None and one.line.kind is not LineKind.RELAY
    ]


def playlist(sessions: Iterable[PlannedSession], base_url: str) -> str:
    """Extended M3U in UTF-8 with absolute addresses; durations in whole seconds, rounded up."""
    rows = ["#EXTM3U"]
    for planned in sessions:
        for one in sounds_of(planned):
            audio = one.audio
            if audio is not None:
                seconds = -(-audio.duration_ms // 1000)
                title = " ".join((one.line.title or planned.row.name).split())
                rows += [f"#EXTINF:{seconds},{title}", f"{base_url}/audio/{audio.sha256}.mp3"]
    return "\n".join(rows) + "\n"


def joined_session(planned: PlannedSession, media_dir: Path, folder: Path) -> Path:
    """The whole session as one file by joining frames, silence included; made once and kept.

    :raises NotFound: nothing of it has sound, or a file is not on this machine.
    """
    parts = _parts(planned, media_dir)
    if not parts:
        raise NotFound(session=planned.row.id)
    recipe = "|".join(str(part) for part in parts)
    target = folder / f"{hashlib.sha256(recipe.encode()).hexdigest()}.mp3"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        join(parts, target)
    return target


def _parts(planned: PlannedSession, media_dir: Path) -> list[ProgrammePart]:
    parts: list[ProgrammePart] = []
    at_ms = 0
    for one in sounds_of(planned):
        audio = one.audio
        if audio is None:
            continue
        path = media_path(media_dir, audio.sha256)
        if not path.is_file():
            raise NotFound(sha256=audio.sha256)
        if one.line.offset_ms > at_ms:
            parts.append(one.line.offset_ms - at_ms)
        parts.append(path)
        at_ms = max(at_ms, one.line.offset_ms) + audio.duration_ms
    return parts


def calendar(day: PlayerDay, sessions: Sequence[PlannedSession]) -> str:
    """The box's sessions as iCalendar (RFC 5545), instants in UTC.

    The stamp is that of the hour: within it the same sessions are the same bytes, and a 304 can be.
    """
    stamp = _stamp(day.now.replace(minute=0, second=0, microsecond=0))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Loa//lich phat//VI"]
    for planned in sessions:
        row = planned.row
        titles = ", ".join(one.line.title for one in sounds_of(planned) if one.line.title)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.id}@loa",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{_stamp(row.starts_at)}",
            f"DTEND:{_stamp(row.ends_at)}",
            f"SUMMARY:{_escaped(row.name)}",
            f"DESCRIPTION:{_escaped(titles)}",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _fold(line: str) -> Iterable[str]:
    """At most 75 octets a line, never through a letter; what follows begins with a space."""
    rest, room = line, 75
    while len(rest.encode()) > room:
        cut = len(rest.encode()[:room].decode(errors="ignore"))
        yield rest[:cut]
        rest = " " + rest[cut:]
    yield rest
