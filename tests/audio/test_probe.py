import hashlib
import wave
from pathlib import Path

import pytest

from audio.ffmpeg import AudioWorkCancelled, FfmpegFailed
from audio.levels import FLOOR_DB
from audio.probe import (
    UnsuitablePcm,
    measure,
    parse_loudness,
    pcm_segment,
    sounding_stretch,
    whole_stretch,
)

pytestmark = pytest.mark.ffmpeg

SAID_BY_FFMPEG_5 = """
[Parsed_ebur128_0 @ 0x55] t: 40.7  TARGET:-23 LUFS    M: -18.9 S: -17.7     I: -17.9 LUFS
[Parsed_ebur128_0 @ 0x55] Summary:

  Integrated loudness:
    I:         -18.0 LUFS
    Threshold: -28.3 LUFS

  Loudness range:
    LRA:         1.2 LU
    Threshold: -38.2 LUFS

  True peak:
    Peak:        0.1 dBFS
"""


def test_a_sample_measures_as_it_was_made(sample):
    path, expected = sample
    heard = measure(path)
    assert heard.duration_ms == pytest.approx(
        expected.duration_ms, rel=0.08 if expected.of_speech else 0
    )
    assert heard.loudness_lufs == pytest.approx(expected.loudness_lufs, abs=1.0)
    assert heard.silence_share == pytest.approx(expected.silence_share, abs=0.05)


def test_size_and_hash_are_those_of_the_file(sounds):
    path = sounds.sample("tone")
    heard = measure(path)
    assert heard.bytes == path.stat().st_size
    assert heard.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "least", "most"), [("loud", 1e-4, 0.02), ("rasping", 0.02, 1), ("tone", 0, 0)]
)
def test_clipping_is_the_share_of_samples_at_full_scale(sounds, name, least, most):
    assert least <= measure(sounds.sample(name)).clipped_share <= most


def test_the_drawing_follows_the_sound(sounds):
    drawn = measure(sounds.sample("half_silent")).waveform
    assert len(drawn) == 400
    assert min(drawn[:195]) > 10
    assert max(drawn[205:]) == 0


def test_the_container_is_judged_by_content_and_not_by_name(sounds, tmp_path):
    disguised = tmp_path / "song.flac"
    disguised.write_bytes(sounds.sample("tone").read_bytes())
    assert measure(disguised).duration_ms == 4_000


def test_what_is_no_sound_cannot_be_measured(tmp_path):
    path = tmp_path / "letter.mp3"
    path.write_text("Kính gửi: Ủy ban nhân dân xã")
    with pytest.raises(FfmpegFailed):
        measure(path)


def test_measuring_can_be_cancelled(sounds):
    with pytest.raises(AudioWorkCancelled):
        measure(sounds.sample("music"), cancelled=lambda: True)


def test_the_summary_counts_and_not_the_lines_before_it():
    heard = parse_loudness(SAID_BY_FFMPEG_5)
    assert (heard.loudness_lufs, heard.true_peak_dbtp) == (-18.0, 0.1)


@pytest.mark.parametrize(
    "said", ["", "    I:  nan LUFS\n    Peak:  -inf dBFS\n", "    I: -inf LUFS"]
)
def test_what_ffmpeg_could_not_tell_is_the_floor(said):
    heard = parse_loudness(said)
    assert (heard.loudness_lufs, heard.true_peak_dbtp) == (FLOOR_DB, FLOOR_DB)


def wav_of(path: Path, sounds, graph: str) -> Path:
    sounds.ffmpeg("-f", "lavfi", "-i", graph, "-ac", "1", "-ar", "24000", "-c:a", "pcm_s16le", path)
    return path


@pytest.mark.parametrize("volume_db", [0, -30])
def test_a_clip_is_cut_to_where_it_sounds(sounds, tmp_path, volume_db):
    graph = f"sine=r=24000:d=1,volume={volume_db}dB,adelay=700,apad=whole_dur=3"
    stretch = sounding_stretch(wav_of(tmp_path / "clip.wav", sounds, graph))
    assert stretch.start == pytest.approx(0.67 * 24_000, abs=480)
    assert stretch.samples == pytest.approx(1.06 * 24_000, abs=960)


def test_a_clip_that_sounds_throughout_is_left_alone(sounds):
    path = sounds.sample("tone")
    assert sounding_stretch(path) == whole_stretch(path)


@pytest.mark.parametrize("seconds", [0, 1, 20])
def test_a_silent_clip_has_no_sounding_sample(sounds, tmp_path, seconds):
    path = tmp_path / "silent.wav"
    with wave.open(str(path), "wb") as clip:
        clip.setparams((1, 2, 24_000, 0, "NONE", ""))
        clip.writeframes(bytes(48_000 * seconds))
    assert sounding_stretch(path).samples == 0


def test_the_middle_of_a_long_clip_is_not_mistaken_for_its_end(sounds, tmp_path):
    graph = "sine=r=24000:d=1,adelay=11000,apad=whole_dur=40"
    stretch = sounding_stretch(wav_of(tmp_path / "long.wav", sounds, graph))
    assert stretch.start <= 11 * 24_000
    assert stretch.start + stretch.samples >= 12 * 24_000


@pytest.mark.parametrize(
    "changed", [("-ar", "22050"), ("-ac", "2"), ("-c:a", "pcm_u8")], ids=["rate", "stereo", "8bit"]
)
def test_speech_of_another_shape_is_refused(sounds, tmp_path, changed):
    path = tmp_path / "other.wav"
    sounds.ffmpeg("-i", sounds.sample("tone"), *changed, path)
    with pytest.raises(UnsuitablePcm):
        sounding_stretch(path)


@pytest.mark.parametrize("content", [b"", b"RIFF\x00\x00\x00\x00WAVE", b"ID3"])
def test_a_broken_wav_is_refused_by_name(tmp_path, content):
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(UnsuitablePcm):
        whole_stretch(path)


def test_a_missing_clip_is_refused_by_name(tmp_path):
    with pytest.raises(UnsuitablePcm):
        sounding_stretch(tmp_path / "none.wav")


def test_pcm_becomes_a_segment_of_the_house_rate():
    assert len(pcm_segment(bytes(48_000))) == 1_000
