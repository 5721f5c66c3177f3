"""Complete is proved, not assumed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playout.plays import COMPLETE_WITHIN_MS, RELAY_COMPLETE_WITHIN_MS, Outcome, judge_end


@pytest.mark.parametrize(
    ("played_ms", "reason", "expected"),
    [
        (48_000, None, (Outcome.COMPLETE, None)),
        (47_850, None, (Outcome.COMPLETE, None)),
        (47_849, None, (Outcome.PARTIAL, "ended_early")),
        (1, None, (Outcome.PARTIAL, "ended_early")),
        (0, None, (Outcome.FAILED, "no_sound")),
        (20_000, "player_died", (Outcome.PARTIAL, "player_died")),
        (0, "unreadable", (Outcome.FAILED, "unreadable")),
        (48_000, "resumed", (Outcome.COMPLETE, "resumed")),
    ],
)
def test_the_position_reached_decides(build, played_ms, reason, expected):
    assert judge_end(build.item(0, 48), played_ms, reason=reason) == expected


@pytest.mark.parametrize(
    ("played_ms", "outcome"),
    [
        (600_000, Outcome.COMPLETE),
        (595_000, Outcome.COMPLETE),
        (594_999, Outcome.PARTIAL),
        (0, Outcome.FAILED),
    ],
)
def test_a_relay_may_miss_the_seconds_of_connecting(build, played_ms, outcome):
    assert judge_end(build.relay(0, 600), played_ms, reason=None)[0] is outcome


@given(st.integers(-5, 100_000), st.integers(24, 90_000))
def test_no_sound_is_never_complete_and_all_of_it_always_is(shared_build, played_ms, duration_ms):
    item = shared_build.item(0, duration_ms / 1000)
    outcome, _ = judge_end(item, played_ms, reason=None)
    if played_ms <= 0:
        assert outcome is Outcome.FAILED
    elif played_ms >= duration_ms:
        assert outcome is Outcome.COMPLETE
    elif played_ms < duration_ms - COMPLETE_WITHIN_MS:
        assert outcome is Outcome.PARTIAL


def test_a_very_short_item_still_needs_some_sound(build):
    assert judge_end(build.item(0, 0.048), 0, reason=None)[0] is Outcome.FAILED
    assert (
        judge_end(build.relay(0, RELAY_COMPLETE_WITHIN_MS / 2000), 0, reason=None)[0]
        is Outcome.FAILED
    )
