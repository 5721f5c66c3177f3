"""Where a station may start: a folder that can be written, a port that is free, a Redis."""

import os
import socket
import stat
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NotYet
from redis.retry import Retry

from broadcast.supervision.child import Child
from broadcast.supervision.redis_server import (
    RedisMissing,
    find_redis,
    free_port,
    prepare_redis,
    running_redis_url,
)
from broadcast.supervision.station import StartRefused, check_place, web_command, worker_args


@pytest.fixture
def place(settings):
    return replace(settings, port=free_port())


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_good_place_gets_its_folders_and_keeps_no_trace_of_the_probe(place):
    check_place(place)
    check_place(place)
    assert {path.name for path in place.data_dir.iterdir()} == {"media", "speech", "uploads"}


def test_a_port_that_somebody_listens_on_is_refused_by_its_number(place):
    with socket.socket() as other:
        other.bind((place.host, place.port))
        other.listen()
        with pytest.raises(StartRefused, match=f"Cổng {place.port} đang có chương trình khác"):
            check_place(place)
    check_place(place)


def test_a_folder_that_is_a_file_is_refused_by_its_name(place, tmp_path):
    (tmp_path / "tep").touch()
    with pytest.raises(StartRefused, match=r"Không ghi được vào thư mục .*tep .*LOA_DATA="):
        check_place(replace(place, data_dir=tmp_path / "tep"))


def test_a_place_where_nobody_may_write_is_refused(place):
    # /proc takes no file from anybody, and unlike a folder's mode that binds root as well.
    with pytest.raises(StartRefused, match="Không ghi được vào thư mục /proc/loa"):
        check_place(replace(place, data_dir=Path("/proc/loa")))


def test_a_free_port_can_be_listened_on():
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_port()))


def test_redis_found_is_a_redis():
    said = subprocess.run([find_redis(), "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("Redis server")


def test_without_any_redis_the_sentence_says_how_to_get_one(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    monkeypatch.setattr("sys.path", [])
    if find_redis() is not None:
        pytest.fail("a Redis outside PATH, prefix and wheels")
    with pytest.raises(RedisMissing, match="redis-server"):
        prepare_redis(tmp_path / "redis")


def test_the_own_redis_listens_on_loopback_for_who_knows_its_password(tmp_path):
    folder = tmp_path / "thư mục có dấu cách" / "redis"
    own = prepare_redis(folder)
    child = Child("redis", own.argv, os.environ, tmp_path / "redis.log")
    child.start(0.0)
    try:
        server = answering(own.url, child)
        assert server.config_get("appendonly") == {"appendonly": "yes"}
        assert server.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert server.config_get("dir") == {"dir": str(folder)}
        port = server.connection_pool.connection_kwargs["port"]
        server.close()
        with Redis(port=port) as stranger, pytest.raises(AuthenticationError):
            stranger.ping()
    finally:
        child.ask_to_stop()
        child.wait_stopped(10)


def answering(url: str, child: Child) -> Redis:
    patience = Retry(ConstantBackoff(0.05), 100)
    server = Redis.from_url(url, retry=patience, retry_on_error=[NotYet], decode_responses=True)
    assert server.ping(), child.last_words()
    return server


def test_the_password_is_for_the_owner_alone_and_another_each_time(tmp_path):
    folder = tmp_path / "redis"
    first, second = prepare_redis(folder), prepare_redis(folder)
    assert first.url != second.url
    assert running_redis_url(tmp_path) == second.url
    assert mode(folder / "redis.conf") == mode(folder / "url") == 0o600
    assert second.url.split(":")[2].split("@")[0] in (folder / "redis.conf").read_text()
    assert not any(second.url in word for word in second.argv)


def test_where_no_own_redis_was_started_there_is_no_address(tmp_path):
    assert running_redis_url(tmp_path) == ""


def test_one_web_process_on_sqlite_and_two_on_postgresql(settings):
    def processes(url: str) -> str:
        argv = web_command("python", replace(settings, database_url=url))
        return argv[argv.index("-w") + 1]

    assert processes("sqlite:///x") == "1"
    assert processes("postgresql+psycopg://x") == "2"


def test_a_worker_carries_its_own_name_queue_and_slots():
    argv = worker_args("urgent", "gap", slots=1)
    assert argv[argv.index("-Q") + 1] == "gap"
    assert argv[argv.index("-c") + 1] == "1"
    assert argv[argv.index("-n") + 1] == "urgent@%h"
