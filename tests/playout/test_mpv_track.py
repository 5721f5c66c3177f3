"""Reading mpv's events, on lines recorded from mpv 0.35.1 with --ao=null."""

import pytest

from playout.mpv_track import MpvTrack
from playout.player import Cue, State

MS = 10**6

RECORDED = [
    (83, {"event": "start-file", "playlist_entry_id": 1}),
    (93, {"event": "file-loaded"}),
    (93, {"event": "property-change", "id": 2, "name": "duration", "data": 1.2}),
    (93, {"event": "property-change", "id": 1, "name": "time-pos", "data": 0.0}),
    (94, {"event": "playback-restart"}),
    ("release", 733),
    (784, {"event": "property-change", "id": 1, "name": "time-pos", "data": 0.049992}),
    (1550, {"event": "property-change", "id": 1, "name": "time-pos", "data": 0.816}),
    (1561, {"event": "end-file", "reason": "eof", "playlist_entry_id": 1}),
    (1561, {"event": "start-file", "playlist_entry_id": 2}),
    (1561, {"event": "property-change", "id": 1, "name": "time-pos"}),
    (1562, {"event": "property-change", "id": 2, "name": "duration", "data": 0.96}),
    (1562, {"event": "property-change", "id": 1, "name": "time-pos", "data": 0.0}),
    (1997, {"event": "property-change", "id": 1, "name": "time-pos", "data": 0.062582}),
    (2383, {"event": "property-change", "id": 1, "name": "time-pos", "data": 0.448385}),
    (2528, {"event": "end-file", "reason": "eof", "playlist_entry_id": 2}),
    (2913, {"event": "idle"}),
]


@pytest.fixture
def track():
    made = MpvTrack()
    made.expect(1, Cue("a", "a.mp3"))
    made.expect(2, Cue("b", "b.mp3"))
    return made


def play(track, lines):
    told = []
    for at, event in lines:
        if at == "release":
            track.released(event * MS)
        else:
            told += track.take(at * MS, event)
    return told


def test_a_file_has_ended_when_the_next_is_heard_not_when_it_was_decoded(track):
    assert play(track, RECORDED[:13]) == []
    assert [p.key for p in track.now()] == ["a"]
    (told,) = play(track, RECORDED[13:14])
    assert (told.key, told.state, told.position_ms) == ("a", State.ENDED, 1200)
    (now,) = track.now()
    assert (now.key, round(now.started_ns / MS)) == ("b", 1997 - 63)


def test_the_last_file_has_ended_when_the_buffer_has_run_dry(track):
    told = play(track, RECORDED)
    assert [(p.key, p.position_ms) for p in told] == [("a", 1200), ("b", 960)]
    assert track.now() == []


def test_a_position_is_never_beyond_what_the_file_holds(track):
    lines = [*RECORDED[:9], (60_000, {"event": "idle"})]
    assert play(track, lines)[0].position_ms == 1200


def test_an_unreadable_follower_fails_and_its_predecessor_ended(track):
    lines = [
        *RECORDED[:10],
        (
            1562,
            {
                "event": "end-file",
                "reason": "error",
                "playlist_entry_id": 2,
                "file_error": "unrecognized file format",
            },
        ),
        (1900, {"event": "idle"}),
    ]
    told = play(track, lines)
    assert [(p.key, p.state) for p in told] == [("a", State.ENDED), ("b", State.FAILED)]
    assert told[1].position_ms == 0


def test_events_of_what_was_thrown_away_change_nothing(track):
    play(track, RECORDED[:8])
    track.forget()
    assert play(track, RECORDED[8:]) == []
    assert track.now() == []


def test_before_its_release_nothing_plays(track):
    play(track, RECORDED[:5])
    assert track.now() == []
