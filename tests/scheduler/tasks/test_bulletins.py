"""The doorbell of the production, rung as Celery rings it."""

import pytest

from broadcast.bulletins import service
from broadcast.bulletins.drafts import Draft
from broadcast.bulletins.models import Rendition
from broadcast.bulletins.rules import BulletinKind
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobState
from broadcast.people.rules import Actor, Role
from scheduler.tasks.bulletins import render

pytestmark = pytest.mark.ffmpeg


@pytest.fixture
def bulletin(db, clock, jobs, people_of, station):
    person = people_of[Role.OPERATOR]
    actor = Actor.person(station.id, person.id, person.display_name, Role.OPERATOR)
    desk = Desk(db, actor, clock(), jobs)
    topic = f"topic-khac-{station.code}"
    begun = service.start_bulletin(desk, Draft("Họp", BulletinKind.NEWS, topic, "Mời bà con họp."))
    service.want_audio(desk, begun.id)
    return begun


def test_the_task_is_named_as_its_jobs_kind():
    assert render.name == "bulletins.render"


def test_a_ring_makes_the_audio_and_a_second_one_finds_nothing_to_do(worker, bulletin, jobs, db):
    task = worker.tasks[render.name]
    (ring,) = jobs.take()
    assert task(ring.job_id) == "done"
    assert db.query(Rendition).one().engine == "espeak"
    assert db.query(Job).filter_by(kind="bulletins.render").one().state is JobState.DONE
    db.commit()
    assert task(ring.job_id) == "not free"
