import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from broadcast.airlog.models import LogEntry
from broadcast.boxes.models import BoxEvent, BoxHealth, BoxToken, PlanDocument
from broadcast.boxes.wire import instant
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play

GOLDEN = Path(__file__).parents[2] / "golden" / "box_api"


def golden(name):
    return json.loads((GOLDEN / name).read_text())


def test_a_box_gets_its_plan_and_then_hears_that_it_has_it(ask, planned):
    planned(hours=2)
    first = ask("GET", "plan")
    assert first.status_code == 200
    assert len(first.json["sessions"]) == 1
    again = ask("GET", "plan", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_the_answer_tells_the_stations_time_and_when_to_come_back(ask, clock):
    ask("GET", "plan")
    clock.move(seconds=7)
    answer = ask("GET", "plan").json
    assert answer["server_time"] == instant(clock())
    assert answer["poll_s"] == 10


def test_a_change_is_in_the_plan_at_the_next_poll_even_when_no_worker_lives(db, ask, planned):
    etag = ask("GET", "plan").headers["ETag"]
    planned(hours=1)
    db.execute(update(PlanDocument).values(stale=True))
    db.commit()
    answer = ask("GET", "plan", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert len(answer.json["sessions"]) == 1


def test_a_document_marked_stale_without_a_change_is_still_a_304(db, ask):
    etag = ask("GET", "plan").headers["ETag"]
    db.execute(update(PlanDocument).values(stale=True))
    db.commit()
    assert ask("GET", "plan", headers={"If-None-Match": etag}).status_code == 304


def test_a_plan_that_has_run_out_is_made_anew(ask, clock):
    first = ask("GET", "plan").json
    clock.move(days=30)
    assert ask("GET", "plan").json["valid_until"] > first["valid_until"]


def test_head_answers_like_get(ask):
    answer = ask("HEAD", "plan")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"]


@pytest.mark.parametrize("path", ["GET plan", "POST plays", "POST heartbeat"])
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic eDp5", "Bearer ", "x"])
def test_without_a_token_that_holds_there_is_one_answer(client, path, authorization):
    method, path = path.split()
    headers = {"Authorization": authorization} if authorization else {}
    answer = client.open(f"/api/box/v1/{path}", method=method, headers=headers, json={})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "boxes.token_not_known"
    assert "Bearer" in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("column", ["revoked_at", "expires_at"])
def test_a_token_ends_when_it_is_revoked_or_runs_out(db, ask, clock, column):
    assert ask("GET", "plan").status_code == 200
    db.execute(update(BoxToken).values({column: clock()}))
    db.commit()
    assert ask("GET", "plan").status_code == 401
    assert ask("POST", "heartbeat", json={}).status_code == 401


def test_the_golden_batch_of_the_box_is_understood(db, ask, client):
    batch = golden("plays_batch.json")
    answer = ask("POST", "plays", json=batch)
    assert answer.status_code == 200
    assert [one["status"] for one in answer.json["results"]] == ["accepted"] * 5
    assert set(answer.json) == set(golden("plays_answer.json"))
    assert set(answer.json["results"][0]) == set(golden("plays_answer.json")["results"][0])
    assert [one["id"] for one in answer.json["results"]] == [p["id"] for p in batch["plays"]]


def test_every_row_has_its_own_answer(db, ask, clock):
    good, bad = sent_play(clock()), sent_play(clock(), played_ms=-1)
    answer = ask("POST", "plays", json={"boot": "b", "plays": [good, bad, good]}).json
    assert [one["status"] for one in answer["results"]] == ["accepted", "rejected", "duplicate"]
    assert answer["results"][0]["reason"] is None
    assert answer["results"][1]["reason"]
    assert answer["server_time"] == instant(clock())
    assert len(db.scalars(select(LogEntry)).all()) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"5", b'{"plays": []}', b'{"boot": "", "plays": []}', b'{"boot": "b"}',
     b'{"boot": "b\\u0000", "plays": []}', b"[" * 100_000, b"\xff"],
)  # fmt: skip
def test_a_body_that_is_no_batch_is_a_problem_and_changes_nothing(db, ask, body):
    answer = ask("POST", "plays", data=body)
    assert answer.status_code == 400
    assert answer.json["code"] == "boxes.body_not_understood"
    assert db.scalars(select(LogEntry)).all() == []


def test_numbers_that_json_does_not_know_spoil_only_their_own_row(ask, clock):
    good = json.dumps(sent_play(clock()))
    bad = json.dumps(sent_play(clock(), played_ms=1)).replace('"played_ms": 1', '"played_ms": NaN')
    huge = json.dumps(sent_play(clock(), seq=1)).replace('"seq": 1', '"seq": 1e999')
    body = f'{{"boot": "b", "plays": [{bad}, {good}, {huge}]}}'
    answer = ask("POST", "plays", data=body).json
    assert [one["status"] for one in answer["results"]] == ["rejected", "accepted", "rejected"]


def test_a_batch_is_at_most_500_rows_and_2_megabytes(ask, clock):
    rows = [sent_play(clock())] * 501
    answer = ask("POST", "plays", json={"boot": "b", "plays": rows})
    assert (answer.status_code, answer.json["code"]) == (400, "boxes.batch_too_large")
    answer = ask("POST", "plays", data=b" " * 2_000_001)
    assert answer.status_code == 413


def test_the_golden_heartbeat_of_the_box_is_understood(db, ask, box, clock):
    answer = ask("POST", "heartbeat", json=golden("heartbeat.json"))
    assert answer.status_code == 200
    assert set(answer.json) == set(golden("heartbeat_answer.json"))
    health = db.get(BoxHealth, box.id)
    assert health.seen_at == clock()
    assert (health.version, health.clock_offset_ms, health.clock_trusted) == ("0.1.0", 12, True)
    assert (health.free_bytes, health.journal_depth) == (9126805504, 1)
    assert health.playing["title"] == "Hướng dẫn nộp hồ sơ trực tuyến"
    assert health.facts["faults"][0]["code"] == "box.media_corrupt"


def test_a_heartbeat_says_that_the_newest_plan_has_been_seen(db, ask, box, clock):
    plan = ask("GET", "plan").json["plan"]
    ask("POST", "heartbeat", json={"plan": {"version": "older"}})
    assert db.get(BoxHealth, box.id).plan_seen_at is None
    db.commit()
    ask("POST", "heartbeat", json={"plan": {"version": plan}})
    db.expire_all()
    assert db.get(BoxHealth, box.id).plan_seen_at == clock()


def test_a_box_that_comes_back_leaves_a_trace(db, ask, clock):
    ask("POST", "heartbeat", json={})
    clock.move(minutes=42)
    ask("POST", "heartbeat", json={})
    sentences = db.scalars(select(BoxEvent.sentence).order_by(BoxEvent.at)).all()
    assert "42 phút" in sentences[-1]


def test_a_fault_is_noted_when_it_begins_and_not_with_every_heartbeat(db, ask):
    fault = {"faults": [{"code": "box.disk_full", "message": "Hết chỗ"}]}
    for body in (fault, fault, {}, fault):
        ask("POST", "heartbeat", json=body)
    kinds = db.scalars(select(BoxEvent.kind)).all()
    assert kinds.count("box.disk_full") == 2


def test_a_small_player_may_say_little(ask):
    assert ask("POST", "heartbeat", json={"something": "else"}).status_code == 200


def test_a_box_of_another_station_gets_its_own_plan(db, clock, ask, planned, other_station):
    planned(hours=1)
    stranger = make_box(db, clock, other_station, "7")
    answer = ask("GET", "plan", of=stranger).json
    assert answer["station"]["id"] == other_station.id
    assert answer["sessions"] == []


def test_rows_that_waited_a_month_are_taken_in(db, ask, clock):
    heard_at = clock()
    clock.move(days=30)
    rows = [sent_play(heard_at + timedelta(minutes=n), seq=n + 1) for n in range(500)]
    answer = ask("POST", "plays", json={"boot": "b", "plays": rows}).json
    assert {one["status"] for one in answer["results"]} == {"accepted"}
    first = db.scalar(select(LogEntry).order_by(LogEntry.number))
    assert first.started_at == heard_at
    assert isinstance(first.received_at, datetime)


def test_the_door_answers_only_tokens_that_hold_for_good(db, ask, clock):
    etag = ask("GET", "plan").headers["ETag"]
    known = {"If-None-Match": f'"{"0" * 64}", {etag}'}
    assert ask("GET", "plan", headers=known).status_code == 304
    db.execute(update(BoxToken).values(expires_at=clock() + timedelta(hours=1)))
    db.commit()
    assert ask("GET", "plan", headers=known).status_code == 304
    clock.move(hours=1)
    assert ask("GET", "plan", headers=known).status_code == 401


@pytest.mark.parametrize("etag", ['W/"x"', "nonsense", "", '"' + "0" * 64 + '"'])
def test_an_etag_of_something_else_brings_the_whole_plan(ask, etag):
    ask("GET", "plan")
    assert ask("GET", "plan", headers={"If-None-Match": etag}).status_code == 200
