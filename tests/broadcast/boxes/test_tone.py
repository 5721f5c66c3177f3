"""The test tone: one box, half a minute from now, reported back and counted nowhere."""

from datetime import timedelta

import pytest

from broadcast.airlog.models import LogEntry
from broadcast.boxes import sounding
from broadcast.boxes.models import Box
from broadcast.boxes.tone import GRACE_MS, PURPOSE
from broadcast.boxes.wire import instant
from broadcast.people.rules import Role
from tests.factories.boxes import make_box
from tests.factories.sessions import make_audio


@pytest.fixture
def sound(db, clock, station):
    """The tone as it lies there after the first time."""
    audio = make_audio(db, clock, station, "tone")
    audio.purpose = PURPOSE
    db.commit()
    return audio


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMINISTRATOR)


def tones(answer) -> list[dict]:
    return [one for one in answer.json["sessions"] if one["id"].startswith("tone-")]


def test_the_tone_reaches_this_box_alone(db, clock, station, admin, ask, box, sound):
    other = make_box(db, clock, station, "other")
    before = ask("GET", "plan").headers["ETag"]
    assert admin.post(f"/cum-loa/{box.id}/tieng-thu").status_code == 302
    plan = ask("GET", "plan")
    [tone] = tones(plan)
    assert plan.headers["ETag"] != before
    assert plan.headers["ETag"].strip('"').startswith(plan.json["plan"])
    assert tone["starts_at"] == instant(clock() + sounding.LEAD)
    [line] = tone["running_order"]
    assert (line["kind"], line["airing"]) == ("link", None)
    assert line["audio"]["sha256"] == sound.sha256
    assert tones(ask("GET", "plan", of=other)) == []


def test_a_tone_is_not_planned_again_after_its_time(admin, ask, box, sound, clock, db):
    admin.post(f"/cum-loa/{box.id}/tieng-thu")
    assert tones(ask("GET", "plan"))
    clock.move(seconds=sounding.LEAD.total_seconds() + GRACE_MS / 1000 + 1)
    admin.post(f"/cum-loa/{box.id}/vi-tri", data={"place": ""})
    admin.post(
        f"/cum-loa/{box.id}",
        data={"name": "Cụm", "zone": "", "volume_percent": "50", "trim_ms": "0"},
    )
    assert tones(ask("GET", "plan")) == []


def test_what_the_box_heard_of_it_stands_on_its_page_and_in_no_figure(
    admin, ask, box, sound, clock, db
):
    admin.post(f"/cum-loa/{box.id}/tieng-thu")
    assert "Đang chờ" in admin.get(f"/cum-loa/{box.id}").text
    [tone] = tones(ask("GET", "plan"))
    at = clock() + sounding.LEAD
    clock.move(seconds=40)
    row = {
        "id": "01a20000-0000-7000-8000-000000000001",
        "seq": 1,
        "kind": "link",
        "session": tone["id"],
        "sha256": sound.sha256,
        "planned_start": instant(at),
        "started_at": instant(at),
        "ended_at": instant(at + timedelta(seconds=5)),
        "played_ms": 5000,
        "planned_ms": 5000,
        "outcome": "complete",
        "clock": {"trusted": True, "offset_ms": 3},
    }
    answer = ask("POST", "plays", json={"boot": "b", "plays": [row]})
    assert answer.json["results"][0]["status"] == "accepted"
    page = admin.get(f"/cum-loa/{box.id}/tieng-thu").text
    assert "Phát đủ" in page
    assert "nghe được 5 giây" in page
    assert "hx-get" not in page
    assert db.query(LogEntry).one().airing_id is None


def test_a_box_that_says_nothing_is_said_so(admin, box, sound, clock):
    admin.post(f"/cum-loa/{box.id}/tieng-thu")
    clock.move(seconds=sounding.LEAD.total_seconds() + 2 * GRACE_MS / 1000 + 1)
    assert "Cụm loa không nhận tiếng thử" in admin.get(f"/cum-loa/{box.id}").text
    clock.move(minutes=11)
    assert "Cụm loa không nhận tiếng thử" not in admin.get(f"/cum-loa/{box.id}").text


@pytest.mark.ffmpeg
def test_the_first_time_the_sound_is_made_for_real(admin, ask, box, db, client):
    assert admin.post(f"/cum-loa/{box.id}/tieng-thu").status_code == 302
    [tone] = tones(ask("GET", "plan"))
    audio = tone["running_order"][0]["audio"]
    assert 4_900 < audio["duration_ms"] < 5_300
    sent = client.get(audio["url"], headers={"Authorization": f"Bearer token-of-{box.id}"})
    assert len(sent.data) == audio["bytes"]
    sent.close()


# ---- where it stands ----


def test_a_place_is_kept_shown_and_taken_away_again(admin, box, db):
    path = f"/cum-loa/{box.id}/vi-tri"
    assert admin.post(path, data={"place": "20.8123, 106.4321"}).status_code == 302
    db.expire_all()
    kept = db.get(Box, box.id)
    assert (kept.latitude, kept.longitude) == (20.8123, 106.4321)
    db.commit()
    assert 'value="20.8123, 106.4321"' in admin.get(f"/cum-loa/{box.id}").text
    admin.post(path, data={"place": " "})
    db.expire_all()
    assert db.get(Box, box.id).latitude is None


def test_what_is_no_place_comes_back_with_an_example(admin, box):
    answer = admin.post(f"/cum-loa/{box.id}/vi-tri", data={"place": "sau đình <b>"})
    assert answer.status_code == 422
    assert "ví dụ 20.8123, 106.4321" in answer.text
    assert "sau đình &lt;b&gt;" in answer.text


@pytest.mark.parametrize("path", ["/cum-loa/", "/"])
def test_the_plan_says_the_state_of_each_box_with_a_word(admin, ask, box, path):
    ask("POST", "heartbeat", json={"playing": {"title": "Tin sáng"}})
    page = admin.get(path).text
    assert f'aria-label="{box.name}: Đang phát"' in page


def test_what_the_box_holds_and_misses_is_said(admin, ask, box):
    ask("POST", "heartbeat", json={"cache": {"held": 7, "needed": 5, "missing": 2}})
    page = admin.get(f"/cum-loa/{box.id}").text
    assert "giữ 7 tệp; lịch cần 5 tệp" in page
    assert "còn thiếu 2" in page
