"""The doorbells of the timetable, rung as Celery rings them."""

from datetime import date, time, timedelta

import pytest

from broadcast.bulletins.models import AudioFile
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.service import want
from broadcast.people.rules import Actor, Role
from broadcast.timetable.emergencies import EmergencyDraft, start_emergency
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from scheduler.tasks.bulletins import render
from scheduler.tasks.timetable import expire, extend_horizon, fill
from scheduler.timetable.running_order import LineKind
from tests.factories.timetable import make_approved, make_slot, make_wish


@pytest.fixture
def ring(worker, db):
    def call(task, *given):
        db.commit()
        return worker.tasks[task.name](*given)

    return call


@pytest.fixture
def operator(db, clock, jobs, people_of, station):
    person = people_of[Role.OPERATOR]
    actor = Actor.person(station.id, person.id, person.display_name, Role.OPERATOR)
    return Desk(db, actor, clock(), jobs)


def wanted_fill(desk):
    job = want(desk, JobKind.FILL, desk.station_id)
    desk.session.commit()
    return job.id


def test_tasks_are_named_as_beat_and_jobs_call_them():
    assert fill.name == JobKind.FILL
    assert {extend_horizon.name, expire.name} == {"timetable.extend_horizon", "timetable.expire"}


@pytest.mark.ffmpeg
def test_a_fill_makes_the_sounds_that_frame_a_session_and_puts_them_around_it(
    ring, db, clock, operator, station, people_of
):
    make_slot(
        db,
        clock,
        station,
        at=time(17),
        signature_tune="chieu",
        opening_words="Đây là {ten_dai}. Hôm nay là {ngay}.",
        closing_words="{buoi} đến đây là hết.",
    )
    make_wish(db, clock, make_approved(db, clock, station, people_of[Role.OPERATOR]))
    assert ring(fill, wanted_fill(operator)) == "done"
    session = db.query(SessionRow).order_by(SessionRow.starts_at).first()
    standing = [line for line in session.lines if line.dropped_at is None]
    assert [line.kind for line in standing] == [
        LineKind.SIGNATURE,
        LineKind.LINK,
        LineKind.BULLETIN,
        LineKind.LINK,
    ]
    assert standing[1].audio_id == session.opening_audio_id
    assert standing[3].audio_id == session.closing_audio_id != session.opening_audio_id
    assert standing[3].offset_ms == standing[2].offset_ms + standing[2].duration_ms
    assert standing[2].offset_ms == standing[0].duration_ms + standing[1].duration_ms
    made = db.query(AudioFile).count()
    before = [(line.id, line.offset_ms) for line in standing]
    assert ring(fill, wanted_fill(operator)) == "done"
    assert db.query(AudioFile).count() == made
    db.refresh(session)
    again = [line for line in session.lines if line.dropped_at is None]
    assert [(line.id, line.offset_ms) for line in again] == before
    db.commit()


def test_the_horizon_is_wanted_for_every_station(ring, db, station, other_station):
    assert ring(extend_horizon) == 2
    assert ring(extend_horizon) == 2
    assert db.query(Job).filter_by(kind=JobKind.FILL, state=JobState.QUEUED).count() == 2


def test_wishes_past_their_last_day_are_closed_once(ring, db, clock, station, people_of):
    bulletin = make_approved(db, clock, station, people_of[Role.OPERATOR])
    make_wish(db, clock, bulletin, until_day=date(2026, 11, 24))
    clock.move(days=1)
    assert ring(expire) == 1
    assert ring(expire) == 0
    assert db.query(WishRow).one().closed_at is not None
    db.commit()


@pytest.mark.ffmpeg
def test_an_emergency_is_on_the_air_when_its_production_ends(ring, db, clock, operator, station):
    draft = EmergencyDraft(
        title="Nước lên", text="Nước đang lên nhanh.", until=clock() + timedelta(hours=1)
    )
    emergency = start_emergency(operator, draft)
    job = db.query(Job).filter_by(kind=JobKind.RENDER).one()
    assert ring(render, job.id) == "done"
    session = db.query(SessionRow).filter_by(emergency_id=emergency.id).one()
    line = db.query(OrderLine).filter_by(session_id=session.id).one()
    assert session.starts_at == clock()
    assert line.duration_ms > 1_000
    assert db.query(Job).filter_by(kind=JobKind.PLANS).count() == 1
    db.commit()
