import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.mp3_frames import (
    FRAME_BYTES,
    HEADER,
    SILENT_FRAME,
    NotStationMp3,
    count_frames,
    info_frame,
)
from audio.probe import measure
from audio.programme import join

LOUD_FRAME = HEADER + b"\x00" + bytes(range(187))


@pytest.fixture
def item(tmp_path):
    def make(frames: int, *, info: bool = True):
        path = tmp_path / f"item-{frames}-{info}.mp3"
        path.write_bytes((info_frame(frames) if info else b"") + LOUD_FRAME * frames)
        return path

    return make


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(parts=st.lists(st.tuples(st.booleans(), st.integers(1, 5_000)), min_size=1, max_size=6))
def test_durations_and_offsets_add_up_to_the_frame(parts, item, tmp_path):
    joined = join(
        [item(number) if sounds else number * 24 for sounds, number in parts], tmp_path / "p.mp3"
    )
    frames = [number for _, number in parts]
    assert joined.duration_ms == sum(frames) * 24
    assert joined.offsets == tuple(sum(frames[:i]) * 24 for i in range(len(frames)))
    assert count_frames(joined.path) == sum(frames)


def test_the_joined_bytes_are_the_frames_of_the_items_and_nothing_else(item, tmp_path):
    joined = join([item(3), 48, item(2, info=False)], tmp_path / "p.mp3")
    expected = info_frame(7) + LOUD_FRAME * 3 + SILENT_FRAME * 2 + LOUD_FRAME * 2
    assert joined.path.read_bytes() == expected


def test_hash_and_size_speak_of_the_file_as_it_stands(item, tmp_path):
    joined = join([item(9_000), 5_000, item(1)], tmp_path / "p.mp3")
    content = joined.path.read_bytes()
    assert joined.sha256 == hashlib.sha256(content).hexdigest()
    assert joined.bytes == len(content)


def test_the_same_parts_give_the_same_file(item, tmp_path):
    parts = [item(5), 1_000, item(7)]
    assert join(parts, tmp_path / "a.mp3").sha256 == join(parts, tmp_path / "b.mp3").sha256


def test_a_programme_can_be_an_item_of_a_larger_one(item, tmp_path):
    half = join([item(5), 240], tmp_path / "half.mp3")
    whole = join([half.path, half.path], tmp_path / "whole.mp3")
    assert whole.duration_ms == 2 * half.duration_ms


@pytest.mark.parametrize(("asked_ms", "given_ms"), [(0, 0), (11, 0), (12, 24), (1_000, 1_008)])
def test_silence_is_given_in_frames_and_its_true_length_is_told(item, tmp_path, asked_ms, given_ms):
    joined = join([asked_ms, item(1)], tmp_path / "p.mp3")
    assert joined.offsets == (0, given_ms)


def test_a_damaged_item_leaves_no_programme_and_no_draft(item, tmp_path):
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(LOUD_FRAME * 3 + bytes(FRAME_BYTES) + LOUD_FRAME)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(NotStationMp3):
        join([item(2), bad], tmp_path / "p.mp3")
    assert sorted(tmp_path.iterdir()) == sorted({*before, tmp_path / "item-2-True.mp3"})


def test_a_failed_join_keeps_the_programme_that_was_there(item, tmp_path):
    target = tmp_path / "p.mp3"
    kept = join([item(2)], target).sha256
    bad = tmp_path / "bad.mp3"
    bad.write_bytes(b"not sound")
    with pytest.raises(NotStationMp3):
        join([bad], target)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == kept


@pytest.mark.ffmpeg
def test_ffmpeg_decodes_a_programme_to_its_end_without_a_word(sounds, tmp_path):
    parts = [sounds.station_mp3("speech"), 1_000, sounds.station_mp3("tone"), 480]
    joined = join([*parts, sounds.station_mp3("speech")], tmp_path / "p.mp3")
    assert sounds.complaints(joined.path) == ""
    assert measure(joined.path).duration_ms == joined.duration_ms


@pytest.mark.ffmpeg
def test_silence_between_items_is_digital_silence(sounds, tmp_path):
    joined = join([2_400], tmp_path / "silence.mp3")
    heard = measure(joined.path)
    assert (heard.silence_share, heard.duration_ms) == (1.0, 2_400)
    assert max(heard.waveform) == 0
