"""The watchdog, the relay and the failing card, seen on a pushed clock."""

from datetime import timedelta

import pytest

from playout.errors import PlayerFailed
from playout.player import State
from playout.plays import Outcome
from playout.silent_player import SilentPlayer


def seconds(n):
    return timedelta(seconds=n)


class FailingPlayer(SilentPlayer):
    """Freezes or dies after some seconds of its first file; a restart mends it."""

    def __init__(self, clock, how, after_ms):
        super().__init__(clock)
        self.how, self.after_ms, self.restarts = how, after_ms, 0

    def progress(self):
        told = super().progress()
        if self.restarts or not told or told[-1].position_ms < self.after_ms:
            return told
        if self.how == "dies":
            raise PlayerFailed(reason="player_died")
        frozen = told[0]
        return [type(frozen)(frozen.key, State.PLAYING, self.after_ms, frozen.started_ns)]

    def restart(self):
        super().restart()
        self.restarts += 1


class RadioPlayer(SilentPlayer):
    """Hears a stream for `hears_ms` each time it connects, then only silence."""

    def __init__(self, clock, record, hears_ms):
        super().__init__(clock)
        self.record, self.hears_ms, self.connections = record, hears_ms, 0

    def arm(self, cue):
        self.connections += cue.is_stream
        super().arm(type(cue)(cue.key, self.record, volume_percent=81) if cue.is_stream else cue)

    def stop(self):
        return min(super().stop(), self.hears_ms)

    def progress(self):
        told = super().progress()
        if told and self._running and self._running.loaded.cue.source == self.record:
            live = told[-1]
            return [
                type(live)(
                    live.key, live.state, min(live.position_ms, self.hears_ms), live.started_ns
                )
            ]
        return told


@pytest.mark.parametrize(("how", "reason"), [("freezes", "player_stuck"), ("dies", "player_died")])
def test_a_player_that_fails_costs_one_item_and_is_replaced(stage, build, noon, how, reason):
    stage.player = stage.air.channel._deck.player = FailingPlayer(stage.clock, how, 20_000)
    audio = stage.record_audio(48)
    items = [build.item(0, 48, "a", audio=audio), build.item(48, 48, "b", audio=audio)]
    stage.air.offer(build.plan(build.session(noon + seconds(10), items)))
    stage.run_for(180)
    first, second = stage.rows()
    assert (first.outcome, first.reason) == (Outcome.PARTIAL, reason)
    assert abs(first.played_ms - 20_000) < 600
    assert (second.outcome, second.played_ms) == (Outcome.COMPLETE, 48_000)
    assert second.started_at - second.planned_start < timedelta(milliseconds=10)
    assert stage.player.restarts == 1


@pytest.fixture
def radio(make_stage, make_reader):
    def make(hears_s):
        stage = make_stage(make_reader())
        long = stage.record_audio(3600)
        record = str(stage.cache.verify(long.sha256))
        stage.player = stage.air.channel._deck.player = RadioPlayer(
            stage.clock, record, hears_s * 1000
        )
        return stage

    return make


def test_a_relay_starts_and_stops_on_time(radio, build, noon):
    stage = radio(hears_s=3600)
    stage.air.offer(build.plan(build.session(noon + seconds(10), [build.relay(0, 300)])))
    stage.run_for(400)
    (row,) = stage.rows()
    assert (row.outcome, row.reason) == (Outcome.COMPLETE, None)
    assert row.started_at - row.planned_start < timedelta(milliseconds=5)
    assert abs(row.ended_at - row.planned_start - seconds(300)) < seconds(0.5)
    assert abs(row.played_ms - 300_000) < 500


def test_a_stream_that_falls_silent_is_replaced_after_five_seconds_and_tried_again(
    radio, build, noon
):
    stage = radio(hears_s=60)
    fallback = stage.record_audio(48)
    stage.air.offer(
        build.plan(build.session(noon + seconds(10), [build.relay(0, 300, fallback=fallback)]))
    )
    stage.run_for(400)
    (row,) = stage.rows()
    assert row.reason == "stream_failed"
    assert row.outcome is Outcome.PARTIAL
    assert stage.player.connections == 3
    assert abs(row.played_ms - 3 * 60_000) < 1_500, "the fallback's minutes are not the relay's"
    assert abs(row.ended_at - row.planned_start - seconds(300)) < seconds(0.5)


def test_a_stream_without_fallback_is_tried_again_until_the_planned_end(radio, build, noon):
    stage = radio(hears_s=0)
    stage.air.offer(build.plan(build.session(noon + seconds(10), [build.relay(0, 60)])))
    stage.run_for(120)
    (row,) = stage.rows()
    assert (row.outcome, row.played_ms, row.reason) == (Outcome.FAILED, 0, "stream_failed")
    assert stage.player.connections > 5


def test_an_emergency_cuts_a_relay_and_the_relay_is_joined_again(radio, build, noon):
    stage = radio(hears_s=3600)
    alarm = stage.record_audio(24)
    stage.air.offer(
        build.plan(
            build.session(noon + seconds(10), [build.relay(0, 300)]),
            build.emergency(noon + seconds(100), [build.item(0, 24, "lũ", audio=alarm)]),
        )
    )
    stage.run_for(400)
    rows = {row.airing: row for row in stage.rows()}
    assert rows["lũ"].outcome is Outcome.COMPLETE
    assert rows["relay"].reason == "resumed"
    assert abs(rows["relay"].played_ms - 276_000) < 1500
    assert abs(rows["relay"].ended_at - rows["relay"].planned_start - seconds(300)) < seconds(0.5)


def test_a_card_that_takes_no_writes_does_not_stop_the_air(stage, build, noon):
    audio = stage.record_audio(24)
    items = [build.item(60 * n, 24, f"a{n}", audio=audio) for n in range(3)]
    stage.air.offer(build.plan(build.session(noon + seconds(10), items)))
    stage.run_for(50)
    stage.journal._db.execute("PRAGMA query_only = ON")
    stage.run_for(60)
    assert "box.journal_unwritable" in {fault.code for fault in stage.faults.list()}
    assert not stage.journal.is_on_disk
    stage.run_for(90)
    assert [(row.airing, row.outcome) for row in stage.rows()] == [
        (f"a{n}", Outcome.COMPLETE) for n in range(3)
    ]
    assert stage.journal.return_to_disk()


def test_a_fault_of_the_player_is_over_with_the_next_sound(make_stage, make_reader, build, noon):
    stage = make_stage(make_reader())
    stage.player = stage.air.channel._deck.player = FailingPlayer(stage.clock, "dies", 5_000)
    audio = stage.record_audio(24)
    items = [build.item(0, 24, "a", audio=audio), build.item(60, 24, "b", audio=audio)]
    stage.air.offer(build.plan(build.session(noon + seconds(10), items)))
    stage.run_for(30)
    assert [fault.code for fault in stage.faults.list()] == ["box.player_failed"]
    stage.run_for(60)
    assert stage.faults.list() == []
