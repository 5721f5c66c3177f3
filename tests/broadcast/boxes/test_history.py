"""How a box is and from when, why, and what happened to it: the same on its page and on today's."""

import ast
import inspect
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from broadcast.boxes import sounding, tokens
from broadcast.boxes.models import BoxEvent
from broadcast.boxes.rules import DEEDS, BoxState, Moments, since_when
from broadcast.console.boxes_now import list_boxes_now
from broadcast.people.rules import Role
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
KNOWN = Moments(
    created_at=NOW - timedelta(days=9),
    retired_at=NOW - timedelta(days=1),
    seen_at=NOW - timedelta(minutes=7),
    changed_at=NOW - timedelta(hours=3),
    position=timedelta(minutes=2),
)
FAULT = {"faults": [{"code": "box.disk_full", "message": "Thẻ nhớ đầy"}]}


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def now_of(desk_as, clock):
    """The box as the dashboard shows it."""

    def read():
        desk = desk_as(Role.VIEWER)
        desk.now = clock()
        with desk.session:
            return list_boxes_now(desk)[0]

    return read


@pytest.mark.parametrize(
    ("state", "since"),
    [
        (BoxState.OFF, KNOWN.retired_at),
        (BoxState.NEVER_SEEN, KNOWN.created_at),
        (BoxState.LOST, KNOWN.seen_at),
        (BoxState.LATE, KNOWN.seen_at),
        (BoxState.ON_AIR, NOW - timedelta(minutes=9)),
        (BoxState.IDLE, KNOWN.changed_at),
        (BoxState.FAULT, KNOWN.changed_at),
    ],
)
def test_each_state_has_its_own_beginning(state, since):
    assert since_when(state, KNOWN) == since


@pytest.mark.parametrize("state", list(BoxState))
def test_what_nobody_noted_is_not_made_up(state):
    since = since_when(state, Moments(created_at=NOW))
    assert since == (NOW if state is BoxState.NEVER_SEEN else None)


def test_every_deed_of_a_person_is_known_as_one():
    """Or else a new token would make a box look as if it had just come back."""
    noted = {
        call.args[2].value
        for module in (tokens, sounding)
        for call in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "note_event"
    }
    assert len(noted) > 3
    assert noted <= DEEDS


def test_what_an_administrator_does_moves_no_beginning(admin, ask, box, clock, now_of):
    ask("POST", "heartbeat", json={})
    came = clock()
    clock.move(minutes=1)
    ask("POST", "heartbeat", json={})
    for deed in ("ma", "duong-dan"):
        admin.post(f"/cum-loa/{box.id}/{deed}")
    assert (now_of().state, now_of().since) == (BoxState.IDLE, came)


def test_a_fault_begins_and_ends_with_its_reason_in_the_history(admin, ask, box, clock, now_of):
    ask("POST", "heartbeat", json={})
    ask("POST", "heartbeat", json=FAULT)
    begun = clock()
    clock.move(minutes=1)
    ask("POST", "heartbeat", json=FAULT)
    assert (now_of().state, now_of().since) == (BoxState.FAULT, begun)
    ask("POST", "heartbeat", json={})
    assert (now_of().state, now_of().since) == (BoxState.IDLE, clock())
    page = admin.get(f"/cum-loa/{box.id}").text
    assert page.index("Đã hết lỗi: Thẻ nhớ đầy") < page.index("</ul>", page.index("Diễn biến"))


def test_a_program_that_started_anew_is_told_once(db, ask):
    for boot in ("one", "one", "two", "two"):
        ask("POST", "heartbeat", json={"boot": boot})
    kinds = db.scalars(select(BoxEvent.kind)).all()
    assert kinds.count("restarted") == 1


def test_list_and_page_say_from_when(admin, ask, box, clock):
    ask("POST", "heartbeat", json={"playing": {"title": "Tin sáng", "position_ms": 120_000}})
    for path in ("/cum-loa/", f"/cum-loa/{box.id}"):
        assert "từ 07:58, 23/11/2026" in admin.get(path).text
    clock.move(minutes=30)
    for path in ("/cum-loa/", f"/cum-loa/{box.id}"):
        text = admin.get(path).text
        assert "Mất kết nối" in text
        assert "từ 08:00, 23/11/2026" in text


def test_a_box_whose_tokens_were_all_revoked_says_what_that_means(admin, box):
    assert "Không còn mã nào dùng được" not in admin.get(f"/cum-loa/{box.id}").text
    admin.post(f"/cum-loa/{box.id}/ma/thu-hoi")
    assert "Không còn mã nào dùng được" in admin.get(f"/cum-loa/{box.id}").text


def test_the_test_tone_is_called_so_among_what_was_played(admin, ask, box, clock):
    row = sent_play(clock(), session="tone-0123456789abcdef01234567", kind="link", title=None)
    ask("POST", "plays", json={"boot": "b", "plays": [row]})
    assert ">tiếng thử</a>" in admin.get(f"/cum-loa/{box.id}").text


def test_boxes_hang_in_the_tree_of_zones_where_they_stand(db, admin, box, area, clock, station):
    make_box(db, clock, station, "nowhere")
    page = admin.get("/cai-dat/khu-vuc").text
    assert page.index(area.name) < page.index(box.name)
    admin.post(f"/cum-loa/{box.id}", data={
        "name": box.name, "zone": area.id, "volume_percent": "80", "trim_ms": "0",
    })  # fmt: skip
    assert box.name in admin.get("/cai-dat/khu-vuc").text
    assert "Chưa đặt ở nơi nào" in page
