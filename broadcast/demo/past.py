"""The year 2023 on the air: planned as rows, reported by demonstration boxes through the intake."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from broadcast.airlog.intake import PlayStatus, accept_plays
from broadcast.boxes.identity import BoxIdentity
from broadcast.boxes.models import Box
from broadcast.boxes.wire import BatchWire, instant
from broadcast.bulletins.models import (
    AudioFile,
    Bulletin,
    BulletinVersion,
    Rendition,
    Topic,
)
from broadcast.bulletins.rules import BulletinKind, BulletinState
from broadcast.bulletins.search import fold
from broadcast.demo.founding import HAMLETS
from broadcast.demo.story import SESSIONS, PastItem, past_items
from broadcast.desk import Desk, use_case
from broadcast.people.models import User
from broadcast.people.rules import Role
from broadcast.stations.models import Station, Zone
from broadcast.timetable.models import OrderLine, SessionRow
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import instant_at

SESSION_LENGTH = timedelta(minutes=30)
BOOT = "00000000-0000-4000-8000-000000002023"


@use_case
def add_demo_boxes(desk: Desk) -> list[Box]:
    """One box a hamlet, marked as demonstration; they exist on paper and have no token."""
    known = list(
        desk.session.scalars(
            select(Box)
            .where(Box.station_id == desk.station_id, Box.demonstration.is_(True))
            .order_by(Box.name)
        )
    )
    if known:
        return known
    zones = desk.session.scalars(
        select(Zone).where(Zone.station_id == desk.station_id, Zone.name.in_(HAMLETS))
    )
    boxes = [
        Box(
            id=desk.new_id(),
            station_id=desk.station_id,
            name=f"Cụm loa {zone.name} (mẫu)",
            zone_id=zone.id,
            demonstration=True,
            created_at=datetime(2023, 1, 1, tzinfo=UTC),
            # Out of use since the year was over: today's sessions do not wait for them.
            retired_at=datetime(2024, 1, 1, tzinfo=UTC),
        )
        for zone in zones
    ]
    desk.session.add_all(boxes)
    return boxes


@use_case
def plan_past(desk: Desk) -> list[OrderLine]:
    """The bulletins of 2023 and the running orders they stood in; empty when they are there."""
    station = desk.session.get_one(Station, desk.station_id)
    known = select(SessionRow.id).where(
        SessionRow.station_id == station.id, SessionRow.starts_at < desk.now - timedelta(days=365)
    )
    if desk.session.scalar(known.limit(1)) is not None:
        return []
    writer = _Writer(desk, station)
    return [line for number, item in enumerate(past_items()) for line in writer.write(number, item)]


class _Writer:
    """Writes one item of the past after the other."""

    def __init__(self, desk: Desk, station: Station) -> None:
        self.desk = desk
        self.station = station
        mine = desk.session
        self.topics = {
            topic.code: topic
            for topic in mine.scalars(select(Topic).where(Topic.station_id == station.id))
        }
        self.author = mine.scalars(
            select(User).where(User.station_id == station.id, User.role == Role.OPERATOR)
        ).one()

    def write(self, number: int, item: PastItem) -> list[OrderLine]:
        first = self._moment(*item.aired[0])
        bulletin = self._bulletin(item, first - timedelta(days=2))
        version, rendition = self._version(number, item, bulletin)
        return [
            self._line(item, day, session, (bulletin, version, rendition))
            for day, session in item.aired
        ]

    def _moment(self, day: date, session: str) -> datetime:
        starts_at = instant_at(day, SESSIONS[session][1], self.station.time_zone)
        if starts_at is None:
            raise ValueError(f"{day} has no {session}")
        return starts_at

    def _bulletin(self, item: PastItem, written_at: datetime) -> Bulletin:
        bulletin = Bulletin(
            id=self.desk.new_id(),
            station_id=self.station.id,
            title=item.title,
            kind=BulletinKind(item.kind),
            topic_id=self.topics[item.topic].id,
            state=BulletinState.EXPIRED,
            search_key=fold(item.title),
            author_id=self.author.id,
            created_at=written_at,
            updated_at=written_at,
            archived_at=self.desk.now,
        )
        self.desk.session.add(bulletin)
        self.desk.session.flush()
        return bulletin

    def _version(
        self, number: int, item: PastItem, bulletin: Bulletin
    ) -> tuple[BulletinVersion, Rendition]:
        ids = {"station_id": self.station.id, "created_at": bulletin.created_at}
        audio = AudioFile(
            id=self.desk.new_id(),
            sha256=hashlib.sha256(f"demo {self.station.id} {number}".encode()).hexdigest(),
            bytes=item.duration_ms * 8,
            duration_ms=item.duration_ms,
            loudness_lufs=-16.0,
            true_peak_dbtp=-1.5,
            # The recordings of 2023 are past their retention; their facts stay.
            removed_at=self.desk.now,
            **ids,
        )
        version = BulletinVersion(
            id=self.desk.new_id(),
            bulletin_id=bulletin.id,
            no=1,
            title=item.title,
            text=item.title,
            spoken=item.title,
            author_name=self.author.display_name,
            **ids,
        )
        self.desk.session.add_all([audio, version])
        self.desk.session.flush()
        rendition = Rendition(
            id=self.desk.new_id(),
            version_id=version.id,
            audio_id=audio.id,
            made_from=audio.sha256,
            spoken=item.title,
            engine="recording",
            voice="recording",
            wished_engine="recording",
            **ids,
        )
        self.desk.session.add(rendition)
        self.desk.session.flush()
        rendition.audio = audio
        version.rendition_id = rendition.id
        return version, rendition

    def _line(
        self,
        item: PastItem,
        day: date,
        session: str,
        content: tuple[Bulletin, BulletinVersion, Rendition],
    ) -> OrderLine:
        bulletin, version, rendition = content
        starts_at = self._moment(day, session)
        row = SessionRow(
            id=self.desk.new_id(),
            station_id=self.station.id,
            name=SESSIONS[session][0],
            local_day=day,
            starts_at=starts_at,
            ends_at=starts_at + SESSION_LENGTH,
            latest_end=starts_at + SESSION_LENGTH,
        )
        self.desk.session.add(row)
        self.desk.session.flush()
        line = OrderLine(
            id=self.desk.new_id(),
            station_id=self.station.id,
            session_id=row.id,
            kind=LineKind.BULLETIN,
            offset_ms=0,
            duration_ms=item.duration_ms,
            planned_start=starts_at,
            audio_id=rendition.audio_id,
            bulletin_id=bulletin.id,
            version_id=version.id,
            rendition_id=rendition.id,
            title=item.title,
            topic_id=bulletin.topic_id,
            topic_name=self.topics[item.topic].name,
        )
        self.desk.session.add(line)
        return line


def report_past(desk: Desk, boxes: list[Box], lines: list[OrderLine]) -> int:
    """Every box reports every airing, as a box would; says how many rows were accepted."""
    station = desk.session.get_one(Station, desk.station_id)
    accepted = 0
    for box in boxes:
        identity = BoxIdentity(
            box.id, station.id, box.name, demonstration=True, time_zone=station.time_zone
        )
        plays = [_play(desk, box, number, line) for number, line in enumerate(lines, start=1)]
        answers = accept_plays(desk, identity, BatchWire(boot=BOOT, plays=plays))
        accepted += sum(answer.status is PlayStatus.ACCEPTED for answer in answers)
    return accepted


def _play(desk: Desk, box: Box, number: int, line: OrderLine) -> dict[str, object]:
    ended_at = line.planned_start + timedelta(milliseconds=line.duration_ms)
    audio = desk.session.get_one(AudioFile, line.audio_id)
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{box.id}/{line.id}")),
        "seq": number,
        "airing": line.id,
        "session": line.session_id,
        "kind": "bulletin",
        "sha256": audio.sha256,
        "title": line.title,
        "topic": line.topic_name,
        "planned_start": instant(line.planned_start),
        "started_at": instant(line.planned_start),
        "ended_at": instant(ended_at),
        "played_ms": line.duration_ms,
        "planned_ms": line.duration_ms,
        "outcome": "complete",
        "clock": {"trusted": True, "offset_ms": 0},
    }
