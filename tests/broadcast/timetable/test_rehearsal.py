"""Before a bulletin is queued one sees when it would be heard and what gives way."""

from datetime import time

import pytest

from broadcast.desk import rehearse
from broadcast.errors import InvalidInput
from broadcast.people.models import AuditEntry
from broadcast.timetable.filling import fill_station
from broadcast.timetable.models import OrderLine, SessionRow, WishRow
from broadcast.timetable.queueing import WishDraft, queue_bulletin
from broadcast.timetable.rehearsal import rehearse_wish
from scheduler.timetable.wall_clock import ONE_DAY
from scheduler.timetable.wishes import Priority
from tests.factories.timetable import MONDAY as TODAY

ASKED = {
    "airings": "2",
    "from_day": "2026-11-23",
    "last_day": "2026-11-29",
    "priority": "normal",
    "spacing_minutes": "0",
    "place": "",
}


def draft(airings=1, days=1, **facts):
    return WishDraft(airings=airings, from_day=TODAY, until_day=TODAY + days * ONE_DAY, **facts)


def everything(office):
    return [
        office.db.query(table).count() for table in (WishRow, OrderLine, SessionRow, AuditEntry)
    ]


def test_what_is_foreseen_is_what_comes_and_until_then_nothing_is_written(office):
    office.slot(at=time(17))
    office.fill()
    bulletin, stood = office.approved(), everything(office)
    desk = office.desk()

    foreseen = rehearse_wish(desk, bulletin.id, draft(3, days=7))

    assert (everything(office), desk.rings, desk.depth) == (stood, [], 0)
    queue_bulletin(office.desk(), bulletin.id, draft(3, days=7))
    fill_station(office.desk())
    came = sorted((line.planned_start, line.why) for line in office.lines())
    assert [(one.at, one.why) for one in foreseen.airings] == came
    assert (len(came), foreseen.unmet, foreseen.displaced) == (3, "", ())


def test_what_would_be_pushed_out_is_named_with_its_reason(office):
    office.slot(at=time(17), minutes=2)
    standing = office.wish(airings=1, until_day=TODAY + ONE_DAY)
    office.fill()
    urgent = office.approved("2")
    before = [(line.id, line.dropped_at) for line in office.lines()]

    foreseen = rehearse_wish(office.desk(), urgent.id, draft(priority=Priority.PRIORITY))

    assert len(foreseen.airings) == 1
    said = [one.sentence for one in foreseen.displaced]
    assert any(sentence.startswith("Nhường chỗ ở buổi") for sentence in said)
    assert any(sentence.startswith("Còn thiếu 1 lượt") for sentence in said)
    assert [(line.id, line.dropped_at) for line in office.lines()] == before
    assert office.fresh(standing).unmet == ""


def test_what_could_not_be_met_is_said_before_it_is_asked(office):
    office.slot(at=time(17))
    foreseen = rehearse_wish(office.desk(), office.approved().id, draft(3, days=2))
    assert len(foreseen.airings) == 2
    assert foreseen.unmet.startswith("Còn thiếu 1 lượt")


def test_a_wish_that_cannot_be_asked_is_refused_and_the_desk_is_free_again(office):
    desk = office.desk()
    with pytest.raises(InvalidInput):
        rehearse_wish(desk, office.approved().id, draft(days=0))
    assert (desk.depth, desk.rings, office.db.query(WishRow).count()) == (0, [], 0)


def test_a_rehearsal_never_takes_back_somebody_elses_use_case(office):
    desk = office.desk()
    desk.depth = 1
    with pytest.raises(RuntimeError):
        rehearse(desk, lambda: None)


def test_the_form_shows_it_and_keeps_what_was_typed_until_it_is_confirmed(office, desk_page):
    office.slot(at=time(17))
    office.fill()
    bulletin = office.approved()

    shown = desk_page(f"xep/{bulletin.id}", data=ASKED | {"deed": "rehearse"})

    assert shown.status_code == 200
    assert "Nếu xếp như trên" in shown.text
    assert "Lượt 2/2" in shown.text
    assert "Không tin nào phải nhường chỗ." in shown.text
    assert 'value="2"' in shown.text
    assert office.db.query(WishRow).count() == 0
    assert desk_page(f"xep/{bulletin.id}", data=ASKED).status_code == 302
    assert office.db.query(WishRow).count() == 1
