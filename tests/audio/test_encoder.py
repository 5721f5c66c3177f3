import wave

import pytest

from audio.encoder import (
    SOUND_DELAY_MS,
    decode_to_pcm,
    describe,
    mp3_encoder,
    silence,
    tempo_changer,
    tone,
    write_wav,
)
from audio.ffmpeg import FfmpegFailed
from audio.levels import GainStage
from audio.mp3_frames import count_frames
from audio.probe import measure, whole_stretch

pytestmark = pytest.mark.ffmpeg


def wave_facts(path):
    with wave.open(str(path), "rb") as stored:
        return stored.getparams()[:4]


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.ogg", "libvorbis"), ("a.flac", "flac"),
     ("a.webm", "libopus"), ("a.wav", "pcm_s24le")],
)  # fmt: skip
def test_any_accepted_kind_becomes_mono_24_khz_16_bit(sounds, tmp_path, name, codec):
    source = sounds.file(
        name, "-i", sounds.sample("tone"), "-ar", "48000", "-ac", "2", "-c:a", codec
    )
    said = decode_to_pcm(source, tmp_path / "out.wav")
    channels, sample_bytes, rate, samples = wave_facts(tmp_path / "out.wav")
    assert (channels, sample_bytes, rate, said) == (1, 2, 24_000, "")
    assert samples / 24 == pytest.approx(4_000, abs=60)


def test_decoding_stops_at_the_limit(sounds, tmp_path):
    decode_to_pcm(sounds.sample("tone"), tmp_path / "out.wav", limit_ms=1_500)
    assert wave_facts(tmp_path / "out.wav")[3] == 36_000


def test_a_forced_container_is_not_guessed_otherwise(sounds, tmp_path):
    with pytest.raises(FfmpegFailed):
        decode_to_pcm(sounds.sample("tone"), tmp_path / "out.wav", demuxer="flac")


def test_a_name_with_a_colon_or_a_dash_is_a_file(sounds, tmp_path):
    odd = tmp_path / "-http:bản tin %03d.wav"
    odd.write_bytes(sounds.sample("tone").read_bytes())
    decode_to_pcm(odd, tmp_path / "out.wav")
    assert wave_facts(tmp_path / "out.wav")[3] == 96_000


def test_a_playlist_never_opens_the_files_it_names(sounds, tmp_path):
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXTINF:4,\n{sounds.sample('tone')}\n#EXT-X-ENDLIST\n")
    with pytest.raises(FfmpegFailed):
        decode_to_pcm(playlist, tmp_path / "out.wav", demuxer="mp3")


def test_describing_reads_the_headers_only(sounds):
    assert "Duration: 00:00:04.00" in describe(sounds.sample("tone"), demuxer="wav")


def raw_pcm(sounds, path, graph):
    sounds.ffmpeg("-f", "lavfi", "-i", graph, "-ac", "1", "-ar", "24000", "-f", "s16le", path)
    return path


def encoded(pcm, target, stage):
    with mp3_encoder(pcm, stage) as encoder:
        target.write_bytes(b"".join(encoder.blocks()))
        assert encoder.finish() == ""
    return target


def test_the_encoder_gives_station_frames(sounds, tmp_path):
    pcm = raw_pcm(sounds, tmp_path / "tone.pcm", "sine=1000:r=24000:d=2.4")
    frames = count_frames(encoded(pcm, tmp_path / "tone.mp3", GainStage(0.0, -2.0)))
    assert 100 <= frames <= 103


def test_the_encoder_sounds_as_late_as_we_say(sounds, tmp_path):
    pcm = raw_pcm(sounds, tmp_path / "click.pcm", "aevalsrc='0.8*eq(n,24000)':s=24000:d=2")
    mp3 = encoded(pcm, tmp_path / "click.mp3", GainStage(0.0, -1.0))
    drawn = tmp_path / "click.raw"
    sounds.ffmpeg("-i", mp3, "-f", "s16le", drawn)
    samples = memoryview(drawn.read_bytes()).cast("h")
    loudest = max(range(len(samples)), key=lambda at: abs(samples[at]))
    assert loudest / 24 == pytest.approx(1_000 + SOUND_DELAY_MS, abs=1)


def test_the_limiter_holds_back_what_the_gain_lifts(sounds, tmp_path):
    pcm = raw_pcm(sounds, tmp_path / "hot.pcm", "sine=1000:r=24000:d=2,volume=12dB")
    heard = measure(encoded(pcm, tmp_path / "hot.mp3", GainStage(20.0, -6.0)))
    assert heard.true_peak_dbtp == pytest.approx(-6.4, abs=0.5)


@pytest.mark.parametrize("percent", [80, 125])
def test_tempo_changes_the_time_and_keeps_the_level(sounds, tmp_path, percent):
    target = tmp_path / "voice.wav"
    with tempo_changer(percent, target) as changer:
        changer.write(raw_pcm(sounds, tmp_path / "s.pcm", "sine=500:r=24000:d=4").read_bytes())
        changer.finish()
    assert whole_stretch(target).samples / 96_000 == pytest.approx(100 / percent, rel=0.02)
    assert measure(target).loudness_lufs == pytest.approx(-21.5, abs=0.7)


def test_segments_are_stored_whole_in_the_house_format(tmp_path):
    write_wav(tone(1_000.0, 250, -12.0) + silence(250), tmp_path / "s.wav")
    assert wave_facts(tmp_path / "s.wav") == (1, 2, 24_000, 12_000)
    assert [path.name for path in tmp_path.iterdir()] == ["s.wav"]


def test_a_tone_has_the_level_that_was_asked_for():
    assert tone(1_000.0, 500, -12.0).max_dBFS == pytest.approx(-12.0, abs=0.1)
