"""The bulletin's sound in the browser: its making, its player, its facts, a recording instead."""

from datetime import timedelta
from io import BytesIO

import pytest

from broadcast.bulletins.models import BulletinVersion
from broadcast.jobs.models import Job, JobState
from broadcast.jobs.service import lease_job, report_progress


def test_progress_is_counted_by_sentence_and_the_page_is_renewed_at_the_end(
    browser, written, desk_as, db
):
    client = browser()
    client.post(f"/tin-bai/{written.id}/am-thanh")
    job = db.query(Job).one()
    lease_job(desk_as(), job.id)
    report_progress(desk_as(), job.id, 4, 23, "câu")
    going_on = client.get(f"/tin-bai/{written.id}/tien-do")
    assert "câu 4/23" in going_on.text
    assert "HX-Refresh" not in going_on.headers
    assert "câu 4/23" in client.get(f"/tin-bai/{written.id}").text
    client.post(f"/tin-bai/{written.id}/dung-am-thanh")
    assert client.get(f"/tin-bai/{written.id}/tien-do").headers["HX-Refresh"] == "true"
    assert "Đã dừng làm âm thanh" in client.get(f"/tin-bai/{written.id}").text


def test_the_page_of_a_finished_bulletin_plays_it_and_says_its_facts(browser, written, give_audio):
    give_audio(written)
    page = browser().get(f"/tin-bai/{written.id}").text
    assert f'src="/media/{"a" * 64}.mp3"' in page
    assert 'data-starts="500" data-ends="3000"' in page
    for fact in ("1 phút 1 giây", "-16,1 LUFS", "-1,9 dBTP", "12%", "Google"):
        assert fact in page


def test_a_substitute_voice_is_marked_and_the_redo_offered_when_the_wished_one_is_back(
    browser, written, give_audio, db
):
    give_audio(written, engine="espeak", fallback_reason="Mất mạng.")
    client = browser()
    page = client.get(f"/tin-bai/{written.id}").text
    assert "giọng thay thế" in page
    assert "Làm lại bằng giọng đã chọn" in page
    client.post(f"/tin-bai/{written.id}/am-thanh", data={"fresh": "yes"})
    assert db.query(BulletinVersion).one().rendition_id is None


def test_the_redo_is_not_offered_while_the_wished_voice_rests(
    browser, written, give_audio, settings
):
    from audio.speech.base import Engine
    from audio.speech.breaker import Breaker
    from audio.speech.errors import SpeechThrottled
    from broadcast.clock import wall_clock

    Breaker(settings.speech_dir / "resting.json").trip(
        Engine.GOOGLE, SpeechThrottled(), wall_clock() + timedelta(minutes=1)
    )
    give_audio(written, engine="espeak", fallback_reason="Mất mạng.")
    assert "Làm lại bằng giọng" not in browser().get(f"/tin-bai/{written.id}").text


def test_an_empty_upload_is_refused_on_the_form(browser, written):
    fields = {"sound": (BytesIO(b""), "rong.mp3")}
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data=fields)
    assert answer.status_code == 422
    assert "Tệp rỗng" in answer.text


@pytest.mark.parametrize("content", [b"MZ\x90 no sound", b"#EXTM3U\nhttp://x", b"\x00" * 5000])
def test_a_file_without_sound_is_refused_on_the_form_and_leaves_nothing(
    browser, written, settings, content
):
    fields = {"sound": (BytesIO(content), "<b>../../tin.mp3")}
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data=fields)
    assert answer.status_code == 422
    assert list(settings.uploads_dir.iterdir()) == []


def test_no_file_chosen_is_said_on_the_form(browser, written):
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data={})
    assert answer.status_code == 422
    assert "Hãy chọn một tệp" in answer.text


def test_a_huge_upload_is_refused_by_name_before_it_is_read(app, browser, written):
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    fields = {"sound": (BytesIO(b"x" * 20_000), "to.mp3")}
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data=fields)
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


def test_a_recording_becomes_the_bulletins_sound(browser, written, settings, db, tmp_path):
    from audio.tunes import tune_wav

    sound = tune_wav("sang", tmp_path).read_bytes()
    answer = browser().post(
        f"/tin-bai/{written.id}/thu-am", data={"sound": (BytesIO(sound), "thu.wav")}
    )
    assert answer.status_code == 302
    version = db.query(BulletinVersion).one()
    assert version.engine == "recording"
    assert (settings.uploads_dir / version.upload_path).is_file()
    assert db.query(Job).one().state is JobState.QUEUED
