"""What an emergency waits for is done before everything else, by a worker kept free for it."""

import pytest

from broadcast.desk import Desk, use_case
from broadcast.jobs import service as jobs_of
from broadcast.jobs.celery_queue import ORDINARY_QUEUE, URGENT_QUEUE, CeleryQueue
from broadcast.jobs.models import JobKind
from broadcast.jobs.queue import Ring
from broadcast.people.rules import Actor, Role
from scheduler.worker import make_worker


@pytest.fixture
def desk(db, clock, jobs, people_of):
    """`desk()` is a desk at the clock's moment now."""
    person = people_of[Role.OPERATOR]
    actor = Actor.person(person.station_id, person.id, person.display_name, Role.OPERATOR)
    return lambda: Desk(db, actor, clock(), jobs)


@pytest.fixture
def wanted(desk, clock):
    """`wanted("v1", urgent=True)` is a job that waits; each is a second younger."""

    def ask(subject, *, urgent=False, kind=JobKind.RENDER):
        clock.move(seconds=1)
        return use_case(jobs_of.want)(desk(), kind, subject, urgent=urgent)

    return ask


def test_an_ordinary_ring_takes_the_urgent_job_first_then_the_oldest(desk, wanted):
    old, young = wanted("v1"), wanted("v2")
    urgent = wanted("v3", urgent=True)
    taken = [jobs_of.lease_next(desk(), young.id).id for _ring in range(3)]
    assert taken == [urgent.id, old.id, young.id]
    assert jobs_of.lease_next(desk(), young.id) is None


def test_an_urgent_ring_never_takes_ordinary_work(desk, wanted):
    """It would fill the worker that is kept free."""
    wanted("v1")
    urgent = wanted("v2", urgent=True)
    assert jobs_of.lease_next(desk(), urgent.id).id == urgent.id
    assert jobs_of.lease_next(desk(), urgent.id) is None


def test_a_ring_takes_work_of_its_own_kind_alone(desk, wanted):
    wanted("v1", urgent=True)
    fill = wanted("s1", kind=JobKind.FILL)
    assert jobs_of.lease_next(desk(), fill.id).id == fill.id
    assert jobs_of.lease_next(desk(), fill.id) is None


def test_a_ring_about_nothing_takes_nothing(desk, wanted):
    wanted("v1")
    assert jobs_of.lease_next(desk(), "nowhere") is None


def test_asking_urgently_for_what_waits_makes_it_urgent_and_stays_so(desk, wanted, jobs):
    job = wanted("v1")
    jobs.take()
    assert wanted("v1", urgent=True).id == job.id
    assert jobs.take() == [Ring("bulletins.render", job.id, urgent=True)]
    assert wanted("v1").urgent is True


def test_the_sweep_rings_for_the_urgent_first_and_says_so(desk, wanted, jobs):
    old, urgent = wanted("v1"), wanted("v2", urgent=True)
    jobs.take()
    jobs_of.sweep_jobs(desk())
    assert jobs.take() == [
        Ring("bulletins.render", urgent.id, urgent=True),
        Ring("bulletins.render", old.id),
    ]


class Sender:
    """Writes down what Celery would send."""

    def __init__(self):
        self.sent = []

    def send_task(self, task, **more):
        self.sent.append((task, more["args"], more["queue"]))


def test_urgent_rings_go_to_the_queue_of_the_worker_that_is_kept_free():
    sender = Sender()
    for urgent in (False, True):
        CeleryQueue(sender).ring(Ring("bulletins.render", "j", urgent=urgent))
    assert [queue for _task, _args, queue in sender.sent] == [ORDINARY_QUEUE, URGENT_QUEUE]


def test_a_worker_that_is_told_no_queue_takes_both(settings):
    """As in a larger deployment: no emergency waits for a worker that nobody started."""
    worker = make_worker(settings)
    assert set(worker.amqp.queues) == {ORDINARY_QUEUE, URGENT_QUEUE}
    route = worker.amqp.router.route({}, "keeping.sweep_jobs")
    assert route["queue"].name == URGENT_QUEUE
    worker.loa.close()
