"""What becomes of a wish: withdrawn, edited, closed, expired, without room."""

from datetime import date, time

from broadcast.bulletins.rules import BulletinState
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from broadcast.timetable.dropping import drop_bulletin
from broadcast.timetable.models import FillNote, OrderLine
from broadcast.timetable.queueing import close_wish, expire_wishes, reopen_wish


def plans_wanted(office):
    count = office.db.query(Job).filter_by(kind=JobKind.PLANS).count()
    office.db.commit()
    return count


def test_a_withdrawn_bulletin_leaves_the_plan_at_once_and_the_gap_is_filled(office):
    office.slot(at=time(17), minutes=5)
    out = office.approved("thu hồi", minutes=4)
    office.wish(out)
    office.wish(office.approved("chờ", minutes=4), until_day=date(2026, 11, 24))
    office.fill()
    assert [line.title for line in office.lines()] == ["Tin chờ", "Tin thu hồi"]
    office.db.query(Job).delete()
    desk = office.desk(Role.OPERATOR)
    drop_bulletin(desk, out.id, "thu hồi: nhầm ngày")
    desk.session.commit()
    assert [line.title for line in office.lines()] == ["Tin chờ"]
    assert plans_wanted(office) == 1
    office.fill()
    assert [line.title for line in office.lines()] == ["Tin chờ"]
    assert office.db.query(OrderLine).filter(OrderLine.why.contains("nhầm ngày")).count() == 1


def test_a_bulletin_edited_after_approval_leaves_and_its_wish_says_why(office):
    office.slot(at=time(17))
    bulletin = office.approved()
    row = office.wish(bulletin)
    office.fill()
    bulletin.state = BulletinState.DRAFTED
    office.db.commit()
    office.fill()
    assert office.lines() == []
    office.db.refresh(row)
    assert "chưa duyệt" in row.unmet


def test_a_full_session_makes_a_wish_say_what_is_in_its_way(office):
    office.zone("Đông")
    office.slot(at=time(17), minutes=5)
    office.wish(office.approved("a", minutes=4), until_day=date(2026, 11, 24))
    late = office.wish(
        office.approved("b", minutes=4), until_day=date(2026, 11, 24), priority="normal"
    )
    office.fill()
    office.db.refresh(late)
    assert late.unmet.startswith("Còn thiếu 1 lượt: buổi chieu thứ Hai 23/11 đã đầy 5 phút")


def test_what_made_room_is_kept_for_the_operator(office):
    office.slot(at=time(17), minutes=5)
    office.wish(office.approved("thường", minutes=4))
    office.fill()
    office.wish(
        office.approved("ưu tiên", minutes=4), priority="priority", until_day=date(2026, 11, 24)
    )
    office.fill()
    notes = office.db.get(FillNote, office.station.id).notes
    assert [note["kind"] for note in notes] == ["made_room"]
    assert "Nhường chỗ" in notes[0]["sentence"]


def test_closing_a_wish_drops_what_is_to_come_and_reopening_brings_it_back(office):
    office.slot(at=time(17))
    row = office.wish(office.approved(), airings=2)
    office.fill()
    close_wish(office.desk(), row.id)
    office.fill()
    assert office.lines() == []
    reopen_wish(office.desk(), row.id)
    office.fill()
    assert len(office.lines()) == 2


def test_a_wish_past_its_last_day_is_closed_and_its_bulletin_expires(office):
    bulletin = office.approved()
    office.wish(bulletin, until_day=date(2026, 11, 24))
    office.clock.at = office.at(23, 59)
    assert expire_wishes(office.desk()) == 0
    office.clock.at = office.at(0, 0, day=24)
    assert expire_wishes(office.desk()) == 1
    office.db.refresh(bulletin)
    assert bulletin.state is BulletinState.EXPIRED
