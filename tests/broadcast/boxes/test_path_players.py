from dataclasses import replace

import pytest
from sqlalchemy import update

from audio.probe import measure
from audio.programme import join
from broadcast.boxes.models import BoxPath
from broadcast.timetable.models import LineKind, SessionRow
from tests.factories.sessions import make_line


@pytest.fixture
def key(box):
    return f"key-of-{box.id}"


@pytest.fixture
def get(client, key):
    def fetch(path, *, method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(f"/p/{key}/{path}", method=method, headers=named, buffered=True)

    return fetch


@pytest.fixture
def station_sound(tmp_path):
    """Bytes of a station MP3 of so many milliseconds."""

    def sound(duration_ms):
        return join([duration_ms], tmp_path / f"{duration_ms}.mp3").path.read_bytes()

    return sound


def test_the_list_of_the_day_has_absolute_addresses_and_vietnamese_titles(get, planned, key):
    line = planned(hours=2)
    answer = get("today.m3u")
    assert answer.status_code == 200
    assert answer.content_type.startswith("audio/x-mpegurl")
    head, facts, address = answer.text.splitlines()
    assert head == "#EXTM3U"
    assert facts == "#EXTINF:60,Tin 1"
    assert address.startswith(f"http://localhost/p/{key}/audio/")
    assert line.title in facts


def test_addresses_are_those_that_the_station_was_told_to_be_reached_by(
    make_app, settings, planned, key
):
    planned(hours=2)
    app = make_app(replace(settings, public_url="https://loa.example"))
    listed = app.test_client().get(f"/p/{key}/today.m3u", base_url="http://10.0.0.2:8080").text
    assert f"\nhttps://loa.example/p/{key}/audio/" in listed


def test_every_address_of_the_list_answers(get, planned, key):
    planned(hours=2, content=b"sound")
    (address,) = [line for line in get("today.m3u").text.splitlines() if line.startswith("http")]
    answer = get(address.removeprefix(f"http://localhost/p/{key}/"))
    assert (answer.status_code, answer.data) == (200, b"sound")


def test_only_what_is_ready_is_listed(db, get, planned):
    ready = planned(hours=2)
    make_line(db, db.get(SessionRow, ready.session_id), "2", offset_ms=60_000)
    assert get("today.m3u").text.count("#EXTINF") == 1


def test_a_title_of_two_lines_does_not_break_the_list(get, planned):
    planned(hours=2, line={"title": "Tin\nhttp://elsewhere/"})
    assert get("today.m3u").text.count("\n") == 3


def test_now_lists_what_is_on_at_this_moment(get, planned, clock):
    planned("soon", hours=1)
    assert get("now.m3u").text == "#EXTM3U\n"
    clock.move(minutes=61)
    assert "Tin soon" in get("now.m3u").text


def test_tomorrow_is_not_today(get, planned):
    planned(hours=24)
    assert get("today.m3u").text == "#EXTM3U\n"


@pytest.mark.parametrize("path", ["today.m3u", "now.m3u", "schedule.ics"])
def test_head_answers_like_get_and_a_known_list_is_a_304(get, planned, path):
    planned(hours=1)
    whole, head = get(path), get(path, method="HEAD")
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == whole.headers[name]
    assert get(path, If_None_Match=whole.headers["ETag"]).status_code == 304


def test_a_session_is_one_file_with_its_silences(get, planned, station_sound, tmp_path):
    line = planned(hours=1, content=station_sound(2400), line={"offset_ms": 1200})
    answer = get(f"session/{line.session_id}.mp3")
    assert answer.content_type == "audio/mpeg"
    whole = tmp_path / "whole.mp3"
    whole.write_bytes(answer.data)
    assert measure(whole).duration_ms == 3600
    part = get(f"session/{line.session_id}.mp3", Range="bytes=10-19")
    assert (part.status_code, part.data) == (206, answer.data[10:20])
    assert get(f"session/{line.session_id}.mp3", Range="bytes=99999999-").status_code == 416
    known = get(f"session/{line.session_id}.mp3", If_None_Match=answer.headers["ETag"])
    assert known.status_code == 304


def test_a_relay_is_left_to_boxes_that_can_leave_it(get, planned):
    planned(hours=1, line={"kind": LineKind.RELAY, "stream_url": "https://vov.example/1"})
    assert get("today.m3u").text == "#EXTM3U\n"


def test_the_calendar_folds_its_lines_and_ends_them_as_rfc_5545_wants(get, planned):
    title = "Thông báo, lịch tiêm; " * 8
    planned(hours=1, line={"title": title})
    answer = get("schedule.ics")
    assert answer.content_type.startswith("text/calendar")
    lines = answer.data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    unfolded = answer.text.replace("\r\n ", "")
    assert "DTSTART:20261123T020000Z" in unfolded
    assert "lịch tiêm\\; Thông báo\\, lịch" in unfolded


@pytest.mark.parametrize(
    "path", ["today.m3u", "now.m3u", "schedule.ics", "session/x.mp3", "audio/x.mp3", "other"]
)
def test_a_key_that_is_wrong_or_revoked_opens_nothing(db, client, get, clock, path):
    assert client.get(f"/p/wrong/{path}").status_code == 404
    db.execute(update(BoxPath).values(revoked_at=clock()))
    db.commit()
    assert get(path).status_code == 404


def test_what_is_missing_is_missing(get):
    assert get("session/none.mp3").status_code == 404
    assert get("audio/" + "0" * 64 + ".mp3").status_code == 404


def test_a_hot_loop_is_slowed_down_for_its_own_key_only(client, get, key):
    answers = [get("audio/x.mp3").status_code for _ in range(1205)]
    assert set(answers[:1200]) == {404}
    assert answers[-1] == 429
    assert client.get("/p/other-key/today.m3u").status_code == 404
