"""A station that writes: drafts, audio without a voice, and a workshop with the real one."""

from contextlib import suppress
from functools import partial

import pytest

from audio.speech.base import Engine
from audio.speech.breaker import Breaker
from audio.speech.errors import SpeechThrottled
from broadcast.bulletins import decisions, service
from broadcast.bulletins.drafts import Draft
from broadcast.bulletins.models import AudioFile, Rendition
from broadcast.bulletins.production import produce
from broadcast.bulletins.queries import current_version, get_bulletin
from broadcast.bulletins.rules import BulletinKind
from broadcast.bulletins.studio import Studio
from broadcast.clock import wall_clock
from broadcast.desk import Desk
from broadcast.jobs.models import JobKind
from broadcast.people.rules import Actor, Role
from scheduler.task_base import Workshop, run_job

TEXT = "Sáng mai tiêm phòng tại trạm y tế xã.\n\nBà con mang theo sổ tiêm chủng."


@pytest.fixture
def desk_as(db, clock, jobs, people_of):
    """Desks of one process share its session here: two that write would wait for each other."""

    def open_desk(role=Role.OPERATOR):
        person = people_of[role]
        actor = Actor.person(person.station_id, person.id, person.display_name, role)
        return Desk(db, actor, clock(), jobs)

    return open_desk


@pytest.fixture
def draft(station):
    """`draft(text=…)` is a complete draft; any field can be replaced."""

    def make(**fields):
        whole = {
            "title": "Lịch tiêm phòng",
            "kind": BulletinKind.NEWS,
            "topic_id": f"topic-khac-{station.code}",
            "text": TEXT,
        }
        return Draft(**whole | fields)

    return make


@pytest.fixture
def browser(signed_in, db):
    """`browser(role)` is a signed-in browser; the test's own session holds nothing meanwhile."""

    def open_browser(role=Role.OPERATOR):
        client = signed_in(role)
        plain = client.open

        def free_and_open(*args, **more):
            db.commit()
            answer = plain(*args, **more)
            db.expire_all()
            return answer

        client.open = free_and_open
        return client

    return open_browser


@pytest.fixture
def form(draft):
    """`form(text=…)` is what the page of writing sends for a complete draft."""

    def fields(**other):
        whole = draft()
        return {
            "title": whole.title,
            "kind": "tin",
            "topic_id": whole.topic_id,
            "text": whole.text,
            "voice": "google/vi",
            "speed_percent": "100",
        } | other

    return fields


@pytest.fixture
def written(desk_as, draft):
    """A bulletin that the operator has begun."""
    return service.start_bulletin(desk_as(), draft())


@pytest.fixture
def give_audio(desk_as, clock):
    """`give_audio(bulletin)` puts finished audio on its version, as a worker would have."""

    def give(bulletin, sha256="a" * 64, **facts):
        desk = desk_as()
        version = current_version(desk, get_bulletin(desk, bulletin.id))
        values = {"id": desk.new_id(), "station_id": desk.station_id, "created_at": clock()}
        audio = AudioFile(
            sha256=sha256,
            bytes=1000,
            duration_ms=61_000,
            loudness_lufs=-16.1,
            true_peak_dbtp=-1.9,
            silence_share=0.12,
            **values,
        )
        desk.session.add(audio)
        desk.session.flush()
        rendition = Rendition(
            **{
                "version_id": version.id,
                "audio_id": audio.id,
                "made_from": sha256,
                "spoken": version.spoken,
                "engine": "google",
                "voice": "vi",
                "wished_engine": "google",
                "sentences": [
                    {
                        "text": "Sáng mai tiêm phòng tại trạm y tế xã.",
                        "starts_ms": 500,
                        "ends_ms": 3000,
                    }
                ],
                "peaks": [10, 60, 90, 30],
            }
            | values
            | {"id": desk.new_id()}
            | facts
        )
        desk.session.add(rendition)
        desk.session.flush()
        version.rendition_id = rendition.id
        desk.session.commit()
        return rendition

    return give


@pytest.fixture
def waiting(written, give_audio, desk_as):
    """Written, heard, handed in."""
    give_audio(written)
    return service.submit_bulletin(desk_as(), written.id)


@pytest.fixture
def seen(desk_as):
    """`seen(bulletin)` is the hash of what an approver's page would show now."""

    def hash_now(bulletin):
        desk = desk_as(Role.APPROVER)
        return decisions.hash_of(current_version(desk, get_bulletin(desk, bulletin.id)))

    return hash_now


@pytest.fixture
def approved(waiting, desk_as, seen):
    decisions.approve_bulletin(desk_as(Role.APPROVER), waiting.id, seen(waiting))
    return waiting


@pytest.fixture
def closed_google(settings):
    """The station's settings with Google at a port where nobody listens."""
    from dataclasses import replace

    return replace(settings, google_tts_endpoint="http://127.0.0.1:9")


@pytest.fixture
def google_rests(closed_google):
    """As after a first failure: nobody waits for its timeouts. Unlink the file to end the rest."""
    file = closed_google.speech_dir / "resting.json"
    Breaker(file).trip(Engine.GOOGLE, SpeechThrottled(), wall_clock())
    return file


@pytest.fixture
def studio(closed_google, google_rests):
    studio = Studio(closed_google)
    yield studio
    for engine in studio._engines:
        with suppress(AttributeError):
            engine.close()


@pytest.fixture
def workshop(closed_google, clock, jobs):
    shop = Workshop(closed_google, clock, jobs)
    yield shop
    shop.close()


@pytest.fixture
def run_renders(db, workshop, studio, jobs):
    """Answers every ring that waits with the real production; says what became of each."""

    def run(watch=None):
        def deed(shop, job):
            produce(watch or partial(shop.desk, job.station_id), studio, job)

        db.commit()
        rings = [ring for ring in jobs.take() if ring.task == JobKind.RENDER]
        ends = [run_job(workshop, ring.job_id, deed) for ring in rings]
        db.expire_all()
        return ends

    return run


@pytest.fixture
def version_now(desk_as):
    """`version_now(bulletin)` is its version in work, read afresh."""

    def read(bulletin):
        desk = desk_as()
        return current_version(desk, get_bulletin(desk, bulletin.id))

    return read
