"""A line may be for fewer zones than its session: the other boxes have a gap, nothing moves."""

import json
from datetime import timedelta

import pytest

from audio.mp3_frames import count_frames, duration_of
from audio.programme import join
from broadcast.airlog.days import reconcile_day
from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.boxes.plans import build_plan
from broadcast.bulletins.models import AudioFile
from broadcast.people.rules import Role
from broadcast.timetable.models import Emergency, LineKind, Priority
from tests.factories.boxes import make_box, make_zone
from tests.factories.sessions import make_line, make_session

MINUTE_MS = 60_000


@pytest.fixture
def west(db, station, area):
    return make_zone(db, station, "tay", parent=area)


@pytest.fixture
def west_box(db, clock, station, west):
    return make_box(db, clock, station, "tay", zone=west)


@pytest.fixture
def document(desk_as):
    def made(of):
        desk = desk_as(Role.ADMINISTRATOR)
        with desk.session:
            return json.loads(build_plan(desk, of.id).body)

    return made


@pytest.fixture
def session(db, clock, station):
    """A session for everybody in an hour: a tune, something for the hamlet alone, then for all."""

    def make(hamlet, **facts):
        row = make_session(db, station, clock() + timedelta(hours=1), **facts)
        make_line(db, row, "0", kind=LineKind.SILENCE)
        make_line(db, row, "1", kind=LineKind.RELAY, stream_url="http://vov.test/1", title="VOV 1",
                  offset_ms=MINUTE_MS, zone_ids=[hamlet.id])  # fmt: skip
        make_line(db, row, "2", kind=LineKind.RELAY, stream_url="http://vov.test/2", title="VOV 2",
                  offset_ms=2 * MINUTE_MS)  # fmt: skip
        return row

    return make


def offsets(document):
    (session,) = document["sessions"]
    return [line["offset_ms"] for line in session["running_order"]]


def test_a_box_outside_the_zones_of_a_line_has_a_gap_and_the_rest_keeps_its_time(
    box, west_box, hamlet, session, document
):
    session(hamlet)
    assert offsets(document(box)) == [0, MINUTE_MS, 2 * MINUTE_MS]
    assert offsets(document(west_box)) == [0, 2 * MINUTE_MS]


def test_a_session_with_nothing_but_its_frame_for_a_box_is_silent_there(
    db, clock, station, box, west_box, hamlet, document
):
    row = make_session(db, station, clock() + timedelta(hours=1))
    make_line(db, row, "0", kind=LineKind.SILENCE)
    make_line(db, row, "1", kind=LineKind.RELAY, stream_url="http://vov.test/", title="VOV",
              offset_ms=MINUTE_MS, zone_ids=[hamlet.id])  # fmt: skip
    assert offsets(document(box)) == [0, MINUTE_MS]
    assert offsets(document(west_box)) == []


def test_the_log_expects_a_line_only_where_it_was_meant_to_be_heard(
    db, clock, box, west_box, hamlet, session, desk_as
):
    row = session(hamlet)
    clock.move(hours=5)
    desk = desk_as(Role.ADMINISTRATOR)
    with desk.session:
        reconcile_day(desk, row.local_day)
    rows = {one.title: one for one in db.query(AiringRow)}
    assert rows["VOV 1"].boxes_expected == 1
    assert rows["VOV 1"].zone_ids == [hamlet.id]
    assert [part["box"] for part in rows["VOV 1"].boxes] == [box.id]
    assert rows["VOV 2"].boxes_expected == 2
    assert {one.outcome for one in rows.values()} == {AiringOutcome.MISSED}


def test_a_joined_file_has_silence_of_exact_length_where_the_zone_hears_nothing(
    db, client, planned, box, west_box, hamlet, tmp_path
):
    def sound(frames):
        path = tmp_path / f"{frames}.mp3"
        return join([24 * frames], path).path.read_bytes()

    line = planned("1", hours=1, content=sound(50), line={"zone_ids": [hamlet.id]})
    later = planned("2", hours=1, content=sound(40), line={"offset_ms": 24 * 100})
    for audio_of, frames in ((line, 50), (later, 40)):
        db.get(AudioFile, audio_of.audio_id).duration_ms = 24 * frames
    later.session_id = line.session_id
    db.commit()
    for holder, sounding in ((box, 2), (west_box, 1)):
        key = f"/p/key-of-{holder.id}"
        assert client.get(f"{key}/today.m3u").text.count("#EXTINF") == sounding
        answer = client.get(f"{key}/session/{line.session_id}.mp3", buffered=True)
        joined = tmp_path / f"{holder.id}.mp3"
        joined.write_bytes(answer.data)
        assert duration_of(count_frames(joined)) == 24 * 140


def test_an_ended_emergency_is_told_to_every_box_that_may_hold_it(
    db, clock, station, people_of, box, west_box, hamlet, planned, document
):
    line = planned("1", hours=0, zone_ids=[hamlet.id], session={"priority": Priority.EMERGENCY})
    row = line.session
    emergency = Emergency(
        id="emergency", station_id=station.id, bulletin_id=line.bulletin_id, reason="Nước lên",
        zone_ids=[hamlet.id], until=clock() + timedelta(hours=1), started_at=clock(),
        user_id=people_of[Role.OPERATOR].id, user_name="Hạnh",
    )  # fmt: skip
    db.add(emergency)
    db.flush()
    row.emergency_id = emergency.id
    db.commit()
    assert len(document(west_box)["sessions"]) == 0
    row.cancelled_at = clock()
    hamlet.closed_at = clock()
    db.commit()
    for holder in (box, west_box):
        (told,) = document(holder)["sessions"]
        assert (told["id"], told["running_order"]) == (row.id, [])
