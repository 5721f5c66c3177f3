import os
from datetime import UTC, datetime, timedelta

import pytest

from broadcast.bulletins.leftovers import HALF_MADE_FOR, JOINED_FOR, clear_leftovers

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def made(path, age: timedelta):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    stamp = (NOW - age).timestamp()
    os.utime(path, (stamp, stamp))
    return path


@pytest.mark.parametrize("name", ["work/.render-1", "uploads/.upload-1", "media/.join-1"])
def test_what_a_killed_worker_left_is_cleared_after_its_time(tmp_path, name):
    old = made(tmp_path / name, HALF_MADE_FOR + timedelta(seconds=1))
    assert clear_leftovers(tmp_path, NOW) == 1
    assert not old.exists()


def test_work_under_way_is_left_alone(tmp_path):
    fresh = made(tmp_path / "work/.render-1", HALF_MADE_FOR - timedelta(seconds=1))
    assert clear_leftovers(tmp_path, NOW) == 0
    assert fresh.exists()


def test_finished_audio_is_never_touched(tmp_path):
    kept = made(tmp_path / "media/ab" / f"ab{'0' * 62}.mp3", timedelta(days=4000))
    clear_leftovers(tmp_path, NOW)
    assert kept.exists()


def test_joined_sessions_of_old_days_go(tmp_path):
    old = made(tmp_path / "programmes/a.mp3", JOINED_FOR + timedelta(days=1))
    new = made(tmp_path / "programmes/b.mp3", JOINED_FOR - timedelta(days=1))
    assert clear_leftovers(tmp_path, NOW) == 1
    assert (old.exists(), new.exists()) == (False, True)


def test_a_half_made_folder_goes_with_what_is_in_it(tmp_path):
    inside = made(tmp_path / "work/.render-2/clip.wav", timedelta(days=1))
    stamp = (NOW - timedelta(days=1)).timestamp()
    os.utime(inside.parent, (stamp, stamp))
    assert clear_leftovers(tmp_path, NOW) == 1
    assert not inside.parent.exists()
