import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.boxes.documents import serve
from broadcast.boxes.wire import (
    BatchTooLarge,
    BodyNotUnderstood,
    HeartbeatWire,
    PlayWire,
    instant,
    read_batch,
    read_heartbeat,
    read_json,
    read_play,
)
from tests.factories.plays import sent_play

GOLDEN = Path(__file__).parents[2] / "golden" / "box_api"
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = sorted(sent_play(MORNING))


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_whatever_a_row_is_it_is_read_or_its_fault_is_named(row):
    read = read_play(row)
    assert isinstance(read, PlayWire) or read


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FIELDS), JSON)
def test_one_strange_field_never_breaks_the_reading(field, value):
    read = read_play(sent_play(MORNING) | {field: value})
    assert isinstance(read, PlayWire) or field in read or "row" in read


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_heartbeat_or_a_named_error(body):
    try:
        json.loads(body)
    except ValueError:
        with pytest.raises(BodyNotUnderstood):
            read_heartbeat(body)


def test_an_empty_heartbeat_is_one():
    assert isinstance(read_heartbeat(b"{}"), HeartbeatWire)


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_comes_back_as_text(written):
    (value,) = read_json(f"[{written}]".encode())
    assert isinstance(value, str)


def test_a_batch_that_is_too_large_says_so():
    with pytest.raises(BatchTooLarge):
        read_batch(json.dumps({"boot": "b", "plays": [1] * 501}).encode())


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 30)).map(
        lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
    ),
    st.integers(-12, 14),
)
def test_an_instant_survives_the_wire_in_whatever_zone_it_was_written(moment, hours):
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    for written in (instant(moment), elsewhere.isoformat()):
        read = read_play(sent_play(MORNING, started_at=written))
        assert isinstance(read, PlayWire)
        assert read.started_at == moment
        assert read.started_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("trusted", "at"), [(True, MORNING + timedelta(minutes=1)), (False, MORNING)]
)
def test_a_row_is_dated_by_its_clock_only_when_that_was_trusted(trusted, at):
    row = sent_play(
        MORNING + timedelta(minutes=1),
        planned_start=MORNING,
        clock={"trusted": trusted, "offset_ms": 0},
    )
    assert read_play(row).at == at


def test_a_row_that_says_nothing_of_its_clock_is_not_trusted():
    row = sent_play(MORNING)
    del row["clock"]
    assert read_play(row).clock.trusted is False


def test_fields_we_do_not_know_pass():
    assert isinstance(read_play(sent_play(MORNING) | {"later": [1]}), PlayWire)


def test_the_moment_of_serving_is_put_into_a_document_without_reading_it():
    body = (GOLDEN / "plan_empty.json").read_text()
    plain = json.loads(body)
    del plain["server_time"], plain["poll_s"]
    served = json.loads(serve(json.dumps(plain), MORNING, 10))
    assert served == plain | {"server_time": instant(MORNING), "poll_s": 10}
