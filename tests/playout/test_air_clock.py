"""The air lane under clocks that jump and programs that are cut: rows stay true, nothing twice."""

from datetime import timedelta

import pytest

from playout.plays import Outcome


def seconds(n):
    return timedelta(seconds=n)


@pytest.mark.parametrize("jump_h", [-24, 24, -1, 1])
def test_a_stepped_wall_clock_moves_nothing_once_the_station_was_asked(stage, build, noon, jump_h):
    audio = stage.record_audio(24)
    items = [build.item(60 * n, 24, f"a{n}", audio=audio) for n in range(5)]
    stage.air.offer(build.plan(build.session(noon + seconds(10), items)))
    stage.run_for(95)
    stage.reader.step_wall(timedelta(hours=jump_h))
    stage.run_for(400)
    rows = stage.rows()
    assert [row.outcome for row in rows] == [Outcome.COMPLETE] * 5
    assert all(abs(row.started_at - row.planned_start) < timedelta(milliseconds=5) for row in rows)


@pytest.mark.parametrize("jump_h", [-24, 24])
def test_a_station_clock_that_is_set_by_a_day_never_plays_anything_twice(
    stage, build, noon, jump_h
):
    audio = stage.record_audio(24)
    items = [build.item(60 * n, 24, f"a{n}", audio=audio) for n in range(5)]
    stage.air.offer(build.plan(build.session(noon + seconds(10), items)))
    stage.run_for(95)
    for _ in range(2):
        stage.ask_station(ahead=timedelta(hours=jump_h))
    stage.run_for(400)
    for _ in range(2):
        stage.ask_station()
    stage.run_for(400)
    airings = [row.airing for row in stage.rows()]
    assert sorted(airings) == [f"a{n}" for n in range(5)]


def test_on_a_wrong_clock_nothing_is_called_missed_and_rows_are_dated_again(
    make_stage, make_reader, build, noon
):
    wrong = make_reader(wall=noon + timedelta(minutes=2))
    stage = make_stage(wrong, trusted=False)
    audio = stage.record_audio(24)
    played = build.session(
        noon + timedelta(minutes=2, seconds=10), [build.item(0, 24, "phát", audio=audio)]
    )
    earlier = build.session(noon - timedelta(hours=2), [build.item(0, 24, "cũ", audio=audio)])
    stage.air.offer(build.plan(played, earlier))
    stage.run_for(60)
    assert stage.outcomes() == [("phát", "complete", None)]
    stage.ask_station()
    stage.run_for(5)
    from playout.rows import date_again

    rows = {row.airing: date_again(row, stage.clock) for row in stage.rows()}
    assert not rows["phát"].clock_trusted
    assert abs(rows["phát"].started_at - (noon + seconds(10))) < seconds(1)
    assert rows["cũ"].outcome is Outcome.MISSED


def test_a_clock_known_to_be_wrong_keeps_the_loudspeakers_silent(
    make_stage, make_reader, build, noon
):
    first = make_stage(make_reader(boot="boot-1"))
    audio = first.record_audio(24)
    plan = build.plan(
        build.session(noon - timedelta(days=1), [build.item(0, 24, "đêm", audio=audio)])
    )
    second = make_stage(
        make_reader(wall=noon - timedelta(days=1, seconds=10), boot="boot-2"), trusted=False
    )
    second.air.offer(plan)
    second.run_for(120)
    assert second.outcomes() == []


def test_a_restart_in_the_same_run_of_the_machine_still_knows_the_time(
    make_stage, make_reader, noon
):
    make_stage(make_reader(boot="boot-1"))
    again = make_stage(make_reader(wall=noon + timedelta(days=9), boot="boot-1"), trusted=False)
    assert again.clock.is_trusted
    assert abs(again.clock.now() - noon) < seconds(1)


def test_a_cut_row_is_closed_with_its_last_checkpoint_and_never_played_again(
    make_stage, make_reader, build, noon
):
    before = make_stage(make_reader())
    audio = before.record_audio(96)
    plan = build.plan(build.session(noon + seconds(10), [build.item(0, 96, "tin", audio=audio)]))
    before.air.offer(plan)
    before.run_for(50)
    steady = before.reader.steady
    after = make_stage(make_reader(steady_ns=steady, wall=before.clock.now()), boot="boot-b")
    assert after.cut == 1
    after.air.offer(plan)
    after.run_for(200)
    (row,) = after.rows()
    assert (row.outcome, row.reason, row.boot) == (Outcome.INTERRUPTED, "power_cut", "boot-a")
    assert 34_000 <= row.played_ms <= 40_000
    assert row.ended_at == row.started_at + timedelta(milliseconds=row.played_ms)


def test_a_stopped_program_says_what_was_heard(stage, build, noon):
    audio = stage.record_audio(96)
    stage.air.offer(
        build.plan(build.session(noon + seconds(10), [build.item(0, 96, "tin", audio=audio)]))
    )
    stage.run_for(40)
    stage.air.channel.close()
    assert stage.outcomes() == [("tin", "interrupted", "box_stopped")]
    assert 29_000 <= stage.rows()[0].played_ms <= 31_000
