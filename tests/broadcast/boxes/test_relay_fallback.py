"""What a slot chose for a stream that fails is in the plan, and the box fetches it beforehand."""

import json
from datetime import UTC, timedelta

import pytest

from broadcast.boxes.plans import build_plan
from broadcast.people.rules import Role
from broadcast.timetable.models import LineKind
from playout.decide import list_needed
from playout.wire import parse_plan
from tests.factories.sessions import make_audio, make_line, make_session

STATION = "http://dai.test"
STREAM = "http://vov.test/live"


@pytest.fixture
def plan(db, clock, station, box, desk_as):
    """The plan as our own box understands it: one relay in an hour, with `audio` behind it."""

    def made(audio=None):
        row = make_session(db, station, clock() + timedelta(hours=1))
        make_line(db, row, kind=LineKind.RELAY, stream_url=STREAM, title="VOV", audio=audio,
                  duration_ms=300_000)  # fmt: skip
        desk = desk_as(Role.ADMINISTRATOR)
        with desk.session:
            body = json.loads(build_plan(desk, box.id).body) | {"poll_s": 10}
        return parse_plan(json.dumps(body), STATION)

    return made


def test_the_box_is_told_the_fallback_and_fetches_it_before_the_relay(plan, db, clock, station):
    audio = make_audio(db, clock, station, duration_ms=20_000)
    told = plan(audio)
    (item,) = told.sessions[0].running_order
    assert (item.stream.url, item.audio) == (STREAM, None)
    assert item.stream.fallback.sha256 == audio.sha256
    (needed,) = list_needed(told, set(), clock().astimezone(UTC))
    assert needed[0].sha256 == audio.sha256


def test_a_fallback_whose_bytes_are_gone_is_not_listed(plan, db, clock, station):
    audio = make_audio(db, clock, station)
    audio.removed_at = clock()
    db.commit()
    (item,) = plan(audio).sessions[0].running_order
    assert item.stream.fallback is None


def test_a_relay_without_fallback_is_still_a_relay(plan, clock):
    told = plan()
    (item,) = told.sessions[0].running_order
    assert item.stream.fallback is None
    assert list_needed(told, set(), clock()) == []
