"""What the box does now: every planned airing gets one outcome, and no clock plays it twice."""

from datetime import UTC, datetime, timedelta

import pytest

from playout.decide import (
    ARM_LEAD,
    GiveUp,
    Interrupt,
    Missed,
    OnAir,
    Play,
    Reason,
    Suspended,
    Wait,
    decide,
)
from playout.occurrences import list_occurrences
from playout.plan import (
    LateMode,
    Priority,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def seconds(n):
    return timedelta(seconds=n)


def shas(plan):
    return {i.audio.sha256 for s in plan.sessions for i in s.running_order if i.audio}


def occurrences(plan, at=NOON + timedelta(days=2)):
    return {o.key: o for o in list_occurrences(plan, at)}


def test_it_waits_until_the_arming_lead_before_a_start(build):
    plan = build.plan(build.session(NOON + seconds(60), [build.item()]))
    assert decide(plan, shas(plan), set(), NOON) == Wait(NOON + seconds(60) - ARM_LEAD)


def test_a_start_inside_the_lead_is_armed_for_its_exact_moment(build):
    plan = build.plan(build.session(NOON + seconds(3), [build.item(airing="a")]))
    decision = decide(plan, shas(plan), set(), NOON)
    assert isinstance(decision, Play)
    assert (decision.occurrence.key, decision.at, decision.from_ms) == ("a", NOON + seconds(3), 0)


def test_the_next_item_of_a_session_is_armed_for_the_end_of_the_one_on_air(build):
    plan = build.plan(build.session(NOON, [build.item(0, 48, "a"), build.item(48, 48, "b")]))
    a = occurrences(plan)["a"]
    on_air = OnAir(a, NOON + seconds(48.02))
    decision = decide(plan, shas(plan), {"a"}, NOON + seconds(45), on_air=on_air)
    assert (decision.occurrence.key, decision.at) == ("b", NOON + seconds(48.02))


def test_priority_goes_first_when_both_could_start(build):
    plan = build.plan(
        build.session(NOON, [build.item(airing="thường")]),
        build.session(NOON, [build.item(airing="ưu tiên")], priority=Priority.PRIORITY),
    )
    assert decide(plan, shas(plan), set(), NOON).occurrence.key == "ưu tiên"


def test_priority_interrupts_nothing(build):
    plan = build.plan(
        build.session(NOON, [build.item(airing="a")]),
        build.session(NOON + seconds(9), [build.item(airing="b")], priority=Priority.PRIORITY),
    )
    on_air = OnAir(occurrences(plan)["a"], NOON + seconds(48))
    assert isinstance(decide(plan, shas(plan), {"a"}, NOON + seconds(10), on_air=on_air), Wait)


def test_an_emergency_waits_for_its_audio_before_it_interrupts(build):
    plan = build.plan(
        build.session(NOON, [build.item(airing="a")]),
        build.emergency(NOON + seconds(9), [build.item(airing="lũ")]),
    )
    now, a = NOON + seconds(10), occurrences(plan)["a"]
    on_air, alarm = OnAir(a, NOON + seconds(48)), occurrences(plan)["lũ"].item.audio.sha256
    assert isinstance(decide(plan, shas(plan) - {alarm}, {"a"}, now, on_air=on_air), Wait)
    assert decide(plan, shas(plan), {"a"}, now, on_air=on_air) == Interrupt(a, Reason.EMERGENCY)


@pytest.mark.parametrize(
    ("late_s", "mode", "expected"),
    [
        (100, LateMode.WHOLE, Play),
        (301, LateMode.WHOLE, GiveUp),
        (1, LateMode.WHOLE, Play),
        (10, LateMode.SKIP, GiveUp),
    ],
)
def test_the_cut_item_is_resumed_within_its_grace_and_dropped_after(build, late_s, mode, expected):
    plan = build.plan(build.session(NOON, [build.item(0, 96, "a")], mode=mode, grace_s=300))
    stopped = Suspended(occurrences(plan)["a"], 30_000)
    decision = decide(plan, shas(plan), {"a"}, NOON + seconds(30 + late_s), suspended=[stopped])
    assert isinstance(decision, expected)
    if isinstance(decision, Play):
        assert decision.from_ms == 30_000


def test_nothing_else_starts_between_an_emergency_and_the_item_it_cut(build):
    plan = build.plan(
        build.session(NOON, [build.item(0, 96, "a"), build.item(96, 48, "b")]),
        build.emergency(NOON + seconds(50), [build.item(0, 48, "lũ")]),
    )
    known = occurrences(plan)
    on_air, stopped = OnAir(known["lũ"], NOON + seconds(98)), Suspended(known["a"], 50_000)
    now = NOON + seconds(96)
    found = decide(plan, shas(plan), {"a", "lũ"}, now, on_air=on_air, suspended=[stopped])
    assert isinstance(found, Wait)
    now = NOON + seconds(98)
    found = decide(plan, shas(plan), {"a", "lũ"}, now, suspended=[stopped])
    assert isinstance(found, Play)
    assert found.occurrence.key == "a"


def test_a_withdrawn_suspended_item_is_given_up(build):
    item = build.item(0, 96, "a")
    old = build.plan(build.session(NOON, [item], name="s"))
    stopped = Suspended(occurrences(old)["a"], 1000)
    new = build.plan(build.session(NOON, [], name="s"))
    found = decide(new, shas(old), {"a"}, NOON + seconds(5), suspended=[stopped])
    assert found == GiveUp(stopped.occurrence, Reason.WITHDRAWN)


@pytest.mark.parametrize(
    ("reason", "cached", "generated", "busy"),
    [
        (Reason.AUDIO_MISSING, False, NOON - seconds(9), False),
        (Reason.LATE_PLAN, True, NOON + seconds(900), False),
        (Reason.AIR_BUSY, True, NOON - seconds(9), True),
        (Reason.BOX_OFF, True, NOON - seconds(9), False),
    ],
)
def test_a_missed_row_says_why(build, reason, cached, generated, busy):
    plan = build.plan(
        build.session(NOON, [build.item(airing="a")]),
        build.session(NOON + seconds(600), [build.item(0, 600, "b")]),
        generated_at=generated,
    )
    on_air = OnAir(occurrences(plan)["b"], NOON + seconds(1200)) if busy else None
    found = decide(plan, shas(plan) if cached else set(), {"b"}, NOON + seconds(910), on_air=on_air)
    assert found == Missed(occurrences(plan)["a"], reason)


def test_a_live_relay_is_joined_late_until_its_last_seconds(build):
    plan = build.plan(build.session(NOON, [build.relay(0, 600)]))
    assert isinstance(decide(plan, set(), set(), NOON + seconds(500)), Play)
    assert isinstance(decide(plan, set(), set(), NOON + seconds(599)), Missed)


def test_after_valid_until_nothing_is_played_and_nothing_called_missed(build):
    plan = build.plan(build.session(NOON + timedelta(hours=80), [build.item()]), hours=72)
    assert isinstance(decide(plan, shas(plan), set(), NOON + timedelta(hours=81)), Wait)


def test_an_untrusted_clock_calls_nothing_missed(build):
    plan = build.plan(build.session(NOON - timedelta(hours=5), [build.item()]))
    assert isinstance(decide(plan, shas(plan), set(), NOON), Missed)
    assert isinstance(decide(plan, shas(plan), set(), NOON, trusted=False), Wait)
