"""The box on the station's own machine: one row, one token, no secret of the station."""

import stat
from pathlib import Path
from string import printable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from broadcast.boxes.models import Box, BoxToken
from broadcast.boxes.tokens import rotate_token
from broadcast.people.rules import Role
from broadcast.people.secrets import secret_hash
from broadcast.supervision.local_box import (
    LOCAL_NAME,
    box_environment,
    ensure_token,
    has_sound,
    only_station,
)
from broadcast.supervision.pulse import URGENT_WORKER, WORKER, mark_pulse, pulse_file

NAMES = st.one_of(
    st.sampled_from(["DATABASE_URL", "REDIS_URL", "LOA_SECRET_KEY", "LOA_DATA", "PATH", "HOME"]),
    st.text(st.sampled_from("ABLOX_"), min_size=1),
)


@pytest.fixture
def desk(desk_as):
    return desk_as(Role.ADMINISTRATOR)


@pytest.fixture
def token_file(tmp_path):
    return tmp_path / "box" / "token"


def boxes(desk):
    return list(desk.session.scalars(select(Box).where(Box.name == LOCAL_NAME)))


def test_the_first_start_registers_one_box_and_keeps_its_token_for_the_owner(desk, token_file):
    token = ensure_token(desk, token_file)
    (box,) = boxes(desk)
    row = desk.session.scalar(select(BoxToken).where(BoxToken.token_hash == secret_hash(token)))
    assert row.box_id == box.id
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
    assert token_file.read_text() == token


def test_the_next_start_finds_box_and_token_again(desk, token_file):
    assert ensure_token(desk, token_file) == ensure_token(desk, token_file)
    assert len(boxes(desk)) == 1


@pytest.mark.parametrize("damage", ["", "khong-phai-token", None])
def test_a_lost_token_is_made_anew_for_the_same_box(desk, token_file, damage):
    first = ensure_token(desk, token_file)
    token_file.unlink() if damage is None else token_file.write_text(damage)
    second = ensure_token(desk, token_file)
    assert second != first
    assert len(boxes(desk)) == 1
    assert ensure_token(desk, token_file) == second


def test_a_token_that_was_changed_elsewhere_twice_is_replaced(desk, token_file, clock):
    first = ensure_token(desk, token_file)
    (box,) = boxes(desk)
    for row in desk.session.scalars(select(BoxToken).where(BoxToken.box_id == box.id)):
        row.revoked_at = clock()
    rotate_token(desk, box.id)
    assert ensure_token(desk, token_file) != first


def test_a_machine_works_for_a_station_only_when_there_is_just_one(desk, station, other_station):
    assert only_station(desk) is None


def test_the_only_station_is_found(desk, station):
    assert only_station(desk).id == station.id


@given(st.dictionaries(NAMES, st.text(printable)))
@settings(max_examples=100, deadline=None)
def test_the_box_never_learns_the_stations_secrets(base):
    env = box_environment(base, "http://a", "t", Path("/box"))
    foreign = {"DATABASE_URL", "REDIS_URL", "LOA_SECRET_KEY", "LOA_DATA"}
    assert not foreign & set(env)
    assert env["LOA_STATION_URL"] == "http://a"
    assert env["LOA_BOX_TOKEN"] == "t"
    assert env["LOA_BOX_DATA"] == "/box"


def test_the_box_is_told_how_sound_leaves_this_machine(tmp_path):
    base = {"PULSE_SERVER": "unix:/x", "LOA_BOX_TRIM_MS": "40", "XDG_RUNTIME_DIR": "/run/user/1"}
    env = box_environment(base, "http://a", "t", tmp_path)
    assert base.items() <= env.items()
    assert "LOA_BOX_PLAYER" not in env


def test_a_player_that_was_chosen_is_kept(tmp_path):
    env = box_environment({"LOA_BOX_PLAYER": "mpv"}, "http://a", "t", tmp_path)
    assert env["LOA_BOX_PLAYER"] == "mpv"


def test_a_card_or_a_sound_server_can_be_heard_and_nothing_else(tmp_path):
    cards = tmp_path / "cards"
    assert not has_sound({}, cards)
    cards.write_text("--- no soundcards ---\n")
    assert not has_sound({}, cards)
    assert has_sound({"PULSE_SERVER": "tcp:loa"}, cards)
    assert not has_sound({"XDG_RUNTIME_DIR": str(tmp_path)}, cards)
    (tmp_path / "pipewire-0").touch()
    assert has_sound({"XDG_RUNTIME_DIR": str(tmp_path)}, cards)
    cards.write_text(" 0 [PCH]: HDA-Intel\n")
    assert has_sound({}, cards)


def test_each_worker_has_a_pulse_of_its_own(tmp_path):
    mark_pulse(tmp_path, WORKER)
    mark_pulse(tmp_path, WORKER)
    assert pulse_file(tmp_path).exists()
    assert not pulse_file(tmp_path, URGENT_WORKER).exists()
