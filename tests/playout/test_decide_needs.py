"""What must lie on the disk and when the amplifier must be warm: asked of the plan ahead of time."""

from datetime import UTC, datetime, timedelta

from playout.decide import (
    Prefetch,
    Wait,
    amplifier_wanted,
    decide_fetch,
    list_needed,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def seconds(n):
    return timedelta(seconds=n)


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
