"""What the box does now: every planned airing gets one outcome, and no clock plays it twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playout.decide import (
    ARM_LEAD,
    GiveUp,
    Interrupt,
    Missed,
    OnAir,
    Play,
    Prefetch,
    Reason,
    Suspended,
    Wait,
    amplifier_wanted,
    decide,
    decide_fetch,
    list_needed,
)
from playout.occurrences import list_occurrences
from playout.plan import (
    Audio,
    Item,
    Kind,
    LateMode,
    LatePolicy,
    Plan,
    Priority,
    Repeat,
    Session,
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


def test_emergency_audio_is_fetched_before_what_is_due_sooner(build):
    alarm, news, later = build.audio(), build.audio(), build.audio()
    plan = build.plan(
        build.session(NOON + seconds(60), [build.item(audio=news)]),
        build.session(NOON + seconds(50_000), [build.item(audio=later)]),
        build.emergency(NOON + seconds(9000), [build.item(audio=alarm)]),
    )
    order = [audio for audio, _, _ in list_needed(plan, set(), NOON)]
    assert order == [alarm, news, later]
    assert decide_fetch(plan, set(), set(), NOON, not_before={}) == Prefetch(alarm, urgent=True)


def test_a_file_that_failed_does_not_block_its_neighbours(build):
    first, second = build.audio(), build.audio()
    plan = build.plan(
        build.session(NOON + seconds(60), [build.item(audio=first), build.item(99, audio=second)])
    )
    not_before = {first.sha256: NOON + seconds(30)}
    assert decide_fetch(plan, set(), set(), NOON, not_before=not_before).audio == second
    held = {second.sha256}
    assert decide_fetch(plan, held, set(), NOON, not_before=not_before) == Wait(NOON + seconds(30))
    assert decide_fetch(plan, held, set(), NOON + seconds(31), not_before=not_before).audio == first


def test_a_relays_fallback_is_needed_and_what_was_played_is_not(build):
    fallback, news = build.audio(), build.audio()
    plan = build.plan(
        build.session(
            NOON, [build.relay(fallback=fallback), build.item(601, airing="a", audio=news)]
        )
    )
    assert {a for a, _, _ in list_needed(plan, {"a"}, NOON)} == {fallback}


def test_a_repeating_emergency_needs_its_audio_until_its_last_repeat(build):
    plan = build.plan(build.emergency(NOON, [build.item(airing="lũ")], every_s=60, for_s=600))
    assert list_needed(plan, {"lũ", "lũ#1"}, NOON + seconds(120))
    assert not list_needed(plan, {"lũ"}, NOON + seconds(601))


def test_the_amplifier_is_on_a_minute_before_and_through_short_pauses(build):
    plan = build.plan(build.session(NOON + seconds(300), [build.item()]))
    wanted = [
        amplifier_wanted(plan, NOON + seconds(s), on_air=False, is_on=False) for s in (0, 239, 241)
    ]
    assert wanted == [False, False, True]
    assert amplifier_wanted(plan, NOON + seconds(130), on_air=False, is_on=True)
    assert amplifier_wanted(plan, NOON + timedelta(days=1), on_air=True, is_on=True)
    assert not amplifier_wanted(plan, NOON + timedelta(days=1), on_air=False, is_on=True)


# Properties: a box as simple as can be, driven by decide alone, under any clock and any cache.

audios = st.integers(1, 4).map(lambda n: Audio(f"http://x/{n}", f"{n:064x}", 8000, n * 20_000))


@st.composite
def sessions(draw, number):
    offset, items = 0, []
    for place in range(draw(st.integers(1, 3))):
        audio = draw(audios)
        kind = draw(st.sampled_from([Kind.BULLETIN, Kind.LINK, Kind.SILENCE]))
        airing = f"{number}/{place}" if kind is Kind.BULLETIN else None
        sound = None if kind is Kind.SILENCE else audio
        items.append(Item(airing, kind, offset, audio.duration_ms, audio=sound))
        offset += audio.duration_ms + draw(st.sampled_from([0, 0, 10_000]))
    priority = draw(st.sampled_from(list(Priority)))
    starts_at = NOON + seconds(draw(st.integers(-300, 900)))
    repeat = None
    if priority is Priority.EMERGENCY and draw(st.booleans()):
        repeat = Repeat(seconds(draw(st.integers(60, 200))), starts_at + seconds(500))
    late = LatePolicy(draw(st.sampled_from(list(LateMode))), seconds(draw(st.integers(0, 200))))
    return Session(f"s{number}", priority, starts_at, late, repeat, tuple(items))


@st.composite
def plans(draw):
    found = [draw(sessions(n)) for n in range(draw(st.integers(1, 4)))]
    return Plan("1", NOON - seconds(900), NOON + timedelta(hours=72), 10, "", "", 80, tuple(found))


class TinyBox:
    """Obeys decide to the letter and nothing else; keeps the books the journal would keep."""

    def __init__(self):
        self.starts, self.outcomes = [], []
        self.played, self.on_air, self.suspended = set(), None, []

    def step(self, plan, cached, now, trusted=True):
        if self.on_air and now >= self.on_air.ends_at:
            self.outcomes.append(self.on_air.occurrence.key)
            self.on_air = None
        for _ in range(100):
            found = decide(
                plan,
                cached,
                self.played,
                now,
                on_air=self.on_air,
                suspended=self.suspended,
                trusted=trusted,
            )
            if isinstance(found, Wait) or (
                isinstance(found, Play) and (found.at > now or self.on_air)
            ):
                return
            self._do(found, now)
        raise AssertionError("decide never comes to rest")

    def _do(self, found, now):
        key = found.occurrence.key
        waiting = [s for s in self.suspended if s.occurrence.key == key]
        if isinstance(found, Play):
            self.suspended = [s for s in self.suspended if s not in waiting]
            if not waiting:
                assert key not in self.played
                self.starts.append(key)
                self.played.add(key)
            left = found.occurrence.item.audio.duration_ms - found.from_ms
            self.on_air = OnAir(found.occurrence, now + timedelta(milliseconds=left))
        elif isinstance(found, Interrupt):
            left = self.on_air.ends_at - now
            position = found.occurrence.item.audio.duration_ms - left // timedelta(milliseconds=1)
            self.on_air = None
            if found.reason is Reason.EMERGENCY:
                self.suspended.append(Suspended(found.occurrence, position))
            else:
                self.outcomes.append(key)
        elif isinstance(found, GiveUp):
            assert waiting
            self.suspended = [s for s in self.suspended if s not in waiting]
            self.outcomes.append(key)
        else:
            assert isinstance(found, Missed)
            assert key not in self.played
            self.played.add(key)
            self.outcomes.append(key)


@settings(deadline=None, max_examples=120)
@given(plans(), st.data())
def test_every_planned_item_gets_exactly_one_outcome_and_the_counts_add_up(plan, data):
    cached = data.draw(st.sets(st.sampled_from(sorted(shas(plan)) or ["-"])))
    box = TinyBox()
    for s in range(-400, 2600, 5):
        box.step(plan, cached, NOON + seconds(s))
    planned = set(occurrences(plan, NOON + seconds(2600)))
    assert sorted(box.outcomes) == sorted(planned)


@settings(deadline=None, max_examples=120)
@given(plans(), st.lists(st.integers(-90_000, 90_000), max_size=12), st.data())
def test_no_jump_of_the_clock_plays_anything_twice(plan, jumps, data):
    box, shift = TinyBox(), 0
    for number, jump in enumerate([0, *jumps]):
        shift += jump
        trusted = data.draw(st.booleans())
        for s in range(0, 120, 10):
            box.step(plan, shas(plan), NOON + seconds(shift + number * 120 + s), trusted)
    assert len(box.starts) == len(set(box.starts))
    assert len(box.outcomes) == len(set(box.outcomes))


@settings(deadline=None, max_examples=60)
@given(plans())
def test_nothing_starts_before_its_time_or_after_its_latest_start(plan):
    box = TinyBox()
    for s in range(-400, 1600, 2):
        now, before = NOON + seconds(s), len(box.starts)
        box.step(plan, shas(plan), now)
        for key in box.starts[before:]:
            found = occurrences(plan)[key]
            assert found.due_at <= now <= found.latest_start
