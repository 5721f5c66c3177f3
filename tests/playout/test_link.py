"""The box and a station that misbehaves: plans are kept, rows arrive once, nothing blocks."""

import json
from datetime import timedelta

import pytest

from playout.plays import Outcome
from playout.rows import make_row


@pytest.fixture
def box(make_box):
    return make_box()


def pass_time(box, seconds=90):
    box.clock.reader.sleep(seconds)


def talk(box):
    """One round of everything the link has to do."""
    pass_time(box)
    box.link.step()


def record(box, station, count, name="a", **more):
    """`count` finished airings in the journal, as the air lane would have written them."""
    from playout.occurrences import list_occurrences
    from playout.wire import parse_plan

    raw = station.add_audio(2400)
    items = [station.item(f"{name}{n}", n * 2400, raw) for n in range(count)]
    station.publish(f"for-{name}", [station.session(f"s-{name}", station.now(), items)])
    plan = parse_plan(json.dumps(station.plan), station.url)
    for occurrence in list_occurrences(plan, station.now() + timedelta(days=9)):
        box.journal.record(
            make_row(occurrence, box.clock, box.journal.boot, Outcome.MISSED, "box_off")
        )


def test_a_heartbeat_brings_the_clock_before_anything_else(station, box):
    station.publish("1", [])
    box.link.step()
    assert [path.rsplit("/", 1)[-1] for _, path, _ in station.requests][:2] == ["heartbeat", "plan"]
    assert box.clock.is_trusted
    assert abs(box.clock.now() - station.now()) < timedelta(seconds=2)


def test_a_heartbeat_has_the_fields_of_the_golden_one(station, box, golden):
    station.publish("1", [])
    talk(box)
    talk(box)
    expected = json.loads((golden / "heartbeat.json").read_text(encoding="utf-8"))
    sent = station.heartbeats[-1]
    assert sent.keys() == expected.keys()
    for part in ("clock", "disk", "cache", "plan", "journal"):
        assert sent[part].keys() == expected[part].keys()
    assert sent["clock"]["trusted"] is True


@pytest.mark.parametrize("fault", [500, 503, "garbage", 404])
def test_a_failed_poll_keeps_the_plan_and_is_reported(station, box, fault):
    station.publish("1", [station.session("s", station.now(), [])])
    talk(box)
    station.script("plan", fault)
    talk(box)
    assert box.air.latest_plan.version == "1"
    assert box.faults.list()
    station.publish("2", [station.session("s", station.now(), [])])
    talk(box)
    assert box.air.latest_plan.version == "2"


def test_an_empty_plan_takes_nothing_away_until_the_older_has_run_out(station, box):
    station.publish("1", [station.session("s", station.now() + timedelta(hours=5), [])])
    talk(box)
    station.publish("2", [])
    talk(box)
    assert box.air.latest_plan.version == "1"
    assert "box.empty_plan_held" in {fault.code for fault in box.faults.list()}
    pass_time(box, 73 * 3600)
    station.ahead = timedelta(hours=74)
    station.publish("3", [])
    for _ in range(3):
        talk(box)
    assert box.air.latest_plan.version == "3"


def test_a_plan_survives_a_reboot_without_network(station, make_box, tmp_path):
    first = make_box()
    raw = station.add_audio(2400)
    station.publish(
        "9", [station.session("s", station.now() + timedelta(hours=1), [station.item("a", 0, raw)])]
    )
    talk(first)
    first.fetcher.step()
    first.close()
    station.stop()
    try:
        again = make_box()
        again.link.step()
        assert again.air.latest_plan.version == "9"
        assert again.cache.held == {raw["sha256"]}
    finally:
        station.start_again()


def test_a_torn_plan_file_leaves_the_one_before(station, make_box, tmp_path):
    first = make_box()
    for version in ("1", "2"):
        station.publish(version, [station.session("s", station.now(), [])])
        talk(first)
    first.close()
    path = tmp_path / "box" / "plan.json"
    path.write_bytes(path.read_bytes()[:-5])
    assert make_box().air.latest_plan.version == "1"


def test_a_revoked_token_is_reported_and_takes_nothing_away(station, box):
    station.publish("1", [station.session("s", station.now(), [])])
    talk(box)
    station.revoked = True
    talk(box)
    assert "box.token_revoked" in {fault.code for fault in box.faults.list()}
    assert box.air.latest_plan.version == "1"
    station.revoked = False
    talk(box)
    assert "box.token_revoked" not in {fault.code for fault in box.faults.list()}


def test_thirty_days_of_rows_arrive_complete_in_batches(station, box):
    record(box, station, 1203)
    polls = len(station.requests)
    for _ in range(3):
        talk(box)
    between = [path.rsplit("/", 1)[-1] for _, path, _ in station.requests[polls:]]
    assert between == ["heartbeat", "plan", "plays"] * 3, "an emergency need not wait for them"
    assert [len(sent["plays"]) for sent in station.offered] == [500, 500, 203]
    assert len(station.rows) == 1203
    assert sorted(row["seq"] for row in station.rows.values()) == list(range(1, 1204))
    assert box.journal.depth().waiting == 0


def test_a_lost_answer_is_asked_again_and_doubles_nothing(station, box):
    record(box, station, 20)
    station.script("plays", "lost_answer")
    talk(box)
    talk(box)
    assert len(station.rows) == 20
    assert len(station.offered) >= 2
    assert box.journal.depth().waiting == 0


@pytest.mark.parametrize("fault", ["duplicated_answers", "half_answered", 500, "drop"])
def test_odd_answers_lose_and_double_nothing(station, box, fault):
    record(box, station, 20)
    station.script("plays", fault)
    for _ in range(6):
        talk(box)
    assert len(station.rows) == 20
    assert box.journal.depth().waiting == 0


def test_a_poison_row_is_kept_in_quarantine_and_blocks_nobody(station, box):
    record(box, station, 20)
    station.poison = {"a7"}
    talk(box)
    assert len(station.rows) == 19
    assert (box.journal.depth().waiting, box.journal.depth().rejected) == (0, 1)
    talk(box)
    assert station.heartbeats[-1]["journal"]["rejected"] == 1


def test_a_row_that_breaks_the_station_itself_does_not_hold_up_the_others(station, box):
    record(box, station, 12)
    station.explosive = "a3"
    for _ in range(60):
        talk(box)
    assert len(station.rows) == 11
    assert box.journal.depth().waiting == 1
    station.explosive = None
    talk(box)
    talk(box)
    assert len(station.rows) == 12


def test_rows_of_an_earlier_boot_are_sent_under_their_own_boot(station, make_box):
    first = make_box()
    record(first, station, 3, "x")
    first.close()
    second = make_box()
    record(second, station, 2, "y")
    talk(second)
    talk(second)
    assert {(sent["boot"], len(sent["plays"])) for sent in station.offered} == {
        (first.journal.boot, 3), (second.journal.boot, 2),
    }  # fmt: skip


def test_the_token_is_in_one_header_and_in_no_log(station, box, caplog, loopback):
    station.script("plan", 500, "garbage")
    for _ in range(3):
        talk(box)
    assert loopback.TOKEN not in caplog.text
    assert loopback.TOKEN not in repr(box.faults.list())
    assert all(h["Authorization"] == f"Bearer {loopback.TOKEN}" for _, _, h in station.requests)


def test_audio_that_fails_is_tried_again_later_and_its_neighbour_now(station, box):
    first, second = station.add_audio(2400, 1), station.add_audio(2400, 2)
    now = station.now()
    station.publish(
        "1",
        [
            station.session(
                "s",
                now + timedelta(hours=1),
                [station.item("a", 0, first), station.item("b", 2400, second)],
            )
        ],
    )
    talk(box)
    station.script("media", "wrong_bytes")
    assert box.fetcher.step() == 0
    assert box.fetcher.step() == 0
    assert box.cache.held == {second["sha256"]}
    assert box.fetcher.step() > 0
    pass_time(box, 10)
    box.fetcher.step()
    assert box.cache.held == {first["sha256"], second["sha256"]}
    assert not [f for f in box.faults.list() if f.code == "box.media_corrupt"]


def test_rot_is_found_and_mended_before_air_time(station, box, tmp_path):
    raw = station.add_audio(2400)
    station.publish(
        "1",
        [station.session("s", station.now() + timedelta(minutes=20), [station.item("a", 0, raw)])],
    )
    talk(box)
    box.fetcher.step()
    path = tmp_path / "box" / "media" / f"{raw['sha256']}.mp3"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    box.fetcher.step()
    assert box.cache.held == {raw["sha256"]}, "far from air time nothing is read through"
    pass_time(box, 11 * 60)
    box.fetcher.step()
    box.fetcher.step()
    assert path.read_bytes() == station.media[raw["sha256"]]


def test_a_box_filled_once_has_everything_it_needs(station, make_box):
    raw = station.add_audio(2400)
    station.publish(
        "1", [station.session("s", station.now() + timedelta(hours=1), [station.item("a", 0, raw)])]
    )
    box = make_box()
    box.link.step()
    while box.fetcher.step() == 0:
        pass
    assert box.cache.held == {raw["sha256"]}


def test_a_fault_of_a_file_is_over_when_the_file_has_come_or_is_no_longer_needed(station, box):
    raw = station.add_audio(2400)
    listed = [station.item("a", 0, raw)]
    soon = station.now() + timedelta(hours=1)
    station.publish("1", [station.session("s", soon, listed)])
    talk(box)
    for end in ("comes", "leaves"):
        station.script("media", 404, 404)
        box.fetcher.step()
        assert "box.station_refused" in {fault.code for fault in box.faults.list()}
        if end == "comes":
            station._faults.clear()
            pass_time(box, 20)
            box.fetcher.step()
            box.cache._discard(raw["sha256"])
        else:
            station.publish("2", [station.session("s", soon, [])])
            talk(box)
            box.fetcher.step()
        assert not box.faults.list()


def test_a_new_plan_wakes_the_fetcher_at_once(station, box):
    box.fetcher.wake.clear()
    station.publish("1", [station.session("s", station.now(), [])])
    talk(box)
    assert box.fetcher.wake.is_set()
    box.fetcher.wake.clear()
    talk(box)
    assert not box.fetcher.wake.is_set(), "a 304 wakes nobody"
