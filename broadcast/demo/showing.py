"""Lets one bulletin of the demonstration go the whole way to the air, and follows it."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.bulletins.decisions import approve_bulletin, hash_of
from broadcast.bulletins.drafts import Draft
from broadcast.bulletins.models import Bulletin, Topic
from broadcast.bulletins.queries import current_version
from broadcast.bulletins.rules import BulletinKind, BulletinState
from broadcast.bulletins.service import start_bulletin, submit_bulletin, want_audio
from broadcast.demo.founding import ACCOUNTS
from broadcast.demo.story import ShelfText, shelf_texts
from broadcast.desk import Desk
from broadcast.errors import LoaError
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.service import latest_job
from broadcast.people.models import User
from broadcast.people.rules import Actor
from broadcast.stations.models import Station
from broadcast.timetable.models import OrderLine, SlotRow
from broadcast.timetable.queueing import WishDraft, queue_bulletin
from broadcast.timetable.service import SlotDraft, add_slot
from scheduler.timetable.slots import Frequency, Recurrence

OpenDesk = Callable[[], AbstractContextManager[Desk]]
Say = Callable[[str], None]
LOOK_EVERY_S = 1.0
LEAD = timedelta(seconds=45)
"""From the approval to the first sound: two polls of a box (10 s each), and time to look around."""
SHOW_SLOT = "Buổi phát thử"


class StationNotRunning(LoaError):
    code = "demo.station_not_running"
    message = "Chưa thấy máy làm âm thanh chạy. Hãy mở cửa sổ khác, chạy `make up`, rồi chạy lại."


def put_on_shelf(desk: Desk) -> list[Bulletin]:
    """The six texts as bulletins of today, by the operator; those there stay as they are."""
    known = {
        bulletin.title: bulletin
        for bulletin in desk.session.scalars(
            select(Bulletin).where(
                Bulletin.station_id == desk.station_id, Bulletin.archived_at.is_(None)
            )
        )
    }
    operator = _as(desk, 0)
    return [known.get(text.title) or _write(operator, text) for text in shelf_texts()]


def _write(desk: Desk, text: ShelfText) -> Bulletin:
    topic = desk.session.scalars(
        select(Topic).where(Topic.station_id == desk.station_id, Topic.code == text.topic)
    ).one()
    draft = Draft(text.title, BulletinKind(text.kind), topic.id, text.text)
    bulletin = start_bulletin(desk, draft)
    want_audio(desk, bulletin.id)
    return bulletin


def _as(desk: Desk, account: int) -> Desk:
    """The same desk in the hands of one of the demonstration's people."""
    login = ACCOUNTS[account][0]
    user = desk.session.scalars(
        select(User).where(User.station_id == desk.station_id, User.login == login)
    ).one()
    return desk.acting_as(Actor.person(user.station_id, user.id, user.display_name, user.role))


def was_shown(desk: Desk) -> bool:
    return (
        desk.session.scalar(
            select(SlotRow.id).where(
                SlotRow.station_id == desk.station_id, SlotRow.name == SHOW_SLOT
            )
        )
        is not None
    )


def show(open_desk: OpenDesk, bulletin_id: str, say: Say, *, patience_s: float = 300) -> bool:
    """Approve, queue and follow one bulletin until its airing stands in the log.

    :raises StationNotRunning: nobody has taken the production job within the patience.
    """
    deadline = time.monotonic() + patience_s
    _await_audio(open_desk, bulletin_id, say, deadline)
    with open_desk() as desk:
        _get_approved(desk, bulletin_id)
        say("2/5  Đã gửi duyệt và được duyệt.")
        starts_at = _give_it_a_session(_as(desk, 0), bulletin_id)
        zone = ZoneInfo(desk.session.get_one(Station, desk.station_id).time_zone)
    say(f"3/5  Xếp vào buổi lúc {starts_at.astimezone(zone):%H:%M:%S} hôm nay.")
    return _follow(open_desk, bulletin_id, say, deadline)


def _get_approved(desk: Desk, bulletin_id: str) -> None:
    """From wherever an earlier, interrupted showing left it."""
    bulletin = desk.session.get_one(Bulletin, bulletin_id)
    if bulletin.state in {BulletinState.DRAFTED, BulletinState.RETURNED}:
        submit_bulletin(_as(desk, 0), bulletin_id)
    if bulletin.state is BulletinState.WAITING:
        seen = hash_of(current_version(desk, bulletin))
        approve_bulletin(_as(desk, 1), bulletin_id, seen, authority="mẫu")


def _await_audio(open_desk: OpenDesk, bulletin_id: str, say: Say, deadline: float) -> None:
    told = ""
    for desk in _looks(open_desk, deadline):
        version = current_version(desk, desk.session.get_one(Bulletin, bulletin_id))
        if version.rendition is not None:
            engine = version.rendition.engine
            say(f"1/5  Âm thanh đã xong: {version.rendition.audio.duration_ms / 1000:.1f} giây "
                f"(giọng {engine}).")  # fmt: skip
            return
        job = latest_job(desk, JobKind.RENDER, version.id)
        told = _tell_progress(job, told, say)
    raise StationNotRunning


def _tell_progress(job: Job | None, told: str, say: Say) -> str:
    if job is None or job.state is not JobState.RUNNING:
        return told
    words = f"1/5  Đang làm âm thanh: {job.step} {job.done_count}/{job.total_count}"
    if words != told:
        say(words)
    return words


def _give_it_a_session(desk: Desk, bulletin_id: str) -> datetime:
    """A one-day slot that starts in a moment, and a wish that asks for just that."""
    zone = ZoneInfo(desk.session.get_one(Station, desk.station_id).time_zone)
    starts = (desk.now + LEAD).astimezone(zone).replace(microsecond=0)
    day = starts.date()
    slot = add_slot(
        desk,
        SlotDraft(
            name=SHOW_SLOT,
            local_time=starts.time().replace(tzinfo=None),
            planned_minutes=2,
            longest_minutes=3,
            recurrence=Recurrence(frequency=Frequency.DAILY, anchor=day),
            valid_from=day,
            valid_until=day + timedelta(days=1),
            lock_minutes=0,
            signature_tune="sang",
            quiet_reason="Buổi phát thử của dữ liệu mẫu",
        ),
    )
    queue_bulletin(
        desk,
        bulletin_id,
        WishDraft(airings=1, from_day=day, until_day=day + timedelta(days=1), slot_ids=(slot.id,)),
    )
    return starts


def _follow(open_desk: OpenDesk, bulletin_id: str, say: Say, deadline: float) -> bool:
    planned = False
    for desk in _looks(open_desk, deadline):
        line = desk.session.scalar(
            select(OrderLine).where(
                OrderLine.bulletin_id == bulletin_id, OrderLine.dropped_at.is_(None)
            )
        )
        if line is not None and not planned:
            planned = True
            say("4/5  Đã vào lịch của máy phát; máy tải về, kiểm tra và chờ đến giờ.")
        airing = line and desk.session.scalar(
            select(AiringRow).where(
                AiringRow.airing_id == line.id, AiringRow.outcome != AiringOutcome.WAITING
            )
        )
        if airing:
            say(f"5/5  Đã phát: {airing.heard_ms / 1000:.1f} giây, kết quả “{airing.outcome}”.")
            return True
    say("Chưa thấy máy phát báo về. Hãy mở trang Cụm loa để xem máy đang làm gì.")
    return False


def _looks(open_desk: OpenDesk, deadline: float) -> Iterator[Desk]:
    """A fresh look at the rows every second until the patience is over."""
    while time.monotonic() < deadline:
        with open_desk() as desk:
            yield desk
        time.sleep(LOOK_EVERY_S)
