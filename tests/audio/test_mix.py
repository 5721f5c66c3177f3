from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from audio.mix import (
    BED_OFF_DB,
    BED_RAMP_SAMPLES,
    Bed,
    Frame,
    MixPlan,
    Segment,
    SpokenClip,
    Stretch,
    bed_curve,
    lay_voice,
    level_at,
    milliseconds,
    plan_mix,
    samples_of,
    sentence_spans,
    stretched,
)

TUNE = Stretch(Path("sang.wav"), 0, 72_000)
CLOSING = Stretch(Path("diem.wav"), 0, 24_000)
BED = Bed(Stretch(Path("nen.wav"), 0, 480_000))

stretches = st.builds(
    Stretch, st.just(Path("clip.wav")), st.integers(0, 1_000), st.integers(1, 240_000)
)
clips = st.lists(
    st.builds(SpokenClip, stretches, st.integers(0, 3_000), st.none() | st.integers(0, 8)),
    min_size=1,
    max_size=12,
)
frames = st.builds(
    Frame,
    st.none() | st.just(TUNE),
    st.none() | st.just(CLOSING),
    st.none() | st.just(BED),
    st.integers(0, 2_000),
)


def spoken(samples: int, pause_ms: int = 0, sentence: int | None = 0) -> SpokenClip:
    return SpokenClip(Stretch(Path("clip.wav"), 0, samples), pause_ms, sentence)


def seconds(count: float) -> int:
    return round(count * 24_000)


@given(st.integers(0, 10**9))
def test_a_millisecond_is_exactly_twenty_four_samples(duration_ms):
    assert milliseconds(samples_of(duration_ms)) == duration_ms


@given(clips, frames)
def test_segments_follow_each_other_without_gap_or_overlap(voice, frame):
    plan = plan_mix(lay_voice(voice), frame)
    assert plan.segments[0].at == 0
    assert all(one.ends_at == other.at for one, other in pairwise(plan.segments))


@given(clips, frames)
def test_the_durations_of_the_parts_add_up_to_the_item(voice, frame):
    plan = plan_mix(lay_voice(voice), frame)
    tunes = [tune for tune in (frame.signature, frame.closing) if tune]
    parts = [clip.stretch.samples for clip in voice]
    parts += [samples_of(clip.pause_after_ms) for clip in voice[:-1]]
    parts += [tune.samples + samples_of(frame.pause_ms) for tune in tunes]
    assert plan.samples == sum(parts)


@given(clips, st.integers(1, 3_000_000))
def test_a_change_of_tempo_moves_every_edge_and_uses_the_whole_track(voice, track_samples):
    laid = lay_voice(voice)
    moved = stretched(laid, Stretch(Path("voice.wav"), 0, track_samples))
    assert moved[0].at == 0
    assert moved[-1].ends_at == track_samples
    assert all(one.ends_at == other.at for one, other in pairwise(moved))
    assert [s.sentence for s in moved] == [s.sentence for s in laid]


def test_no_pause_is_left_after_the_last_word():
    voice = lay_voice([spoken(seconds(1), 500), spoken(seconds(2), 900)])
    assert voice[-1].ends_at == seconds(3.5)


def test_a_template_without_parts_adds_nothing():
    plan = plan_mix(lay_voice([spoken(seconds(1), 500)]), Frame())
    assert plan.samples == seconds(1)


def test_signature_and_closing_tune_stand_a_pause_away_from_the_words():
    plan = plan_mix(lay_voice([spoken(seconds(1))]), Frame(TUNE, CLOSING, None, 500))
    assert [(s.at, s.samples, s.spoken) for s in plan.segments] == [
        (0, seconds(3), False),
        (seconds(3), seconds(0.5), False),
        (seconds(3.5), seconds(1), True),
        (seconds(4.5), seconds(0.5), False),
        (seconds(5), seconds(1), False),
    ]


def test_pieces_of_one_sentence_are_one_span_and_opening_words_are_none():
    voice = lay_voice(
        [
            spoken(seconds(1), 500, None),
            spoken(seconds(1), 0, 0),
            spoken(seconds(1), 500, 0),
            spoken(seconds(1), 0, 1),
        ]
    )
    assert sentence_spans(plan_mix(voice, Frame())) == {
        0: (seconds(1.5), seconds(3.5)),
        1: (seconds(4), seconds(5)),
    }


@given(clips, frames)
def test_sentences_lie_inside_the_item(voice, frame):
    plan = plan_mix(lay_voice(voice), frame)
    spans = sentence_spans(plan)
    assert set(spans) == {clip.sentence for clip in voice if clip.sentence is not None}
    assert all(0 <= start < end <= plan.samples for start, end in spans.values())


@given(clips, frames, st.integers(0, 400_000))
def test_the_bed_never_rises_above_its_own_level(voice, frame, at):
    plan = plan_mix(lay_voice(voice), frame)
    assert level_at(bed_curve(plan), at) <= BED.gain_db


@given(clips, frames)
def test_corners_of_the_bed_run_forward_in_time(voice, frame):
    corners = [at for at, _ in bed_curve(plan_mix(lay_voice(voice), frame))]
    assert all(one <= other for one, other in pairwise(corners))


@given(clips)
def test_the_bed_lies_low_under_every_word(voice):
    plan = plan_mix(lay_voice(voice), Frame(bed=BED))
    curve = bed_curve(plan)
    low = BED.gain_db + BED.duck_db
    for segment in plan.segments:
        if segment.spoken:
            middle = segment.at + segment.samples // 2
            assert abs(level_at(curve, middle) - low) < 1e-9


def test_the_bed_stays_low_in_a_short_pause_and_rises_in_a_long_one():
    voice = lay_voice([spoken(seconds(2), 400), spoken(seconds(2), 2_000), spoken(seconds(2))])
    curve = bed_curve(plan_mix(voice, Frame(bed=BED)))
    assert level_at(curve, seconds(2.2)) == BED.gain_db + BED.duck_db
    assert level_at(curve, seconds(5.4)) == BED.gain_db


def test_the_bed_is_silent_away_from_the_words():
    plan = plan_mix(lay_voice([spoken(seconds(2))]), Frame(TUNE, CLOSING, BED, 1_000))
    curve = bed_curve(plan)
    assert level_at(curve, seconds(1)) == BED_OFF_DB
    assert level_at(curve, plan.samples - 1) == BED_OFF_DB
    assert level_at(curve, seconds(4) - BED_RAMP_SAMPLES // 2) > BED_OFF_DB


def test_without_words_or_without_music_there_is_no_bed():
    assert bed_curve(plan_mix((), Frame(TUNE, None, BED))) == ()
    assert bed_curve(plan_mix(lay_voice([spoken(9)]), Frame())) == ()
    assert bed_curve(MixPlan((), None)) == ()
    empty = Bed(Stretch(Path("nen.wav"), 0, 0))
    assert bed_curve(plan_mix(lay_voice([spoken(9)]), Frame(bed=empty))) == ()


def test_an_item_without_segments_lasts_no_time():
    assert MixPlan((), None).samples == 0
    assert Segment(10, 5, None).ends_at == 15
