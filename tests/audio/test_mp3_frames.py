import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.mp3_frames import (
    BLOCK_FRAMES,
    FRAME_BYTES,
    FRAME_MS,
    HEADER,
    SILENT_FRAME,
    NotStationMp3,
    count_frames,
    duration_of,
    find_frames,
    frames_in,
    holds_station_frames,
    info_frame,
    is_info_frame,
)

ID3 = b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)
ID3V1 = b"TAG" + bytes(125)


@pytest.fixture
def stored(tmp_path):
    def store(content: bytes):
        path = tmp_path / "stored.mp3"
        path.write_bytes(content)
        return path

    return store


@given(st.integers(0, 10**7))
def test_frames_and_milliseconds_convert_without_remainder(frames):
    assert frames_in(duration_of(frames)) == frames


@given(st.integers(0, 10**8))
def test_silence_is_rounded_to_the_nearest_frame(duration_ms):
    assert abs(duration_of(frames_in(duration_ms)) - duration_ms) <= FRAME_MS // 2


def test_a_frame_is_192_bytes_and_24_milliseconds():
    assert (len(SILENT_FRAME), FRAME_MS) == (FRAME_BYTES, 24) == (192, 24)


@pytest.mark.parametrize("front", [b"", ID3], ids=["bare", "id3v2"])
@pytest.mark.parametrize("info", [b"", info_frame(3)], ids=["no_info", "info"])
@pytest.mark.parametrize("back", [b"", ID3V1], ids=["no_tail", "id3v1"])
def test_tags_and_the_info_frame_are_not_sound(stored, front, info, back):
    run = find_frames(stored(front + info + SILENT_FRAME * 3 + back))
    assert (run.start, run.frames) == (len(front) + len(info), 3)
    assert b"".join(run.blocks()) == SILENT_FRAME * 3


def test_blocks_are_whole_frames_however_long_the_file(stored):
    path = stored(SILENT_FRAME * (2 * BLOCK_FRAMES + 5))
    sizes = [len(block) for block in find_frames(path).blocks()]
    assert [size // FRAME_BYTES for size in sizes] == [BLOCK_FRAMES, BLOCK_FRAMES, 5]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ID3",
        ID3,
        info_frame(0),
        SILENT_FRAME[:-1],
        SILENT_FRAME * 2 + b"\x00",
        b"\xff\xfb\x90\x44" + bytes(413),
        b"<html>" + bytes(186),
    ],
    ids=["empty", "torn_id3", "only_id3", "only_info", "torn", "one_byte_more", "44100", "html"],
)
def test_what_is_not_the_stations_format_is_refused(stored, content):
    with pytest.raises(NotStationMp3):
        find_frames(stored(content))


@pytest.mark.parametrize(
    "damaged",
    [b"\x00" + SILENT_FRAME[1:], HEADER + b"\x01" + SILENT_FRAME[5:]],
    ids=["header", "leans_on_the_reservoir"],
)
def test_one_damaged_frame_in_the_middle_is_found(stored, damaged):
    path = stored(SILENT_FRAME * 9 + damaged + SILENT_FRAME)
    with pytest.raises(NotStationMp3):
        count_frames(path)


def test_a_file_that_shrinks_while_it_is_read_is_refused(stored):
    path = stored(SILENT_FRAME * 4)
    run = find_frames(path)
    path.write_bytes(SILENT_FRAME * 3)
    with pytest.raises(NotStationMp3):
        list(run.blocks())


@given(st.integers(0, 2**32 // FRAME_BYTES - 2))
def test_the_info_frame_says_how_many_frames_follow(frames):
    frame = info_frame(frames)
    assert len(frame) == FRAME_BYTES
    assert is_info_frame(frame)
    assert holds_station_frames(frame)
    assert int.from_bytes(frame[21:25], "big") == frames


def test_a_sounding_frame_is_no_info_frame():
    assert not is_info_frame(SILENT_FRAME)


@pytest.mark.ffmpeg
@pytest.mark.parametrize("name", ["tone", "speech", "noise", "silence"])
def test_lame_without_reservoir_gives_frames_that_stand_alone(sounds, name):
    path = sounds.station_mp3(name)
    assert count_frames(path) * FRAME_BYTES == path.stat().st_size


@pytest.mark.ffmpeg
def test_lame_with_reservoir_gives_frames_that_are_refused(sounds):
    path = sounds.file(
        "reservoir.mp3", "-i", sounds.sample("speech"), "-c:a", "libmp3lame", "-b:a", "64k",
        "-write_xing", "0", "-id3v2_version", "0",
    )  # fmt: skip
    with pytest.raises(NotStationMp3):
        count_frames(path)


@pytest.mark.ffmpeg
@pytest.mark.parametrize("cut", [1, 57, 150])
def test_a_file_cut_at_any_frame_still_decodes_without_complaint(sounds, tmp_path, cut):
    frames = sounds.station_mp3("speech").read_bytes()[cut * FRAME_BYTES :]
    path = tmp_path / "cut.mp3"
    path.write_bytes(info_frame(len(frames) // FRAME_BYTES) + frames)
    assert sounds.complaints(path) == ""
