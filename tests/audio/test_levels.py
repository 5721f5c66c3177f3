from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.levels import (
    ENCODER_LOSS_DB,
    FLOOR_DB,
    MAX_GAIN_DB,
    GainStage,
    LevelGoal,
    LevelProfile,
    Loudness,
    decibels,
    gain_to_target,
    predicted_loudness,
    ratio,
    waveform,
)

energies = st.lists(st.floats(0, 1), min_size=100, max_size=100)
profiles = st.builds(
    LevelProfile,
    energies.map(tuple),
    st.lists(st.integers(0, 500), min_size=100, max_size=100).map(tuple),
)
loudnesses = st.floats(-60, 0)
gains = st.floats(-40, 40)
limits = st.floats(-12, 0)


def profile_with(windows: dict[int, float], quiet: dict[int, int] | None = None) -> LevelProfile:
    by_peak, by_rms = [0.0] * 100, [0] * 100
    for below, energy in windows.items():
        by_peak[below] = energy
    for below, count in (quiet or {}).items():
        by_rms[below] = count
    return LevelProfile(tuple(by_peak), tuple(by_rms))


@given(st.floats(-90, 20))
def test_decibels_and_ratio_are_each_others_inverse(gain_db):
    assert decibels(ratio(gain_db)) == pytest.approx(gain_db)


def test_no_sound_is_the_floor_and_not_minus_infinity():
    assert decibels(0.0) == FLOOR_DB


@given(profiles, gains, limits)
def test_a_limiter_never_makes_sound_louder(profile, gain_db, limit):
    assert profile.limiter_loss_db(gain_db, limit) >= 0


@given(profiles, st.lists(gains, min_size=2, max_size=2), limits)
def test_more_gain_never_sounds_quieter(profile, pair, limit):
    low, high = sorted(pair)
    quieter = predicted_loudness(-20, profile, gain_db=low, limit_dbfs=limit)
    louder = predicted_loudness(-20, profile, gain_db=high, limit_dbfs=limit)
    assert louder >= quieter - 1e-9


@given(profiles, gains, limits)
def test_what_passes_the_limiter_never_lies_above_it(profile, gain_db, limit):
    loudest = max((i for i, e in enumerate(profile.energy_by_peak_db) if e), default=None)
    if loudest is None:
        return
    kept = sum(profile.energy_by_peak_db) * 10 ** (
        (gain_db - profile.limiter_loss_db(gain_db, limit)) / 10
    )
    allowed = sum(
        energy * 10 ** (min(gain_db, limit + below + 0.5) / 10)
        for below, energy in enumerate(profile.energy_by_peak_db)
    )
    assert kept <= allowed * (1 + 1e-9)


@given(loudnesses, profiles, limits)
def test_the_gain_is_predicted_to_reach_the_target_or_stands_at_its_bound(measured, profile, limit):
    gain = gain_to_target(measured, profile, target=-16.0, limit_dbfs=limit)
    reached = predicted_loudness(measured, profile, gain_db=gain, limit_dbfs=limit)
    assert reached == pytest.approx(-16.0, abs=0.01) or gain >= MAX_GAIN_DB - 0.01


@given(st.floats(-50, -16))
def test_sound_that_needs_no_limiter_gets_the_plain_difference(measured):
    far_below = profile_with({80: 1.0})
    gain = gain_to_target(measured, far_below, target=-16.0, limit_dbfs=-2.0)
    assert gain == pytest.approx(-16.0 - measured + ENCODER_LOSS_DB, abs=1e-3)


def test_a_limited_window_loses_what_it_would_have_passed_the_limit_by():
    assert profile_with({0: 1.0}).limiter_loss_db(6.0, -2.0) == pytest.approx(7.5)


def test_only_the_limited_half_of_the_energy_is_turned_down():
    half = profile_with({0: 1.0, 60: 1.0})
    assert half.limiter_loss_db(10.5, 0.0) == pytest.approx(-10 * log10((0.1 + 1) / 2), abs=1e-6)


@pytest.mark.parametrize(
    ("gain_db", "share"), [(0.0, 0.75), (20.0, 0.5), (40.0, 0.0), (-40.0, 1.0)]
)
def test_silence_is_judged_after_the_gain(gain_db, share):
    profile = profile_with({}, quiet={20: 25, 60: 25, 75: 50})
    assert profile.silence_share(gain_db) == share


def test_an_empty_sound_is_all_silence_and_has_no_peak():
    empty = profile_with({})
    assert empty.silence_share(0.0) == 1.0
    assert empty.peak_dbfs == FLOOR_DB
    assert empty.limiter_loss_db(40.0, -2.0) == 0.0


@pytest.mark.parametrize(
    ("windows", "level"),
    [
        ({20: 100}, -20.5),
        ({20: 100, 45: 100}, -20.5),
        ({20: 100, 99: 900}, -20.5),
        ({75: 100}, None),
        ({}, None),
    ],
    ids=["steady", "pauses", "digital_silence", "below_the_gate", "empty"],
)
def test_the_level_of_a_part_leaves_its_pauses_out(windows, level):
    found = profile_with({}, quiet=windows).level_dbfs
    assert found == (level and pytest.approx(level))


@given(st.lists(st.integers(0, 500), min_size=100, max_size=100).map(tuple))
def test_the_level_of_a_part_lies_among_its_windows(windows):
    level = LevelProfile((0.0,) * 100, windows).level_dbfs
    heard = [below for below, count in enumerate(windows[:70]) if count]
    assert (level is None) == (not heard)
    if level is not None:
        assert -heard[-1] - 1 <= level <= -heard[0]


def test_the_peak_of_a_profile_is_the_top_of_its_highest_window():
    assert profile_with({7: 0.01, 30: 1.0}).peak_dbfs == -7.0


@pytest.mark.parametrize(
    ("loudness", "peak", "met"),
    [
        (-16.0, -1.6, True),
        (-16.4, -6.0, True),
        (-15.6, -1.6, True),
        (-16.5, -6.0, False),
        (-15.5, -6.0, False),
        (-16.0, -1.5, False),
    ],
)
def test_the_goal_is_loudness_and_peak_together(loudness, peak, met):
    assert LevelGoal().is_met_by(Loudness(loudness, peak)) is met


@given(loudnesses, profiles)
def test_the_first_limit_stands_below_the_ceiling(measured, profile):
    goal = LevelGoal()
    assert goal.first_stage(measured, profile).limit_dbfs < goal.ceiling_dbtp


@given(profiles, st.floats(-30, -10), st.floats(-10, 3))
def test_a_correction_lowers_the_limit_by_at_least_the_excess(profile, loudness, peak):
    goal = LevelGoal()
    tried = GainStage(6.0, -2.0)
    corrected = goal.corrected(tried, Loudness(loudness, peak), -20.0, profile)
    excess = max(0.0, peak - goal.ceiling_dbtp)
    assert corrected.limit_dbfs <= tried.limit_dbfs - excess


def test_a_correction_adds_what_the_last_attempt_fell_short():
    far_below = profile_with({80: 1.0})
    goal = LevelGoal()
    first = goal.first_stage(-22.0, far_below)
    second = goal.corrected(first, Loudness(-17.0, -9.0), -22.0, far_below)
    assert second.gain_db - first.gain_db == pytest.approx(1.0, abs=1e-3)
    assert second.bias_lu == pytest.approx(-1.0, abs=1e-3)


@given(st.lists(st.integers(0, 32_768), max_size=3_000), st.integers(1, 900))
def test_a_waveform_keeps_the_highest_peak_and_its_bounds(peaks, points):
    drawn = waveform(peaks, points)
    assert len(drawn) == min(points, len(peaks))
    assert all(0 <= height <= 100 for height in drawn)
    assert max(drawn, default=0) == round(max(peaks, default=0) * 100 / 32_768)
