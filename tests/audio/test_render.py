import hashlib
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import audio.render as render_module
from audio.errors import AudioError
from audio.ffmpeg import AudioWorkCancelled
from audio.item import (
    ClippedSound,
    DurationUnlikely,
    EmptyItem,
    ItemOrder,
    ItemTemplate,
    MostlySilence,
    SilentClip,
)
from audio.loudness import LoudnessOutOfReach
from audio.mp3_frames import count_frames
from audio.probe import UnsuitablePcm, measure
from audio.render import render_item
from audio.tunes import Tune, tune_wav

pytestmark = pytest.mark.ffmpeg


@pytest.fixture
def render(tmp_path):
    def run(order: ItemOrder, progress=lambda done, total: None, cancelled=lambda: False):
        return render_item(order, folder=tmp_path, progress=progress, cancelled=cancelled)

    return run


@pytest.fixture
def template(sounds, clip):
    return ItemTemplate(
        signature=tune_wav(Tune.MORNING, sounds.folder),
        opening=(clip("speech", text="Đây là đài truyền thanh xã."),),
        closing=tune_wav(Tune.STING, sounds.folder),
        bed=tune_wav(Tune.BED, sounds.folder),
    )


@pytest.mark.parametrize("origin", ["speech", "tone", "music", "noise", "phone", "loud"])
def test_every_item_has_the_stations_loudness_whatever_its_origin(origin, render, clip):
    item = render(ItemOrder((clip(origin),)))
    heard = measure(item.path)
    assert heard.loudness_lufs == pytest.approx(-16.0, abs=0.5)
    assert heard.true_peak_dbtp <= -1.5
    assert item.loudness_lufs == heard.loudness_lufs
    assert item.true_peak_dbtp == pytest.approx(heard.true_peak_dbtp, abs=0.15)


@pytest.mark.parametrize("target", [-23.0, -14.0])
def test_another_target_and_ceiling_are_reached_as_well(target, render, clip):
    item = render(ItemOrder((clip("speech"),), target_lufs=target, ceiling_dbtp=-3.0))
    assert item.loudness_lufs == pytest.approx(target, abs=0.5)
    assert item.true_peak_dbtp <= -3.0


def test_a_whole_template_reaches_the_same_loudness(render, clip, template):
    item = render(ItemOrder((clip("speech"), clip("phone", sentence=1)), template))
    assert item.loudness_lufs == pytest.approx(-16.0, abs=0.5)


def test_a_quiet_recording_is_not_drowned_by_the_tunes_around_it(render, clip, template, sounds):
    item = render(ItemOrder((clip("phone"),), replace(template, opening=(), bed=None)))
    (words,) = item.sentences
    start, end = (f"{at / 1000:.3f}" for at in (words.starts_ms, words.ends_ms))
    only_words = sounds.file("words.wav", "-ss", start, "-to", end, "-i", item.path)
    assert measure(only_words).loudness_lufs == pytest.approx(-16.0, abs=3.0)


def test_the_spectrum_of_speech_survives(render, clip, sounds):
    item = render(ItemOrder((clip("speech"),)))
    for band in ("highpass=150,lowpass=500", "highpass=700,lowpass=3000", "highpass=4000"):
        heard = measure(sounds.file("band.wav", "-i", item.path, "-af", band))
        assert heard.loudness_lufs > -42


def test_facts_are_those_of_the_file_and_its_name_is_its_hash(render, clip, tmp_path, sounds):
    item = render(ItemOrder((clip("speech"),)))
    content = item.path.read_bytes()
    assert item.sha256 == hashlib.sha256(content).hexdigest()
    assert item.path == tmp_path / f"{item.sha256}.mp3"
    assert item.bytes == len(content)
    assert item.duration_ms == count_frames(item.path) * 24 == measure(item.path).duration_ms
    assert sounds.complaints(item.path) == ""
    assert [path.name for path in tmp_path.iterdir()] == [item.path.name]


def test_the_file_is_readable_by_the_web_server(render, clip):
    assert render(ItemOrder((clip("tone"),))).path.stat().st_mode & 0o777 == 0o644


def test_the_same_order_gives_the_same_file(render, clip, template):
    order = ItemOrder((clip("speech"),), template)
    assert render(order).sha256 == render(order).sha256


def test_silence_at_the_ends_of_clips_gives_way_to_the_pauses_asked_for(
    render, clip, sounds, tmp_path
):
    padded = sounds.file(
        "padded.wav",
        "-i",
        sounds.sample("tone"),
        "-af",
        "adelay=1500,apad=pad_dur=2",
        "-c:a",
        "pcm_s16le",
    )
    order = ItemOrder(tuple(replace(clip("tone", number, 400), path=padded) for number in (0, 1)))
    assert render(order).duration_ms == pytest.approx(2 * 4_000 + 400, abs=250)


def test_sentences_are_timed_where_they_sound(render, clip, template):
    clips = (
        clip("tone", 0, 500, "Một"),
        clip("music", 0, 700, "hai."),
        clip("tone", 1, 0, "Ba."),
    )
    one, two = render(ItemOrder(clips, template)).sentences
    assert (one.text, two.text) == ("Một hai.", "Ba.")
    assert one.ends_ms - one.starts_ms == 4_000 + 500 + 6_000
    assert two.starts_ms - one.ends_ms == 700
    assert two.ends_ms - two.starts_ms == 4_000


def test_a_sentence_is_heard_in_the_mp3_when_we_say(render, clip, sounds, tmp_path):
    item = render(ItemOrder((clip("tone", 0, 2_000), clip("tone", 1))))
    drawn = measure(item.path).waveform
    per_point = item.duration_ms / len(drawn)
    heard = [point * per_point for point, height in enumerate(drawn) if height > 10]
    first_gap = next(b for a, b in pairwise(heard) if b - a > 1_000)
    assert first_gap == pytest.approx(item.sentences[1].starts_ms, abs=2 * per_point)


def test_a_quicker_voice_is_shorter_and_its_tunes_are_not(render, clip, template):
    order = ItemOrder(
        (clip("speech", 0), clip("speech", 1)), ItemTemplate(signature=template.signature)
    )
    usual, quick = render(order), render(replace(order, speed_percent=125))
    tune_ms = usual.sentences[0].starts_ms
    assert quick.sentences[0].starts_ms == tune_ms
    spoken = usual.sentences[-1].ends_ms - tune_ms
    assert quick.sentences[-1].ends_ms - tune_ms == pytest.approx(spoken / 1.25, rel=0.03)


def test_the_drawing_shows_pauses_between_the_words(render, clip):
    peaks = render(ItemOrder((clip("tone", 0, 4_000), clip("tone", 1)))).peaks
    assert len(peaks) <= 800
    assert max(peaks[len(peaks) * 2 // 5 : len(peaks) * 3 // 5]) == 0
    assert min(peaks[10 : len(peaks) // 4]) > 0


@pytest.mark.parametrize(
    ("origin", "refusal"),
    [("silence", SilentClip), ("half_silent", None), ("rasping", ClippedSound)],
)
def test_unfit_sound_is_refused_by_name_and_nothing_is_left(
    origin, refusal, render, clip, tmp_path
):
    if refusal is None:  # trimming mends what is silent at the end only
        assert render(ItemOrder((clip(origin),))).silence_share < 0.1
        return
    with pytest.raises(refusal):
        render(ItemOrder((clip(origin),)))
    assert list(tmp_path.iterdir()) == []


def test_rasping_words_are_refused_behind_a_quiet_tune_as_well(render, clip, template):
    with pytest.raises(ClippedSound):
        render(ItemOrder((clip("rasping"),), template))


def test_rasping_words_are_refused_at_another_speed_as_well(render, clip):
    with pytest.raises(ClippedSound):
        render(ItemOrder((clip("rasping"),), speed_percent=110))


def test_an_item_of_forty_per_cent_silence_is_refused(render, clip):
    with pytest.raises(MostlySilence):
        render(ItemOrder((clip("tone", 0, 6_000), clip("tone", 1))))


def test_an_order_without_words_is_refused(render):
    with pytest.raises(EmptyItem):
        render(ItemOrder(()))


def test_sound_too_short_to_be_measured_is_refused(render, clip, sounds, tmp_path):
    blip = sounds.file("blip.wav", "-i", sounds.sample("tone"), "-t", "0.2", "-c:a", "pcm_s16le")
    with pytest.raises(EmptyItem):
        render(ItemOrder((replace(clip("tone"), path=blip),)))


@pytest.mark.parametrize("expected_ms", [1_000, 30_000])
def test_a_duration_far_from_what_the_text_predicts_is_refused(expected_ms, render, clip):
    with pytest.raises(DurationUnlikely) as refused:
        render(ItemOrder((clip("speech"),), expected_ms=expected_ms))
    assert refused.value.facts["expected_ms"] == expected_ms


def test_the_prediction_follows_the_speed(render, clip):
    order = ItemOrder((clip("speech"),), expected_ms=17_000, speed_percent=150)
    assert render(order).duration_ms < 8_000


def test_loudness_that_no_gain_reaches_is_refused(render, clip, sounds):
    clicks = sounds.file(
        "clicks.wav", "-f", "lavfi", "-i",
        "aevalsrc='0.9*eq(mod(n,9600),0)+0.0005*sin(2*PI*300*t)':s=24000:d=4", "-c:a", "pcm_s16le",
    )  # fmt: skip
    with pytest.raises(LoudnessOutOfReach):
        render(ItemOrder((replace(clip("tone"), path=clicks),), ItemTemplate(), target_lufs=-8.0))


def test_a_clip_that_is_missing_is_refused_by_name(render, clip, tmp_path):
    with pytest.raises(UnsuitablePcm):
        render(ItemOrder((replace(clip("tone"), path=tmp_path / "none.wav"),)))


def test_every_refusal_speaks_vietnamese_and_says_what_to_do():
    refusals = [
        ClippedSound,
        DurationUnlikely,
        EmptyItem,
        MostlySilence,
        SilentClip,
        LoudnessOutOfReach,
        UnsuitablePcm,
    ]
    for refusal in refusals:
        assert issubclass(refusal, AudioError)
        assert "Hãy" in refusal.message
    assert len({refusal.code for refusal in refusals}) == len(refusals)


@pytest.mark.parametrize("speed_percent", [100, 120])
def test_progress_runs_forward_to_the_end(speed_percent, render, clip):
    seen = []
    order = ItemOrder((clip("speech"),), speed_percent=speed_percent)
    render(order, progress=lambda done, total: seen.append((done, total)))
    done = [part for part, _ in seen]
    assert done == sorted(done)
    assert seen[-1][0] == seen[-1][1] > 0
    assert len({total for _, total in seen}) == 1


@pytest.mark.parametrize("after", [0, 3, 12])
def test_cancelling_stops_at_any_moment_and_leaves_nothing(after, render, clip, tmp_path):
    asked = iter(range(10_000))
    with pytest.raises(AudioWorkCancelled):
        render(ItemOrder((clip("speech"),)), cancelled=lambda: next(asked) >= after)
    assert list(tmp_path.iterdir()) == []


MEMORY_OF_A_LONG_ITEM = """
import sys
from pathlib import Path
from audio.item import Clip, ItemOrder
from audio.render import render_item
clips = tuple(Clip(Path(sys.argv[1]), "", 300, number) for number in range(280))
item = render_item(ItemOrder(clips), folder=Path(sys.argv[2]),
                   progress=lambda done, total: None, cancelled=lambda: False)
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
print(item.duration_ms, peak.split()[1])
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_text(sounds, tmp_path):
    """Forty minutes of sound are 115 MB of PCM; nothing of that may stay in memory."""
    root = str(Path(render_module.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MEMORY_OF_A_LONG_ITEM, sounds.sample("speech"), tmp_path],
        capture_output=True, text=True, check=True, cwd=root,
    )  # fmt: skip
    duration_ms, peak_kb = map(int, done.stdout.split())
    assert duration_ms > 38 * 60_000
    assert peak_kb < 60_000
