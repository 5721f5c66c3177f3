"""The air lane on a pushed clock: real journal, real cache, a player that really takes the time."""

from datetime import timedelta

from playout.plan import Kind, LateMode
from playout.plays import Outcome


def seconds(n):
    return timedelta(seconds=n)


def test_items_of_a_session_start_on_their_planned_moment(stage, build, noon):
    tune, news = stage.record_audio(12), stage.record_audio(48)
    items = [
        build.item(0, 12, kind=Kind.SIGNATURE, audio=tune),
        build.item(12, 48, "tin", audio=news),
        build.item(62, 2, kind=Kind.SILENCE),
        build.item(70, 12, kind=Kind.SIGNATURE, audio=tune),
    ]
    stage.air.offer(build.plan(build.session(noon + seconds(30), items)))
    stage.run_for(180)
    rows = stage.rows()
    assert [r.outcome for r in rows] == [Outcome.COMPLETE] * 3
    assert [r.kind for r in rows] == ["signature", "bulletin", "signature"]
    for row in rows:
        assert abs(row.started_at - row.planned_start) < timedelta(milliseconds=5)
        assert row.played_ms == row.planned_ms
        assert row.clock_trusted


def test_a_late_start_inside_the_grace_is_played_whole_and_later_is_missed(stage, build, noon):
    audio = stage.record_audio(48)
    session = build.session(
        noon - seconds(200), [build.item(0, 48, "trễ", audio=audio)], grace_s=300
    )
    gone = build.session(noon - seconds(400), [build.item(0, 48, "lỡ", audio=audio)], grace_s=300)
    stage.air.offer(build.plan(session, gone))
    stage.run_for(100)
    assert stage.outcomes() == [("lỡ", "missed", "box_off"), ("trễ", "complete", None)]


def test_a_session_that_may_not_be_late_is_missed_after_the_tolerance(stage, build, noon):
    audio = stage.record_audio(48)
    items = [build.item(0, 48, "x", audio=audio)]
    stage.air.offer(build.plan(build.session(noon - seconds(10), items, mode=LateMode.SKIP)))
    stage.run_for(10)
    assert stage.outcomes() == [("x", "missed", "box_off")]


def test_audio_that_never_came_is_a_missed_row_and_its_neighbour_plays(stage, build, noon):
    audio = stage.record_audio(24)
    items = [build.item(0, 48, "thiếu"), build.item(48, 24, "có", audio=audio)]
    stage.air.offer(build.plan(build.session(noon + seconds(10), items, grace_s=20)))
    stage.run_for(120)
    assert sorted(stage.outcomes()) == [
        ("có", "complete", None),
        ("thiếu", "missed", "audio_missing"),
    ]


def test_an_emergency_interrupts_and_the_cut_item_goes_on_afterwards(stage, build, noon):
    news, alarm = stage.record_audio(96), stage.record_audio(24)
    normal = build.session(noon + seconds(10), [build.item(0, 96, "tin", audio=news)])
    stage.air.offer(build.plan(normal))
    stage.run_for(40)
    cry = build.emergency(stage.clock.now(), [build.item(0, 24, "xả lũ", audio=alarm)])
    stage.air.offer(build.plan(normal, cry, version="2"))
    stage.run_for(120)
    rows = {row.airing: row for row in stage.rows()}
    assert rows["xả lũ"].outcome is Outcome.COMPLETE
    assert rows["xả lũ"].started_at - rows["xả lũ"].planned_start < seconds(1)
    assert (rows["tin"].outcome, rows["tin"].reason) == (Outcome.COMPLETE, "resumed")
    assert rows["tin"].played_ms == 96_000, "a rewound sentence is not counted twice"
    assert rows["tin"].ended_at - rows["tin"].started_at > seconds(96 + 24)


def test_an_item_that_may_not_be_late_is_dropped_for_an_emergency(stage, build, noon):
    news, alarm = stage.record_audio(96), stage.record_audio(24)
    items = [build.item(0, 96, "tin", audio=news)]
    normal = build.session(noon + seconds(10), items, mode=LateMode.SKIP)
    cry = build.emergency(noon + seconds(40), [build.item(0, 24, "lũ", audio=alarm)])
    stage.air.offer(build.plan(normal, cry))
    stage.run_for(120)
    row = next(row for row in stage.rows() if row.airing == "tin")
    assert (row.outcome, row.reason) == (Outcome.INTERRUPTED, "emergency")
    assert 29_000 <= row.played_ms <= 31_000


def test_an_emergency_repeats_from_the_disk_without_the_station(stage, build, noon):
    alarm = stage.record_audio(24)
    cry = build.emergency(
        noon + seconds(5), [build.item(0, 24, "lũ", audio=alarm)], every_s=120, for_s=600
    )
    stage.air.offer(build.plan(cry))
    stage.run_for(900)
    assert stage.outcomes() == [("lũ", "complete", None)] * 5
    starts = [row.planned_start - noon for row in stage.rows()]
    assert starts == [seconds(5 + 120 * n) for n in range(5)]


def test_two_emergencies_at_once_take_turns_and_cut_nobody(stage, build, noon):
    first, second = stage.record_audio(24), stage.record_audio(24)
    plan = build.plan(
        build.emergency(
            noon + seconds(5), [build.item(0, 24, "lũ", audio=first)], every_s=60, for_s=120
        ),
        build.emergency(
            noon + seconds(5), [build.item(0, 24, "bão", audio=second)], every_s=60, for_s=120
        ),
    )
    stage.air.offer(plan)
    stage.run_for(200)
    assert (
        sorted(stage.outcomes()) == [("bão", "complete", None)] * 2 + [("lũ", "complete", None)] * 2
    )


def test_a_withdrawn_item_falls_silent_and_says_so(stage, build, noon):
    news = stage.record_audio(96)
    item = build.item(0, 96, "thu hồi", audio=news)
    session = build.session(noon + seconds(5), [item], name="s")
    stage.air.offer(build.plan(session))
    stage.run_for(35)
    stage.air.offer(build.plan(build.session(noon + seconds(5), [], name="s"), version="2"))
    stage.run_for(5)
    assert stage.outcomes() == [("thu hồi", "interrupted", "withdrawn")]
    assert 29_000 <= stage.rows()[0].played_ms <= 31_000


def test_what_was_due_and_left_the_plan_before_it_began_has_a_row(stage, build, noon):
    session = build.session(noon - seconds(5), [build.item(0, 48, "chưa tải")])
    stage.air.offer(build.plan(session))
    stage.run_for(2)
    stage.air.offer(build.plan(version="2"))
    stage.run_for(2)
    assert stage.outcomes() == [("chưa tải", "missed", "withdrawn")]


def test_a_plan_that_merely_moved_on_does_not_stop_a_late_item(stage, build, noon):
    audio = stage.record_audio(48)
    session = build.session(noon - seconds(100), [build.item(0, 48, "trễ", audio=audio)])
    stage.air.offer(build.plan(session))
    stage.run_for(10)
    stage.air.offer(build.plan(build.session(noon + seconds(7200), []), version="2"))
    stage.run_for(60)
    assert stage.outcomes() == [("trễ", "complete", None)]


def test_a_session_running_late_is_finished_though_the_plan_has_moved_on(stage, build, noon):
    audio = stage.record_audio(48)
    items = [build.item(48 * n, 48, f"a{n}", audio=audio) for n in range(3)]
    stage.air.offer(build.plan(build.session(noon - seconds(100), items, grace_s=300)))
    stage.run_for(50)
    stage.air.offer(build.plan(build.session(noon + seconds(7200), []), version="2"))
    stage.run_for(5)
    stage.air.offer(build.plan(build.session(noon + seconds(7200), []), version="3"))
    stage.run_for(120)
    assert stage.outcomes() == [(f"a{n}", "complete", None) for n in range(3)]


def test_a_file_that_rots_on_the_disk_is_found_before_it_is_played(stage, build, noon):
    audio = stage.record_audio(48)
    path = stage.folder / "media" / f"{audio.sha256}.mp3"
    rotten = bytearray(path.read_bytes())
    rotten[1000] ^= 1
    path.write_bytes(rotten)
    stage.air.offer(
        build.plan(
            build.session(noon + seconds(10), [build.item(0, 48, "hỏng", audio=audio)], grace_s=5)
        )
    )
    stage.run_for(60)
    assert stage.outcomes() == [("hỏng", "missed", "audio_missing")]
    assert not path.exists()


def test_a_file_shorter_than_the_plan_says_is_partial_not_complete(stage, build, noon):
    audio = stage.record_audio(24)
    claimed = type(audio)(audio.url, audio.sha256, audio.size_bytes, 48_000)
    stage.air.offer(
        build.plan(build.session(noon + seconds(10), [build.item(0, 48, "cụt", audio=claimed)]))
    )
    stage.run_for(60)
    assert stage.outcomes() == [("cụt", "partial", "ended_early")]
    assert stage.rows()[0].played_ms == 24_000


def test_a_relay_that_cannot_be_decoded_plays_its_fallback_until_the_planned_end(
    stage, build, noon
):
    fallback = stage.record_audio(24)
    relay = build.relay(0, 60, fallback=fallback)
    stage.air.offer(build.plan(build.session(noon + seconds(10), [relay])))
    stage.run_for(120)
    row = stage.rows()[0]
    assert row.reason == "stream_failed"
    assert (row.outcome, row.played_ms) == (Outcome.FAILED, 0), "nothing of the relay was heard"
    assert seconds(59) <= row.ended_at - row.planned_start <= seconds(61)
