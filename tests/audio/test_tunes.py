import wave

import pytest

from audio.probe import measure, whole_stretch
from audio.tunes import Tune, tune_wav

pytestmark = pytest.mark.ffmpeg
SIGNATURES = (Tune.MORNING, Tune.NOON, Tune.AFTERNOON)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tunes")


@pytest.mark.parametrize("tune", Tune)
def test_every_tune_is_sound_that_a_mix_can_take(tune, folder):
    stored = tune_wav(tune, folder)
    heard = measure(stored)
    assert whole_stretch(stored).samples == heard.duration_ms * 24
    assert heard.silence_share < 0.2
    assert heard.clipped_share == 0
    assert heard.true_peak_dbtp < -1.5


@pytest.mark.parametrize("tune", SIGNATURES)
def test_a_signature_lasts_three_to_six_seconds_and_dies_away(tune, folder):
    heard = measure(tune_wav(tune, folder))
    assert 3_000 <= heard.duration_ms <= 6_000
    assert heard.waveform[-1] <= 3


def test_the_three_signatures_are_different_tunes(folder):
    assert len({measure(tune_wav(tune, folder)).sha256 for tune in SIGNATURES}) == 3


def test_the_test_tone_stands_at_the_alignment_level(folder):
    heard = measure(tune_wav("thu", folder))
    assert heard.true_peak_dbtp == pytest.approx(-18.0, abs=0.2)
    assert heard.duration_ms == 5_000


def test_the_alert_is_louder_than_any_signature(folder):
    alert = measure(tune_wav(Tune.ALERT, folder)).loudness_lufs
    assert alert > max(measure(tune_wav(t, folder)).loudness_lufs for t in SIGNATURES) + 3


def test_the_bed_joins_its_own_beginning_without_a_gap(folder):
    drawn = measure(tune_wav(Tune.BED, folder)).waveform
    assert min(drawn[:20] + drawn[-20:]) > 0.3 * max(drawn)


def test_composing_again_gives_the_same_samples(folder, tmp_path):
    assert tune_wav("diem", tmp_path).read_bytes() == tune_wav("diem", folder).read_bytes()


def test_a_tune_is_composed_once(folder):
    first = tune_wav("trua", folder)
    made_at = first.stat().st_mtime_ns
    assert tune_wav("trua", folder).stat().st_mtime_ns == made_at


def test_an_unknown_tune_is_an_error(folder):
    with pytest.raises(ValueError, match="quoc-ca"):
        tune_wav("quoc-ca", folder)


def test_a_tune_sounds_between_the_limits_of_a_horn(sounds, folder):
    """Half of the energy and more lies between 300 Hz and 6 kHz."""
    for tune in SIGNATURES:
        horn = sounds.file(
            f"{tune}-horn.wav", "-i", tune_wav(tune, folder), "-af", "highpass=300,lowpass=6000"
        )
        whole = measure(tune_wav(tune, folder)).loudness_lufs
        assert measure(horn).loudness_lufs > whole - 3


def test_a_tune_is_readable_by_the_standard_library(folder):
    with wave.open(str(tune_wav("sang", folder)), "rb") as stored:
        assert stored.getparams()[:3] == (1, 2, 24_000)
