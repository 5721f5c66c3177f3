"""Khẩn cấp: heard first, approved after, ended for all at once."""

from datetime import date, time, timedelta

import pytest

from broadcast.bulletins.decisions import OwnBulletin, withdraw_bulletin
from broadcast.bulletins.models import AudioFile, Bulletin, BulletinVersion, Decision, Rendition
from broadcast.bulletins.rules import BulletinKind, BulletinState
from broadcast.errors import InvalidInput, NotAllowed, NotFound
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from broadcast.timetable.emergencies import (
    EmergencyDraft,
    approve_emergency,
    emergency_ready,
    end_emergency,
    get_emergency,
    start_emergency,
)
from broadcast.timetable.emergency_desk import list_emergencies
from broadcast.timetable.models import Emergency, OrderLine, SessionRow
from broadcast.timetable.queueing import BulletinNotApproved
from scheduler.timetable.wishes import Priority


@pytest.fixture
def start(office):
    def begin(role=Role.OPERATOR, **facts):
        values = {
            "title": "Nước lên",
            "text": "Nước đang lên nhanh.",
            "repeat_minutes": 10,
            "until": office.clock() + timedelta(hours=1),
        }
        return start_emergency(office.desk(role), EmergencyDraft(**values | facts))

    return begin


@pytest.fixture
def speak(office):
    """What the worker does: makes the sound, then rings that it is ready."""

    def make(emergency):
        version = (
            office.db.query(BulletinVersion).filter_by(bulletin_id=emergency.bulletin_id).one()
        )
        of = {"station_id": office.station.id, "created_at": office.clock()}
        audio = AudioFile(
            id=f"a-{emergency.id}"[:36],
            sha256="e" * 64,
            bytes=9,
            duration_ms=20_000,
            loudness_lufs=-16,
            true_peak_dbtp=-1,
            **of,
        )
        office.keep(audio)
        rendition = Rendition(
            id=f"r-{emergency.id}"[:36],
            version_id=version.id,
            audio_id=audio.id,
            made_from="x",
            spoken=version.spoken,
            engine="espeak",
            voice="vi",
            wished_engine="google",
            **of,
        )
        office.keep(rendition)
        version.rendition_id = rendition.id
        office.db.commit()
        return emergency_ready(office.desk(), version.id)

    return make


def sessions_of(office, emergency):
    rows = office.db.query(SessionRow).populate_existing().filter_by(emergency_id=emergency.id)
    found = rows.all()
    office.db.commit()
    return found


def test_a_text_becomes_a_notice_and_its_sound_is_asked_for(office, start):
    emergency = start()
    bulletin = office.db.get(Bulletin, emergency.bulletin_id)
    assert (bulletin.kind, bulletin.state) == (BulletinKind.NOTICE, BulletinState.APPROVED)
    assert bulletin.emergency
    version = office.db.query(BulletinVersion).one()
    assert office.db.query(Job).filter_by(kind=JobKind.RENDER, subject=version.id).count() == 1
    assert office.db.query(Decision).count() == 0


def test_it_is_on_the_air_the_moment_its_sound_is_ready(office, start, speak):
    emergency = start()
    assert sessions_of(office, emergency) == []
    now = office.clock.move(seconds=4)
    assert speak(emergency)
    (row,) = sessions_of(office, emergency)
    assert (row.starts_at, row.priority) == (now, Priority.EMERGENCY)
    assert row.repeat_every_ms == 600_000
    assert row.repeat_until == emergency.until
    line = office.db.query(OrderLine).one()
    assert (line.duration_ms, line.title) == (20_000, "Nước lên")
    assert office.db.query(Job).filter_by(kind=JobKind.PLANS).count() == 1


def test_a_second_ring_begins_nothing_twice(office, start, speak):
    emergency = start()
    speak(emergency)
    version = office.db.query(BulletinVersion).one()
    assert not emergency_ready(office.desk(), version.id)
    assert len(sessions_of(office, emergency)) == 1


def test_sound_for_no_emergency_begins_nothing(office):
    bulletin = office.approved()
    version = office.db.query(BulletinVersion).filter_by(bulletin_id=bulletin.id).one()
    assert not emergency_ready(office.desk(), version.id)
    assert not emergency_ready(office.desk(), "không có")


def test_an_approved_bulletin_is_on_the_air_at_once_and_said_once(office, start):
    emergency = start(bulletin_id=office.approved().id, repeat_minutes=None)
    (row,) = sessions_of(office, emergency)
    assert row.starts_at == office.clock()
    assert (row.repeat_every_ms, row.repeat_until) == (None, None)


def test_a_bulletin_that_is_not_approved_may_not_be_chosen(office, start):
    bulletin = office.approved()
    bulletin.state = BulletinState.DRAFTED
    office.db.commit()
    with pytest.raises(BulletinNotApproved):
        start(bulletin_id=bulletin.id)


@pytest.mark.parametrize(
    "wrong",
    [{"text": "  "}, {"until": None}, {"repeat_minutes": 0}, {"until": "far"}],
    ids=["nothing to say", "over already", "no pause", "beyond a day"],
)
def test_an_emergency_that_says_nothing_or_never_ends_is_refused(office, start, wrong):
    spans = {None: timedelta(0), "far": timedelta(hours=25)}
    if "until" in wrong:
        wrong = {"until": office.clock() + spans[wrong["until"]]}
    with pytest.raises(InvalidInput):
        start(**wrong)
    assert office.db.query(Emergency).count() == 0
    assert office.db.query(Bulletin).count() == 0


def test_only_those_who_hold_the_right_start_and_end_it(office, start):
    with pytest.raises(NotAllowed):
        start(Role.VIEWER)
    emergency = start()
    with pytest.raises(NotAllowed):
        end_emergency(office.desk(Role.VIEWER), emergency.id)


def test_it_is_ended_for_all_boxes_at_once(office, start, speak):
    emergency = start()
    speak(emergency)
    office.clock.move(minutes=3)
    end_emergency(office.desk(Role.APPROVER), emergency.id)
    (row,) = sessions_of(office, emergency)
    assert row.cancelled_at == office.clock()
    assert office.fresh(office.db.get(Emergency, emergency.id)).ended_by == "Lãnh đạo Minh"


def test_ended_before_its_sound_was_ready_it_never_begins(office, start, speak):
    emergency = start()
    end_emergency(office.desk(), emergency.id)
    assert not speak(emergency)
    assert sessions_of(office, emergency) == []


def test_withdrawing_its_bulletin_ends_it(office, start, speak):
    emergency = start()
    speak(emergency)
    withdraw_bulletin(office.desk(Role.APPROVER), emergency.bulletin_id, "nhầm xã")
    (row,) = sessions_of(office, emergency)
    assert row.cancelled_at is not None


def test_a_fill_leaves_emergencies_alone(office, start, speak):
    office.slot(at=time(9))
    emergency = start()
    speak(emergency)
    office.fill()
    (row,) = sessions_of(office, emergency)
    assert row.cancelled_at is None
    assert len(row.lines) == 1


def test_the_approval_follows_by_another_person(office, start, speak):
    emergency = start(Role.OPERATOR)
    speak(emergency)
    (shown,) = list_emergencies(office.desk())
    assert shown.approval is None
    decision = approve_emergency(
        office.desk(Role.APPROVER), emergency.id, shown.seen_hash, "Chủ tịch"
    )
    assert decision.after_air
    assert list_emergencies(office.desk())[0].approval is not None


def test_nobody_approves_an_emergency_of_his_own(office, start, speak):
    emergency = start(Role.ADMINISTRATOR)
    speak(emergency)
    (shown,) = list_emergencies(office.desk())
    with pytest.raises(OwnBulletin):
        approve_emergency(office.desk(Role.ADMINISTRATOR), emergency.id, shown.seen_hash, "")


def test_another_stations_emergency_is_not_found(office, start, other_station):
    emergency = start()
    desk = office.desk()
    desk.actor = type(desk.actor).machine(other_station.id, "x", *desk.actor.rights)
    with pytest.raises(NotFound):
        get_emergency(desk, emergency.id)


def test_the_day_of_an_emergency_is_the_stations_day(office, start, speak):
    office.clock.at = office.at(0, 30, day=24)
    emergency = start()
    speak(emergency)
    assert sessions_of(office, emergency)[0].local_day == date(2026, 11, 24)
