"""Khẩn cấp: heard first, approved after, by those who hold that right."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from broadcast.boxes.plans import mark_plans_stale
from broadcast.bulletins.decisions import airable_version, approve_bulletin
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision
from broadcast.bulletins.queries import get_bulletin, list_topics
from broadcast.bulletins.reading import read_for
from broadcast.bulletins.rules import BulletinKind, BulletinState
from broadcast.bulletins.search import fold
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.dropping import silence_emergency
from broadcast.timetable.models import Emergency, OrderLine, SessionRow
from broadcast.timetable.queueing import BulletinNotApproved
from scheduler.timetable.running_order import LineKind
from scheduler.timetable.wall_clock import local_day_of
from scheduler.timetable.wishes import Priority

LONGEST = timedelta(hours=24)
GRACE_MS = 600_000
"""A box that was away for a poll or two still says it whole."""
RECORDING = "recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyDraft:
    """What is said: a text, an approved bulletin, or an uploaded recording; exactly one of them.

    Without `repeat_minutes` it is said once; `until` is the instant after which no repeat begins.
    """

    title: str
    until: datetime
    text: str = ""
    bulletin_id: str = ""
    upload_name: str = ""
    zone_ids: tuple[str, ...] = ()
    repeat_minutes: int | None = None
    reason: str = ""


@use_case
def start_emergency(desk: Desk, draft: EmergencyDraft) -> Emergency:
    """On the air as soon as there is sound: at once for a bulletin, else when a worker made it.

    :raises InvalidInput: nothing to say, or a time that is over or too far.
    :raises BulletinNotApproved: the chosen bulletin may not be heard.
    """
    desk.actor.must(Right.EMERGENCY)
    if not desk.now < draft.until <= desk.now + LONGEST:
        raise InvalidInput("Giờ kết thúc phải ở phía trước, trong vòng 24 giờ.")
    if draft.repeat_minutes is not None and draft.repeat_minutes < 1:
        raise InvalidInput("Khoảng cách nhắc lại phải từ 1 phút trở lên.")
    version = _chosen(desk, draft.bulletin_id) if draft.bulletin_id else _written(desk, draft)
    emergency = Emergency(
        id=desk.new_id(),
        station_id=desk.station_id,
        bulletin_id=version.bulletin_id,
        zone_ids=list(draft.zone_ids),
        reason=draft.reason.strip() or draft.title,
        repeat_minutes=draft.repeat_minutes,
        until=draft.until,
        user_id=desk.actor.user_id,
        user_name=desk.actor.name,
        started_at=desk.now,
    )
    desk.session.add(emergency)
    desk.session.flush()
    note_deed(desk, "timetable.emergency_started", "emergency", emergency.id)
    if draft.bulletin_id:
        _put_on_air(desk, emergency, version)
    else:
        want(desk, JobKind.RENDER, version.id, urgent=True)
    return emergency


@use_case
def emergency_ready(desk: Desk, version_id: str) -> bool:
    """The worker has made the sound of a version: the emergency that waits for it begins.

    True when one began. A version of no emergency, an ended one and a second call do nothing.
    """
    version = desk.session.get(BulletinVersion, version_id)
    if version is None or version.rendition_id is None:
        return False
    emergency = desk.session.scalar(
        select(Emergency)
        .where(
            Emergency.station_id == desk.station_id,
            Emergency.bulletin_id == version.bulletin_id,
            Emergency.ended_at.is_(None),
            Emergency.until > desk.now,
            ~select(SessionRow.id).where(SessionRow.emergency_id == Emergency.id).exists(),
        )
        .with_for_update()
        .limit(1)
    )
    if emergency is None:
        return False
    _put_on_air(desk, emergency, version)
    return True


@use_case
def end_emergency(desk: Desk, emergency_id: str) -> Emergency:
    """Ended for all boxes at once; a second call changes nothing."""
    desk.actor.must(Right.EMERGENCY)
    emergency = get_emergency(desk, emergency_id)
    if emergency.ended_at is None:
        silence_emergency(desk, emergency)
        note_deed(desk, "timetable.emergency_ended", "emergency", emergency.id)
    return emergency


@use_case
def approve_emergency(desk: Desk, emergency_id: str, seen_hash: str, authority: str) -> Decision:
    """The approval that may follow the air.

    :raises ContentChanged: :raises OwnBulletin: as any approval.
    """
    emergency = get_emergency(desk, emergency_id)
    return approve_bulletin(
        desk, emergency.bulletin_id, seen_hash, authority=authority, after_air=True
    )


def get_emergency(desk: Desk, emergency_id: str) -> Emergency:
    """:raises NotFound: unknown, or another station's."""
    row = desk.session.get(Emergency, emergency_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(emergency=emergency_id)
    return row


def _chosen(desk: Desk, bulletin_id: str) -> BulletinVersion:
    version = airable_version(desk, get_bulletin(desk, bulletin_id))
    if version is None:
        raise BulletinNotApproved(bulletin=bulletin_id)
    return version


def _written(desk: Desk, draft: EmergencyDraft) -> BulletinVersion:
    """A bulletin of its own, in the state of one that may be heard; its approval follows."""
    text = draft.text.strip()
    if not text and not draft.upload_name:
        raise InvalidInput("Hãy gõ lời thông báo, chọn tin có sẵn hoặc gửi tệp ghi âm.")
    station = desk.session.get_one(Station, desk.station_id)
    topics = list_topics(desk)
    if not topics:
        raise InvalidInput("Đài chưa có chủ đề nào. Hãy thêm một chủ đề ở trang Cài đặt.")
    bulletin = Bulletin(
        id=desk.new_id(),
        station_id=desk.station_id,
        title=draft.title.strip() or "Thông báo khẩn",
        kind=BulletinKind.NOTICE,
        topic_id=next((one.id for one in topics if one.code == "khac"), topics[-1].id),
        state=BulletinState.APPROVED,
        emergency=True,
        search_key=fold(f"{draft.title} {text}"),
        author_id=desk.actor.user_id,
        created_at=desk.now,
        updated_at=desk.now,
    )
    desk.session.add(bulletin)
    desk.session.flush()
    is_recording = bool(draft.upload_name)
    version = BulletinVersion(
        id=desk.new_id(),
        station_id=desk.station_id,
        bulletin_id=bulletin.id,
        no=1,
        title=bulletin.title,
        text=text,
        spoken="" if is_recording else read_for(desk, text).spoken,
        engine=RECORDING if is_recording else station.speech_engine,
        voice=RECORDING if is_recording else station.speech_voice,
        upload_path=draft.upload_name,
        author_id=desk.actor.user_id,
        author_name=desk.actor.name,
        created_at=desk.now,
    )
    desk.session.add(version)
    desk.session.flush()
    return version


def _put_on_air(desk: Desk, emergency: Emergency, version: BulletinVersion) -> None:
    station = desk.session.get_one(Station, desk.station_id)
    bulletin, rendition = version.bulletin, version.rendition
    if rendition is None:
        raise BulletinNotApproved(bulletin=bulletin.id)
    ends_at = desk.now + timedelta(milliseconds=rendition.audio.duration_ms)
    session = SessionRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        name=f"Khẩn cấp: {version.title}"[:120],
        local_day=local_day_of(desk.now, station.time_zone),
        starts_at=desk.now,
        ends_at=ends_at,
        latest_end=ends_at,
        zone_ids=emergency.zone_ids,
        priority=Priority.EMERGENCY,
        grace_ms=GRACE_MS,
        repeat_every_ms=emergency.repeat_minutes and emergency.repeat_minutes * 60_000,
        repeat_until=emergency.until if emergency.repeat_minutes else None,
        emergency_id=emergency.id,
    )
    desk.session.add(session)
    desk.session.flush()
    desk.session.add(
        OrderLine(
            id=desk.new_id(),
            station_id=desk.station_id,
            session_id=session.id,
            kind=LineKind.BULLETIN,
            offset_ms=0,
            duration_ms=rendition.audio.duration_ms,
            planned_start=desk.now,
            audio_id=rendition.audio_id,
            bulletin_id=bulletin.id,
            version_id=version.id,
            rendition_id=rendition.id,
            title=version.title,
            topic_id=bulletin.topic_id,
            topic_name=bulletin.topic.name,
            manual=True,
            why=f"Khẩn cấp, {emergency.user_name} phát.",
        )
    )
    mark_plans_stale(desk, emergency.zone_ids)
