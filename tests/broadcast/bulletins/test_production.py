"""The real voice, the real mix, on real files; Google is a port where nobody listens."""

from contextlib import contextmanager

import pytest

from audio.probe import measure
from audio.speech.base import Engine
from broadcast.bulletins import service
from broadcast.bulletins.decisions import approve_bulletin
from broadcast.bulletins.models import AudioFile, BulletinVersion, Rendition
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.reading import teach_word
from broadcast.bulletins.storage import media_path
from broadcast.jobs.models import Job, JobState
from broadcast.jobs.service import cancel_job, latest_job
from broadcast.people.rules import Role
from broadcast.stations.models import Station

pytestmark = pytest.mark.ffmpeg


LONG = """Sáng mai trạm y tế xã tiêm phòng cho trẻ dưới một tuổi. Bà con mang theo sổ tiêm chủng.
Ai ở xa gọi điện cho trạm để được hẹn giờ. Tiêm xong ngồi lại nửa giờ rồi mới về."""


class Killed(BaseException):
    """As a power cut: nothing is tidied up by the one who dies."""


def edit(desk_as, bulletin, draft):
    desk = desk_as()
    row = get_bulletin(desk, bulletin.id)
    return service.save_draft(desk, bulletin.id, draft, row_version=row.row_version)


@pytest.fixture
def made(desk_as, written, run_renders, db):
    """The bulletin with the audio that the offline voice made."""
    service.want_audio(desk_as(), written.id)
    assert run_renders() == ["done"]
    return db.query(Rendition).one()


def test_a_station_without_a_network_is_heard_in_the_offline_voice_and_the_page_can_say_so(
    desk_as, written, run_renders, google_rests, studio, db
):
    google_rests.unlink()
    service.want_audio(desk_as(), written.id)
    assert run_renders() == ["done"]
    made = db.query(Rendition).one()
    assert (made.wished_engine, made.engine) == ("google", "espeak")
    assert "Google" in made.fallback_reason
    assert studio.speech.find_rest(Engine.GOOGLE) is not None


def test_the_file_is_there_under_its_hash_and_its_facts_are_measured(made, settings, db):
    audio = db.query(AudioFile).one()
    path = media_path(settings.media_dir, audio.sha256)
    assert path.stat().st_size == audio.bytes
    heard = measure(path, demuxer="mp3")
    assert abs(heard.duration_ms - audio.duration_ms) < 100
    assert abs(audio.loudness_lufs + 16.0) <= 0.5
    assert audio.true_peak_dbtp <= -1.5


def test_each_sentence_knows_when_it_sounds(made):
    assert [one["text"] for one in made.sentences] == [
        "Sáng mai tiêm phòng tại trạm y tế xã.",
        "Bà con mang theo sổ tiêm chủng.",
    ]
    first, second = made.sentences
    assert 0 < first["ends_ms"] <= second["starts_ms"] < second["ends_ms"]


def test_the_job_tells_the_count_of_its_sentences(made, desk_as, version_now, written):
    job = latest_job(desk_as(), "bulletins.render", version_now(written).id)
    assert (job.state, job.done_count, job.total_count) == (JobState.DONE, 100, 100)


def test_opening_and_closing_words_are_spoken_but_are_no_sentences_of_the_text(
    desk_as, draft, run_renders, db, station
):
    row = db.query(Station).one()
    row.opening_words, row.closing_words = "Đây là {ten_dai}.", "Đây là {ten_dai}."
    row.signature_tune = "sang"
    db.commit()
    bulletin = service.start_bulletin(desk_as(), draft(text=f"Đây là {station.name}."))
    service.want_audio(desk_as(), bulletin.id)
    assert run_renders() == ["done"]
    rendition = db.query(Rendition).one()
    assert len(rendition.sentences) == 1
    assert rendition.cache_misses == 1
    assert rendition.sentences[0]["starts_ms"] > 3000


def test_the_offline_voice_is_that_of_the_stations_region(desk_as, written, run_renders, db):
    db.query(Station).one().reading_style = {"region": "south"}
    db.commit()
    service.want_audio(desk_as(), written.id)
    run_renders()
    assert db.query(Rendition).one().voice == "vi-vn-x-south"


def test_a_second_message_for_the_same_work_makes_nothing(made, desk_as, written, run_renders, db):
    service.want_audio(desk_as(), written.id)
    assert run_renders() == ["done"]
    assert db.query(Rendition).count() == 1


def test_one_edited_sentence_asks_the_voice_for_one_sentence(
    made, desk_as, draft, written, run_renders, db, clock
):
    clock.move(minutes=1)
    edit(desk_as, written, draft(text=draft().text.replace("sổ tiêm chủng", "thẻ bảo hiểm")))
    service.want_audio(desk_as(), written.id)
    run_renders()
    newest = db.query(Rendition).order_by(Rendition.created_at.desc()).first()
    assert (newest.cache_hits, newest.cache_misses) == (1, 1)


def test_a_taught_word_is_heard_after_the_next_making(made, desk_as, written, run_renders, db):
    teach_word(desk_as(), "xã", "xã nhà")
    service.want_audio(desk_as(), written.id)
    run_renders()
    spoken = [row.spoken for row in db.query(Rendition)]
    assert any("trạm y tế xã nhà" in text for text in spoken)


def test_cancelled_it_stops_after_the_sentence_and_what_was_spoken_stays(
    desk_as, draft, run_renders, workshop, db
):
    written = service.start_bulletin(desk_as(), draft(text=LONG))
    job = service.want_audio(desk_as(), written.id)

    @contextmanager
    def cancelled_after_the_first_sentence():
        with workshop.desk(job.station_id) as desk:
            yield desk
        with workshop.desk(job.station_id) as desk:
            if desk.session.get_one(Job, job.id).done_count == 1:
                cancel_job(desk, job.id)

    assert run_renders(cancelled_after_the_first_sentence) == ["failed: speech.cancelled"]
    assert db.get(Job, job.id).state is JobState.CANCELLED
    assert db.query(Rendition).count() == 0
    service.want_audio(desk_as(), written.id)
    assert run_renders() == ["done"]
    assert db.query(Rendition).one().cache_hits == 2


def test_killed_in_the_middle_another_worker_finishes_from_the_cache(
    desk_as, written, run_renders, workshop, clock, jobs, db
):
    job = service.want_audio(desk_as(), written.id)

    @contextmanager
    def dies_when_the_words_are_spoken():
        with workshop.desk(job.station_id) as desk:
            yield desk
            if desk.session.get_one(Job, job.id).done_count == 2:
                raise Killed

    with pytest.raises(Killed):
        run_renders(dies_when_the_words_are_spoken)
    db.expire_all()
    assert job.state is JobState.RUNNING
    jobs.ring(type("Again", (), {"task": "bulletins.render", "job_id": job.id}))
    assert run_renders() == ["not free"]
    clock.move(minutes=3)
    jobs.ring(type("Again", (), {"task": "bulletins.render", "job_id": job.id}))
    assert run_renders() == ["done"]
    assert (db.query(Rendition).one().cache_hits, db.query(Rendition).one().cache_misses) == (2, 0)


def test_text_that_changed_meanwhile_does_not_get_the_old_words_audio(
    desk_as, draft, written, run_renders, workshop, version_now, clock, db
):
    job = service.want_audio(desk_as(), written.id)
    db.commit()
    state = {"edited": False}

    @contextmanager
    def edited_while_speaking():
        with workshop.desk(job.station_id) as desk:
            yield desk
        if not state["edited"]:
            state["edited"] = True
            clock.move(seconds=5)
            edit(desk_as, written, draft(text="Tin đã đổi."))

    assert run_renders(edited_while_speaking) == ["done"]
    assert version_now(written).rendition_id is None
    service.want_audio(desk_as(), written.id)
    assert run_renders() == ["done"]
    assert version_now(written).rendition.spoken == "Tin đã đổi."


def test_a_late_message_never_changes_the_audio_of_an_approved_version(
    made, desk_as, written, run_renders, jobs, seen, db, clock
):
    job = service.want_audio(desk_as(), written.id)
    service.submit_bulletin(desk_as(), written.id)
    approve_bulletin(desk_as(Role.APPROVER), written.id, seen(written))
    db.query(Station).one().opening_words = "Lời chào mới."
    db.commit()
    jobs.ring(type("Late", (), {"task": "bulletins.render", "job_id": job.id}))
    assert "done" in run_renders()
    assert db.query(BulletinVersion).one().rendition_id == made.id
    assert db.query(Rendition).count() == 1


def test_a_recording_is_levelled_like_every_other_item(
    desk_as, draft, run_renders, settings, studio, db
):
    from audio.tunes import tune_wav

    tune = tune_wav("chieu", studio.tunes_dir)
    (settings.uploads_dir / "ban-thu.wav").write_bytes(tune.read_bytes())
    bulletin = service.start_bulletin(desk_as(), draft(text=""))
    service.attach_recording(desk_as(), bulletin.id, "ban-thu.wav")
    assert run_renders() == ["done"]
    rendition = db.query(Rendition).one()
    assert (rendition.engine, rendition.fallback_reason) == ("recording", "")
    assert abs(rendition.audio.loudness_lufs + 16.0) <= 0.5


def test_a_failure_that_was_expected_is_written_where_the_operator_sees_it(
    desk_as, draft, run_renders, db
):
    bulletin = service.start_bulletin(desk_as(), draft(text="… — !"))
    service.want_audio(desk_as(), bulletin.id)
    assert run_renders() == ["failed: speech.refused"]
    job = db.query(Job).one()
    assert job.state is JobState.FAILED
    assert "câu nào để đọc" in job.error_message


def test_stopping_the_real_production_leaves_no_scratch_behind(
    desk_as, written, run_renders, studio
):
    service.want_audio(desk_as(), written.id)
    run_renders()
    assert list(studio.work_dir.iterdir()) == []


def test_the_same_bytes_have_one_row_at_a_station(made, desk_as, draft, run_renders, db):
    twin = service.start_bulletin(desk_as(), draft(title="Bản sao"))
    service.want_audio(desk_as(), twin.id)
    run_renders()
    assert db.query(Rendition).count() == 2
    assert db.query(AudioFile).count() == 1


def test_a_music_bed_lies_under_the_words_and_is_another_sound(desk_as, written, run_renders, db):
    for bed in (False, True):
        db.query(Station).one().music_bed = bed
        db.commit()
        service.want_audio(desk_as(), written.id, fresh=True)
        assert run_renders() == ["done"]
    made = db.query(Rendition).all()
    assert len({rendition.audio.sha256 for rendition in made}) == 2
    assert all(abs(rendition.audio.loudness_lufs + 16) <= 0.5 for rendition in made)
