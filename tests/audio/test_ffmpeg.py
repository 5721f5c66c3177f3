import stat
from contextlib import suppress

import pytest

from audio.ffmpeg import (
    AudioWorkCancelled,
    AudioWorkTooLong,
    FfmpegFailed,
    FfmpegMissing,
    FfmpegStream,
    ffmpeg_path,
    run_ffmpeg,
)

pytestmark = pytest.mark.ffmpeg

ENDLESS = ("-v", "error", "-f", "lavfi", "-i", "sine=d=1000000", "-f", "null", "-")
RAW = ("-v", "error", "-f", "s16le", "-ar", "24000", "-ac", "1", "-i", "pipe:0")


@pytest.fixture
def program(tmp_path):
    def make(folder: str):
        made = tmp_path / folder / "ffmpeg"
        made.parent.mkdir()
        made.write_text("#!/bin/sh\n")
        made.chmod(made.stat().st_mode | stat.S_IXUSR)
        return made

    return make


def test_the_chosen_ffmpeg_goes_before_the_one_on_the_path(program):
    chosen, found = program("chosen"), program("found")
    environ = {"LOA_FFMPEG": str(chosen), "PATH": str(found.parent)}
    assert ffmpeg_path(environ) == str(chosen)


def test_the_ffmpeg_on_the_path_goes_before_the_carried_one(program):
    found = program("found")
    assert ffmpeg_path({"PATH": str(found.parent)}) == str(found)


def test_without_any_other_the_carried_ffmpeg_is_taken(tmp_path):
    imageio_ffmpeg = pytest.importorskip("imageio_ffmpeg")
    assert ffmpeg_path({"PATH": str(tmp_path)}) == imageio_ffmpeg.get_ffmpeg_exe()


def test_a_chosen_ffmpeg_that_is_not_there_is_not_replaced_silently(tmp_path):
    with pytest.raises(FfmpegMissing):
        ffmpeg_path({"LOA_FFMPEG": str(tmp_path / "none"), "PATH": ""})


def test_a_failure_keeps_what_ffmpeg_said(tmp_path):
    with pytest.raises(FfmpegFailed) as failed:
        run_ffmpeg(["-i", str(tmp_path / "none.wav"), "-f", "null", "-"])
    assert "No such file" in str(failed.value.facts["said"])


def test_work_stops_at_its_share_of_the_processor():
    with pytest.raises(AudioWorkTooLong):
        run_ffmpeg(ENDLESS, cpu_limit_s=1)


def test_work_stops_at_its_time():
    with pytest.raises(AudioWorkTooLong):
        run_ffmpeg(ENDLESS, wall_limit_s=0.1)


def test_work_stops_when_it_is_cancelled():
    asked = iter([False, True])
    with pytest.raises(AudioWorkCancelled):
        run_ffmpeg(ENDLESS, cancelled=lambda: next(asked))


def test_a_stream_is_fed_and_read(tmp_path):
    target = tmp_path / "out.wav"
    with FfmpegStream([*RAW, "-y", str(target)], fed=True) as stream:
        stream.write(bytes(48_000))
        stream.finish()
    with FfmpegStream(
        ["-v", "error", "-i", str(target), "-f", "s16le", "pipe:1"], read=True
    ) as stream:
        assert b"".join(stream.blocks(1_000)) == bytes(48_000)
        assert stream.finish() == ""


def test_a_stream_that_is_left_early_takes_its_process_along():
    with FfmpegStream([*ENDLESS[:-3], "-f", "s16le", "pipe:1"], read=True) as stream:
        next(stream.blocks())
    assert stream._process.returncode is not None


def feed_without_end(stream: FfmpegStream) -> None:
    while True:
        stream.write(bytes(65_536))


def test_feeding_an_ffmpeg_that_has_given_up_fails_by_name():
    with (
        FfmpegStream([*RAW, "-af", "nosuchfilter", "-f", "null", "-"], fed=True) as stream,
        pytest.raises(FfmpegFailed),
    ):
        feed_without_end(stream)


def test_a_stream_that_ends_badly_fails_by_name():
    with FfmpegStream(["-i", "none.wav", "-f", "s16le", "pipe:1"], read=True) as stream:
        assert list(stream.blocks()) == []
        with pytest.raises(FfmpegFailed):
            stream.finish()


@pytest.mark.parametrize("misuse", ["write", "read"])
def test_a_stream_is_only_used_as_it_was_opened(misuse):
    with FfmpegStream(["-version"]) as stream, pytest.raises(ValueError, match="not"):
        stream.write(b"") if misuse == "write" else next(stream.blocks())


def test_ffmpeg_never_waits_for_an_answer(tmp_path):
    """Asked to overwrite a file it gives up at once; ffmpeg 5 calls that a failure, 9 does not."""
    target = tmp_path / "there.wav"
    target.write_bytes(b"kept")
    with suppress(FfmpegFailed):
        run_ffmpeg(["-v", "error", "-f", "lavfi", "-i", "sine=d=1", str(target)], wall_limit_s=20)
    assert target.read_bytes() == b"kept"
