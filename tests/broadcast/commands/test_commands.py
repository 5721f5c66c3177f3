"""What an administrator does without a browser: the same services, with one sentence when refused."""

import json
import re

import pytest

from broadcast.airlog.intake import accept_plays
from broadcast.airlog.models import LogEntry
from broadcast.airlog.rules import PlayOutcome
from broadcast.boxes.wire import BatchWire
from broadcast.cli import COMMANDS, main
from broadcast.desk import Desk
from broadcast.people.models import ApiKey, User
from broadcast.people.rules import Role
from tests.factories.boxes import identity_of, make_box
from tests.factories.plays import sent_play

PASSWORD = "loa phường nói thật"
ADD = ("user", "add", "hanh-moi", "--name", "Cán bộ mới", "--password", PASSWORD)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself(loa, name):
    answer = loa(name, "--help")
    assert answer.exit_code == 0, answer.output
    assert name in answer.output
    assert main.get_command(None, name).help


def test_an_account_is_added_listed_and_locked(loa, db, station):
    assert loa(*ADD, "--role", "approver").exit_code == 0
    row = db.query(User).filter_by(login="hanh-moi").one()
    assert (row.station_id, row.role) == (station.id, Role.APPROVER)
    assert re.search(r"hanh-moi +approver +Cán bộ mới $", loa("user", "list").output, re.MULTILINE)
    assert loa("user", "disable", "hanh-moi").exit_code == 0
    db.refresh(row)
    assert row.disabled_at is not None
    assert "Cán bộ mới đã khóa" in loa("user", "list").output


def test_a_new_password_opens_the_door_and_the_old_one_no_longer(loa, app, station):
    def signs_in(password):
        door = app.test_client()
        door.get("/dang-nhap")
        fields = {"login": "hanh-moi", "password": password}
        return door.post("/dang-nhap", data=fields).status_code == 302

    loa(*ADD)
    assert signs_in(PASSWORD)
    new = "một câu khác hẳn"
    assert loa("user", "password", "hanh-moi", "--password", new).exit_code == 0
    assert not signs_in(PASSWORD)
    assert signs_in(new)


def test_a_password_is_asked_for_twice_and_never_shown(loa, db, station):
    typed = f"{PASSWORD}\nkhác\n{PASSWORD}\n{PASSWORD}\n"
    answer = loa("user", "add", "hanh-moi", "--name", "Cán bộ mới", typed=typed)
    assert answer.exit_code == 0
    assert "do not match" in answer.output
    assert PASSWORD not in answer.output
    assert db.query(User).filter_by(login="hanh-moi").count() == 1


@pytest.mark.parametrize(
    "words",
    [
        ("user", "add", "ngan", "--name", "x", "--password", "ngắn"),
        ("user", "password", "khong-co", "--password", PASSWORD),
        ("user", "disable", "khong-co"),
        ("key", "revoke", "khong-co"),
        ("box", "revoke", "khong-co"),
        ("box", "add", "  "),
        ("airtime", "--from", "2023-13-01", "--to", "2023-12-31"),
        ("airtime", "--from", "2023-12-31", "--to", "2023-01-01"),
        ("airtime", "--from", "2023-01-01", "--to", "2023-01-31", "--by", "màu"),
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_sentence_and_exit_code_1(loa, station, words):
    answer = loa(*words)
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
    assert len(answer.output.strip().splitlines()) == 1


def test_a_key_reads_figures_until_it_is_revoked(loa, app, db, station):
    answer = loa("key", "add", "phần mềm huyện")
    key_id, secret = answer.output.split()
    assert db.query(ApiKey).one().station_id == station.id
    db.commit()

    def reads():
        return app.test_client().get(
            "/api/v1/airtime?from=2026-01-01&to=2026-01-31",
            headers={"Authorization": f"Bearer {secret}"},
        )

    assert reads().status_code == 200
    assert "còn hiệu lực" in loa("key", "list").output
    assert loa("key", "revoke", key_id).exit_code == 0
    assert reads().status_code == 401
    assert "đã thu hồi" in loa("key", "list").output
    assert secret not in loa("key", "list").output


def test_the_figures_at_the_terminal_are_those_of_the_api(loa, station):
    words = ("airtime", "--from", "2026-01-01", "--to", "2026-01-31", "--by", "topic,month")
    document = json.loads(loa(*words, "--json").stdout)
    assert document["by"] == ["topic", "month"]
    assert loa(*words).exit_code == 0


def test_an_audit_without_differences_says_so(loa, station):
    answer = loa("audit")
    assert (answer.exit_code, answer.output) == (0, "Mọi số liệu khớp với nhật ký.\n")


def test_a_broken_log_ends_with_exit_code_1_and_the_row(loa, db, clock, station):
    db.add(
        LogEntry(
            station_id=station.id,
            number=1,
            kind="bulletin",
            local_day=clock().date(),
            played_ms=1,
            planned_ms=1,
            outcome=PlayOutcome.COMPLETE,
            received_at=clock(),
            previous_hash="0" * 64,
            row_hash="f" * 64,
        )
    )
    answer = loa("verify-log")
    assert answer.exit_code == 1
    assert "dòng 1" in answer.output


def test_a_printed_head_is_held_against_the_log(loa, db, clock, jobs, station):
    identity = identity_of(make_box(db, clock, station), station)
    desk = Desk(db, identity.actor, clock(), jobs)
    accept_plays(desk, identity, BatchWire(boot="b", plays=[sent_play(clock())]))
    said = loa("verify-log").output
    mark = re.search(r"[0-9]+:[0-9a-f]{64}", said)[0]
    fits = loa("verify-log", "--printed", mark[:20])
    assert (fits.exit_code, "Sổ đã in khớp" in fits.output) == (0, True), fits.output
    number = mark.partition(":")[0]
    other = loa("verify-log", "--printed", f"{number}:{'0' * 64}")
    assert (other.exit_code, f"dòng {number}:" in other.output) == (1, True), other.output


@pytest.mark.parametrize(
    "mark", ["", "12", "0:9f3a61c0", "12:9f3a61", "12:không phải", "x:9f3a61c0"]
)
def test_a_mark_miscopied_from_the_paper_is_refused_with_the_way_to_write_it(loa, station, mark):
    answer = loa("verify-log", "--printed", mark)
    assert answer.exit_code == 2
    assert "120:9f3a61c0" in answer.output


def test_of_two_stations_one_must_be_named(loa, db, station, other_station):
    answer = loa("user", "list")
    assert answer.exit_code == 1
    assert {station.code, other_station.code} <= set(re.findall(r"[\w-]+", answer.output))
    assert loa("user", "list", "--station", "khong-co").exit_code == 1
    for each in (station, other_station):
        assert loa(*ADD, "--station", each.code).exit_code == (0 if each is station else 1)
        assert loa("user", "list", "--station", each.code).exit_code == 0


def test_without_a_database_the_next_step_is_said(loa, settings, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    answer = loa("user", "list")
    assert answer.exit_code == 1
    assert "make up" in answer.output


def test_a_bad_setting_is_named(loa, monkeypatch):
    monkeypatch.setenv("LOA_PORT", "cửa sau")
    answer = loa("user", "list")
    assert answer.exit_code == 1
    assert "LOA_PORT" in answer.output
