import audioop
import wave
from array import array
from dataclasses import replace

import pytest

from audio.assemble import pcm_blocks, segment_blocks
from audio.mix import Bed, Frame, SpokenClip, Stretch, lay_voice, plan_mix


@pytest.fixture
def wav(tmp_path):
    def make(name: str, samples: list[int]) -> Stretch:
        path = tmp_path / f"{name}.wav"
        with wave.open(str(path), "wb") as stored:
            stored.setparams((1, 2, 24_000, 0, "NONE", ""))
            stored.writeframes(array("h", samples).tobytes())
        return Stretch(path, 0, len(samples))

    return make


def played(plan) -> array:
    return array("h", b"".join(pcm_blocks(plan)))


def spoken(stretch: Stretch, pause_ms: int = 0) -> SpokenClip:
    return SpokenClip(stretch, pause_ms, 0)


def test_a_plan_is_played_to_the_sample(wav):
    one, two = wav("one", [1, 2, 3, 4, 5]), wav("two", [7] * 30_000)
    inner = Stretch(one.path, 1, 3)
    plan = plan_mix(lay_voice([spoken(inner, 1), spoken(two)]), Frame())
    assert list(played(plan)) == [2, 3, 4] + [0] * 24 + [7] * 30_000


def test_blocks_last_a_second_at_most_however_long_the_clip(wav):
    plan = plan_mix(lay_voice([spoken(wav("long", [1] * 100_000), 2_500)] * 2), Frame())
    sizes = [len(block) // 2 for block in pcm_blocks(plan)]
    assert max(sizes) == 24_000
    assert sum(sizes) == plan.samples


def test_tunes_stand_around_the_words(wav):
    frame = Frame(wav("sign", [9] * 10), wav("close", [8] * 10), None, 1)
    plan = plan_mix(lay_voice([spoken(wav("word", [5] * 10))]), frame)
    assert list(played(plan)) == [9] * 10 + [0] * 24 + [5] * 10 + [0] * 24 + [8] * 10


def test_a_clip_that_shrank_keeps_the_plans_time(wav):
    short = wav("short", [4] * 100)
    plan = plan_mix(lay_voice([spoken(Stretch(short.path, 0, 60_000))]), Frame())
    assert list(played(plan)) == [4] * 100 + [0] * 59_900


def bed_under(wav, words: list[int], music: list[int]):
    bed = Bed(wav("bed", music), gain_db=-6.0, duck_db=-14.0)
    voice = lay_voice([spoken(wav("words", words))])
    return plan_mix(voice, Frame(wav("sign", [0] * 24_000), wav("close", [0] * 24_000), bed, 1_000))


def level(samples: array, start_s: float, end_s: float) -> int:
    part = samples[int(start_s * 24_000) : int(end_s * 24_000)]
    return audioop.max(part.tobytes(), 2)


def test_the_bed_begins_again_and_lies_twenty_decibels_down_under_words(wav):
    plan = bed_under(wav, [0] * 96_000, [10_000, -10_000] * 6_000)
    samples = played(plan)
    assert len(samples) == plan.samples
    assert level(samples, 0, 1.6) == 0
    assert level(samples, 2.1, 5.9) == pytest.approx(1_000, abs=5)
    assert level(samples, 6.4, 8) == 0


def test_words_are_added_to_the_bed_and_never_wrap_around(wav):
    plan = bed_under(wav, [32_000] * 48_000, [20_000] * 24_000)
    assert level(played(plan), 2.1, 3.9) == 32_767


def test_a_stretch_is_played_at_its_gain(wav):
    words = replace(wav("words", [10_000] * 50), gain_db=-20.0)
    assert set(played(plan_mix(lay_voice([spoken(words)]), Frame()))) == {1_000}


def test_segments_can_be_played_without_their_bed(wav):
    plan = bed_under(wav, [3] * 24_000, [20_000] * 24_000)
    voice = [segment for segment in plan.segments if segment.spoken]
    assert set(array("h", b"".join(segment_blocks(voice)))) == {3}
