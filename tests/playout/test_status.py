"""Faults of the box: each once, for the station's page and for whoever reads the box's own log."""

import pytest

from playout.errors import DiskFull, TokenRevoked
from playout.status import FaultBoard


@pytest.fixture
def log(caplog):
    caplog.set_level("INFO", "playout")
    return lambda: [record.getMessage() for record in caplog.records]


def test_a_fault_is_told_when_it_comes_and_when_it_goes(log):
    board = FaultBoard(lambda: None)
    for _ in range(3):
        board.put(TokenRevoked())
    board.put(DiskFull())
    for _ in range(2):
        board.clear(TokenRevoked.code)
    assert log() == [
        f"box.token_revoked: {TokenRevoked.message}",
        f"box.disk_full: {DiskFull.message}",
        "box.token_revoked: đã hết",
    ]
    assert [fault.code for fault in board.list()] == ["box.disk_full"]


def test_a_box_says_that_its_token_is_refused_and_when_it_has_its_plan(station, make_box, log):
    box = make_box()
    station.publish("1", [])
    station.script("plan", 401)
    for _ in range(4):
        box.clock.reader.sleep(90)
        box.link.step()
    told = log()
    assert [one for one in told if one.startswith("box.token_revoked")] == [
        f"box.token_revoked: {TokenRevoked.message}",
        "box.token_revoked: đã hết",
    ]
    assert len([one for one in told if one.startswith("lịch của ")]) == 1
