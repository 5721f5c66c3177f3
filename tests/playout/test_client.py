"""HTTP with a station that misbehaves: every fault has its name, and nothing is lost or leaked."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from playout.cache import MediaCache
from playout.client import StationClient
from playout.clock import MachineReader
from playout.errors import (
    AnswerNotUnderstood,
    MediaCorrupt,
    MediaCut,
    MediaPutAside,
    StationRefused,
    StationUnreachable,
    TokenRevoked,
)
from playout.wire import parse_plan

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture
def heard():
    return []


@pytest.fixture
def make_client(station, heard, loopback):
    made = []

    def make(token=loopback.TOKEN, url=None):
        client = StationClient(
            url or station.url, token, MachineReader().steady_ns, heard.append, timeout_s=2
        )
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client):
    return make_client()


@pytest.fixture
def audio(station):
    raw = station.add_audio(60_000)
    station.publish("1", [station.session("s", station.now(), [station.item("a", 0, raw)])])
    return parse_plan(json.dumps(station.plan), station.url).sessions[0].running_order[0].audio


def never():
    return False


def store(cache, client, audio, put_aside=never):
    cache.store(audio, lambda a, part: client.fetch_media(a, part, put_aside), {}, NOON)


def ranges(station):
    return [h.get("Range") for _, path, h in station.requests if path.startswith("/media/")]


def test_the_same_plan_is_not_sent_twice(station, client):
    station.publish("7", [])
    first = client.get_plan(None)
    again = client.get_plan(first.etag)
    assert (first.status, again.status, again.body) == (200, 304, b"")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, StationRefused),
        (503, StationRefused),
        (429, StationRefused),
        (410, TokenRevoked),
        (301, StationRefused),
    ],
)
def test_a_refusal_carries_its_status(station, client, status, error):
    station.publish("1", [])
    station.script("plan", status)
    with pytest.raises(error) as caught:
        client.get_plan(None)
    assert caught.value.facts["status"] == status
    assert client.get_plan(None).status == 200, "and the next question is answered"


def test_a_wrong_token_is_told_apart_and_never_shown(station, make_client):
    station.publish("1", [])
    with pytest.raises(TokenRevoked) as caught:
        make_client(token="very-secret").get_plan(None)
    assert "very-secret" not in repr(caught.value) + str(caught.value.facts) + caught.value.message


def test_a_station_that_is_not_there_is_unreachable(make_client):
    with pytest.raises(StationUnreachable):
        make_client(url="http://127.0.0.1:1").get_plan(None)


def test_a_connection_closed_while_idle_is_opened_again(station, client):
    station.publish("1", [])
    client.get_plan(None)
    station.stop()
    station.start_again()
    assert client.get_plan(None).status == 200


def test_every_answer_tells_the_time_and_the_heartbeat_tells_it_best(station, client, heard):
    station.publish("1", [])
    station.ahead = timedelta(hours=3)
    client.get_plan(None)
    client.send_heartbeat(b"{}")
    date, exact = heard
    true_ns = round(station.now().timestamp() * 1e9) - MachineReader().steady_ns()
    assert date.grain_ns == 500_000_000
    assert exact.grain_ns == 500_000
    for exchange in heard:
        assert abs(exchange.offset_ns - true_ns) <= exchange.error_ns + 5_000_000


def test_a_cut_download_goes_on_where_it_was_cut(station, client, audio, tmp_path):
    station.script("media", ("cut", 100_000), ("cut", 50_000))
    cache = MediaCache(tmp_path / "media", 2**30)
    for _ in range(2):
        with pytest.raises(MediaCut):
            store(cache, client, audio)
        assert not cache.held
    store(cache, client, audio)
    assert ranges(station) == [None, "bytes=100000-", "bytes=150000-"]
    assert cache.verify(audio.sha256).read_bytes() == station.media[audio.sha256]


def test_wrong_bytes_never_become_a_file(station, client, audio, tmp_path):
    station.script("media", "wrong_bytes")
    cache = MediaCache(tmp_path / "media", 2**30)
    with pytest.raises(MediaCorrupt):
        store(cache, client, audio)
    assert list((tmp_path / "media").iterdir()) == []
    store(cache, client, audio)
    assert cache.held == {audio.sha256}


@pytest.mark.parametrize("status", [404, 500])
def test_a_refused_file_leaves_nothing_behind(station, client, audio, tmp_path, status):
    station.script("media", status)
    cache = MediaCache(tmp_path / "media", 2**30)
    with pytest.raises(StationRefused):
        store(cache, client, audio)
    assert list((tmp_path / "media").iterdir()) == []


def test_a_part_that_is_already_whole_asks_for_nothing(station, client, audio, tmp_path):
    cache = MediaCache(tmp_path / "media", 2**30)
    (tmp_path / "media" / f"{audio.sha256}.part").write_bytes(station.media[audio.sha256])
    store(cache, client, audio)
    assert ranges(station) == []
    assert cache.held == {audio.sha256}


def test_a_part_that_is_no_beginning_of_the_file_is_thrown_away(station, client, audio, tmp_path):
    cache = MediaCache(tmp_path / "media", 2**30)
    part = tmp_path / "media" / f"{audio.sha256}.part"
    part.write_bytes(b"x" * 1000)
    station.script("media", 416)
    with pytest.raises(MediaCorrupt):
        store(cache, client, audio)
    assert not part.exists()
    part.write_bytes(b"x" * 1000)
    with pytest.raises(MediaCorrupt):
        store(cache, client, audio)
    assert not part.exists()
    store(cache, client, audio)
    assert cache.held == {audio.sha256}


def test_a_download_makes_way_for_something_more_urgent_and_resumes(
    station, client, audio, tmp_path
):
    cache = MediaCache(tmp_path / "media", 2**30)
    asked = iter([False, False, True])
    with pytest.raises(MediaPutAside):
        store(cache, client, audio, lambda: next(asked))
    have = (tmp_path / "media" / f"{audio.sha256}.part").stat().st_size
    assert 0 < have < audio.size_bytes
    store(cache, client, audio)
    assert ranges(station)[-1] == f"bytes={have}-"


def test_an_answer_beyond_all_measure_is_refused(station, client, monkeypatch):
    station.publish("1", [])
    monkeypatch.setattr("playout.client.LARGEST_ANSWER", 100)
    with pytest.raises(AnswerNotUnderstood):
        client.get_plan(None)
