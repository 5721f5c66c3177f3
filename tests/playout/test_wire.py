"""The contract: golden documents, what is refused, what is left out, what is ignored."""

import copy
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playout.errors import AnswerNotUnderstood, PlanNotUnderstood
from playout.plan import Kind, LateMode, Priority
from playout.plays import Outcome, PlayRow
from playout.wire import (
    dump_plays,
    instant,
    parse_instant,
    parse_plan,
    parse_plays_answer,
    parse_server_time,
)

STATION = "https://loa.example"


def read(golden, name):
    return json.loads((golden / f"{name}.json").read_text(encoding="utf-8"))


def parse(document):
    return parse_plan(json.dumps(document), STATION)


@pytest.fixture
def normal(golden):
    return read(golden, "plan_normal")


def test_the_golden_plan_is_read_in_full(normal):
    plan = parse(normal)
    morning, priority = plan.sessions
    assert (plan.version, plan.poll_s, plan.volume_percent, plan.faults) == ("41", 10, 80, ())
    assert plan.valid_until - plan.generated_at == timedelta(hours=72)
    kinds = [Kind.SIGNATURE, Kind.LINK, Kind.BULLETIN, Kind.SILENCE, Kind.BULLETIN, Kind.RELAY]
    assert [i.kind for i in morning.running_order] == kinds
    assert morning.late.grace == timedelta(minutes=5)
    assert (priority.priority, priority.late.mode) == (Priority.PRIORITY, LateMode.SKIP)
    bulletin, relay = morning.running_order[2], morning.running_order[5]
    assert bulletin.audio.url == f"{STATION}/media/{'c' * 64}.mp3"
    assert (bulletin.title, bulletin.topic) == (
        "Hướng dẫn nộp hồ sơ trực tuyến",
        "Cải cách hành chính",
    )
    assert relay.stream.fallback.sha256 == "e" * 64
    assert morning.ends_at - morning.starts_at == timedelta(milliseconds=1_068_800)


def test_the_golden_emergency_repeats_and_interrupts(golden):
    plan = parse(read(golden, "plan_emergency"))
    cry = plan.sessions[1]
    assert cry.is_emergency
    assert cry.repeat.every == timedelta(minutes=10)


def test_an_empty_plan_is_a_plan(golden):
    plan = parse(read(golden, "plan_empty"))
    assert (plan.version, plan.sessions) == ("42", ())


def test_unknown_fields_are_ignored_everywhere(normal):
    def sprinkle(value):
        if isinstance(value, dict):
            return {k: sprinkle(v) for k, v in value.items()} | {"from_the_future": {"x": [1]}}
        return [sprinkle(v) for v in value] if isinstance(value, list) else value

    assert parse(sprinkle(normal)) == parse(normal)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"schema": None},
        {"plan": ...},
        {"valid_until": "soon"},
        {"valid_until": "2026-11-23T05:00:00"},
        {"sessions": None},
        {"poll_s": "x"},
    ],
)
def test_a_frame_that_does_not_hold_refuses_the_whole_document(normal, change):
    document = {k: v for k, v in (normal | change).items() if v is not ...}
    with pytest.raises(PlanNotUnderstood):
        parse(document)


@pytest.mark.parametrize("text", ["", "<html>", "[]", "null", '"x"', "1"])
def test_what_is_no_plan_is_refused_by_name(text):
    with pytest.raises(PlanNotUnderstood):
        parse_plan(text, STATION)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("audio", "sha256"), "../../etc/passwd"),
        (("audio", "sha256"), "A" * 64),
        (("audio", "url"), "https://elsewhere.example/a.mp3"),
        (("audio", "url"), "http://loa.example/media/a.mp3"),
        (("audio", "url"), "//elsewhere.example/a.mp3"),
        (("audio", "url"), "file:///etc/passwd"),
        (("audio", "bytes"), 0),
        (("audio", "duration_ms"), True),
        (("offset_ms",), -1),
        (("duration_ms",), 0),
        (("kind",), "advert"),
        (("audio",), None),
        (("audio",), {"stream": "file:///etc/passwd", "fallback": None}),
        (("audio",), {"stream": "rtsp://x/y", "fallback": None}),
        (("audio",), {"stream": "http:///x", "fallback": None}),
    ],
)
def test_a_session_that_is_wrong_or_dangerous_is_left_out_and_named(normal, path, value):
    document = copy.deepcopy(normal)
    place = document["sessions"][0]["running_order"][2]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    plan = parse(document)
    assert [s.id for s in plan.sessions] == [normal["sessions"][1]["id"]]
    assert len(plan.faults) == 1
    assert normal["sessions"][0]["id"] in plan.faults[0]


@settings(deadline=None, max_examples=200)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda v: (
            st.lists(v, max_size=3)
            | st.dictionaries(
                st.sampled_from(["schema", "plan", "sessions", "late", "audio", "id"]),
                v,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_no_document_raises_anything_but_the_named_error(value):
    with suppress(PlanNotUnderstood):
        parse_plan(json.dumps(value), STATION)


def test_an_audio_address_may_be_relative_to_the_station(normal):
    plan = parse_plan(json.dumps(normal), "http://10.0.0.2:8000")
    assert plan.sessions[0].running_order[0].audio.url.startswith("http://10.0.0.2:8000/media/a")


def test_the_golden_batch_is_what_the_box_writes(golden):
    batch = read(golden, "plays_batch")
    rows = [row_of(play, batch["boot"]) for play in batch["plays"]]
    written = dump_plays(batch["boot"], parse_instant(batch["sent_at"]), rows)
    assert json.loads(written) == batch


def row_of(play, boot):
    return PlayRow(
        id=play["id"], boot=boot, seq=play["seq"], key="k", airing=play["airing"], session=play["session"],
        kind=play["kind"], sha256=play["sha256"], title=play["title"], topic=play["topic"],
        planned_start=parse_instant(play["planned_start"]), planned_ms=play["planned_ms"],
        started_at=play["started_at"] and parse_instant(play["started_at"]),
        ended_at=play["ended_at"] and parse_instant(play["ended_at"]),
        played_ms=play["played_ms"], outcome=Outcome(play["outcome"]), reason=play["reason"],
        clock_trusted=play["clock"]["trusted"], clock_offset_ms=play["clock"]["offset_ms"],
    )  # fmt: skip


def test_the_golden_answer_is_read_row_by_row(golden):
    answers = parse_plays_answer((golden / "plays_answer.json").read_bytes())
    assert [a.status for a in answers] == [
        "accepted",
        "accepted",
        "duplicate",
        "rejected",
        "accepted",
    ]
    assert answers[3].reason


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b'{"results": [{}]}', b'{"results": 5}'])
def test_an_answer_without_results_acknowledges_nothing(text):
    with pytest.raises(AnswerNotUnderstood):
        parse_plays_answer(text)


def test_the_stations_time_is_in_its_heartbeat_answer(golden):
    text = (golden / "heartbeat_answer.json").read_bytes()
    assert parse_server_time(text) == datetime(2026, 11, 23, 22, 0, 20, 250_000, UTC)


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)), st.integers(-12, 14))
def test_an_instant_survives_the_wire_to_the_millisecond(moment, hours):
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    local = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert parse_instant(instant(local)) == local
    assert instant(local).endswith("Z")


def test_a_session_fault_never_hides_an_emergency(golden):
    document = read(golden, "plan_emergency")
    document["sessions"][0]["running_order"] = "broken"
    plan = parse(document)
    assert [s.is_emergency for s in plan.sessions] == [True]
    assert replace(plan, faults=()).faults == ()
