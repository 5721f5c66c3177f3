"""An emergency in a person's own voice: uploaded, kept while the form is put right, heard."""

import io
import re
import subprocess

import pytest

from audio.ffmpeg import ffmpeg_path
from broadcast.bulletins.models import BulletinVersion
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from broadcast.timetable.models import Emergency

FORM = {"repeat_minutes": "10", "last_minutes": "60", "bulletin_id": "", "text": "", "word": "PHÁT"}


@pytest.fixture(scope="module")
def voice():
    """Two seconds of sound as a phone sends it."""
    command = [
        ffmpeg_path(), "-v", "error", "-f", "lavfi", "-i", "sine=frequency=300:duration=2",
        "-f", "webm", "-c:a", "libopus", "pipe:1",
    ]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.fixture
def send(desk_page):
    """`send(sound=bytes, **fields)` posts the form as a browser does."""

    def post(sound=None, role=Role.OPERATOR, **fields):
        data = FORM | fields
        if sound is not None:
            data["sound"] = (io.BytesIO(sound), "thu-am.webm")
        return desk_page("khan-cap", role, data=data, content_type="multipart/form-data")

    return post


def test_a_recording_alone_is_an_emergency_and_its_sound_is_urgent_work(office, send, voice):
    assert send(voice).status_code == 302
    office.only(Emergency)
    version = office.only(BulletinVersion)
    assert (version.engine, version.spoken) == ("recording", "")
    assert version.upload_path.endswith(".wav")
    assert version.title.startswith("Thông báo khẩn lúc")
    job = office.db.query(Job).filter_by(kind=JobKind.RENDER).one()
    assert (job.subject, job.urgent) == (version.id, True)


def test_a_text_beside_a_recording_is_what_the_log_shows(office, send, voice):
    assert send(voice, text="Nước đang lên nhanh.").status_code == 302
    version = office.only(BulletinVersion)
    assert (version.title, version.spoken) == ("Nước đang lên nhanh.", "")


def test_a_wrong_word_does_not_lose_the_recording(office, send, voice):
    refused = send(voice, word="phá", text="Nước đang lên.")
    assert refused.status_code == 422
    assert "Đã giữ bản ghi âm 2 giây" in refused.text
    assert "Nước đang lên." in refused.text
    (token,) = re.findall(r'name="kept_sound" value="([^"]+)"', refused.text)
    assert send(kept_sound=token).status_code == 302
    assert office.only(BulletinVersion).upload_path


def test_a_recording_that_we_did_not_keep_is_not_taken(office, send):
    refused = send(kept_sound="WyIuLi9zZWNyZXQiLCAxXQ.aaaa.bbbb")
    assert refused.status_code == 422
    assert "Hãy thu hoặc chọn lại" in refused.text
    assert office.db.query(Emergency).count() == 0


def test_a_file_that_is_no_sound_is_told_in_the_form_and_the_text_stays(office, send):
    refused = send(b"%PDF-1.4 no sound at all", text="Nước đang lên.")
    assert refused.status_code == 422
    assert "không phải tệp âm thanh" in refused.text
    assert "Nước đang lên." in refused.text
    assert office.db.query(Emergency).count() == 0


def test_a_recording_and_a_ready_bulletin_at_once_are_refused(office, send, voice):
    bulletin = office.approved()
    refused = send(voice, bulletin_id=bulletin.id)
    assert refused.status_code == 422
    assert "Chỉ phát một thứ" in refused.text
    assert office.db.query(Emergency).count() == 0


def test_who_may_not_start_an_emergency_may_not_send_a_recording(office, send, voice):
    assert send(voice, role=Role.VIEWER).status_code == 403
    assert office.db.query(Emergency).count() == 0
