import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.peaks import WINDOW_SAMPLES, LevelMeter

pcm_blocks = st.lists(
    st.lists(st.integers(-32_768, 32_767), max_size=700).map(lambda s: array("h", s).tobytes()),
    max_size=8,
)


def heard(*blocks: bytes) -> LevelMeter:
    meter = LevelMeter()
    for block in blocks:
        meter.add(block)
    meter.close()
    return meter


@given(pcm_blocks)
def test_how_the_sound_is_cut_into_blocks_does_not_matter(blocks):
    whole, parts = heard(b"".join(blocks)), heard(*blocks)
    assert parts.profile == whole.profile
    assert parts.waveform() == whole.waveform()
    assert parts.clipped_share == whole.clipped_share


@given(pcm_blocks)
def test_every_sample_is_counted_once(blocks):
    meter = heard(*blocks)
    samples = sum(map(len, blocks)) // 2
    assert meter.samples == samples
    assert sum(meter.profile.windows_by_rms_db) == -(-samples // WINDOW_SAMPLES)


def test_nothing_heard_is_silence_without_clipping():
    meter = heard()
    assert (meter.samples, meter.clipped_share, meter.waveform()) == (0, 0.0, ())
    assert meter.profile.silence_share(0.0) == 1.0


@pytest.mark.parametrize(
    ("amplitude", "bucket"), [(32_767, 0), (16_384, 6), (3_277, 19), (1, 90), (0, 99)]
)
def test_a_window_stands_in_the_bucket_of_its_level(amplitude, bucket):
    profile = heard(array("h", [amplitude] * WINDOW_SAMPLES).tobytes()).profile
    assert profile.windows_by_rms_db[bucket] == 1
    assert profile.energy_by_peak_db[bucket] == pytest.approx((amplitude / 32_768) ** 2)


def test_clipped_samples_are_counted_on_both_sides():
    samples = [32_767, -32_768, 32_760, 32_759, 0, 1, 2, 3]
    assert heard(array("h", samples).tobytes()).clipped_share == 3 / 8


def test_the_lowest_sample_is_a_peak_of_full_scale():
    assert heard(array("h", [-32_768] * WINDOW_SAMPLES).tobytes()).waveform() == (100,)


def test_memory_grows_by_a_few_bytes_a_second():
    noise = random.Random(7).randbytes(48_000)
    meter = heard(*[noise] * 60)
    assert len(meter._peaks) * meter._peaks.itemsize == 60 * 200
