"""A filled station in English: what a closed set says is English, what the station wrote stays."""

import re
from datetime import time, timedelta
from html import unescape

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from broadcast import translations
from broadcast.people.rules import Role
from broadcast.reports.period_words import KINDS, named_period, say_dates, say_label
from broadcast.timetable.closures import ClosureDraft, add_closure
from broadcast.timetable.emergencies import EmergencyDraft, start_emergency
from broadcast.timetable.filling import fill_station
from tests.factories.timetable import MONDAY, make_approved, make_slot, make_wish

WEEKLY = {"version": 1, "frequency": "weekly", "anchor": MONDAY.isoformat(), "weekdays": [0, 4]}
MONTHLY = {"version": 1, "frequency": "monthly", "anchor": MONDAY.isoformat(), "month_days": [-1]}
SPEAKING = {
    "/lich-phat/ngay/2026-11-23": "whole commune",
    "/lich-phat/hang-doi": "whole commune",
    "/lich-phat/ngung-phat": "Vietnam Culture Day",
    "/lich-phat/khan-cap": "whole commune",
    "/lich-phat/khung-gio": "Monday, Friday",
    "/lich-phat/": "Emergency",
    "/bao-cao/": "From 01/01/2026 to 31/12/2026",
    "/bao-cao/?kind=month-5&year=2026": "month 5 of 2026",
    "/bao-cao/luot-phat": "From 01/01/2026 to 31/12/2026",
    "/bao-cao/ngoai-gio?kind=quarter-3&year=2026": "quarter III of 2026",
    "/tin-bai/moi": "northern voice (offline)",
}
VIETNAMESE = re.compile(
    r"toàn xã|hằng (?:ngày|tháng)|[Tt]hứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|Chủ nhật|cuối tháng"
    r"|năm \d{4}|Quý \d|Tháng \d|[Tt]ừ ngày|giọng (?:nữ|Bắc|Trung|Nam)|Thu âm sẵn"
    r"|Mùng \d|Giỗ Tổ|Quốc khánh|Tết Dương|Ngày Văn hóa|>Khẩn cấp<"
)


@pytest.fixture
def filled(app, db, clock, station, people_of, desk_as, tmp_path):
    """Slots of three recurrences, a queue, a closure and an emergency; the words as written now."""
    source = f"{next(iter(translations.__path__))}/en/LC_MESSAGES/messages.po"
    place = tmp_path / "translations" / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with open(source, "rb") as words, (place / "messages.mo").open("wb") as file:  # noqa: PTH123 - the package's own path is a text
        write_mo(file, read_po(words, locale="en"))
    app.extensions["babel"].translation_directories = [str(tmp_path / "translations")]
    people_of[Role.ADMINISTRATOR].language = "en"
    make_slot(db, clock, station, "daily")
    make_slot(db, clock, station, "weekly", at=time(10), recurrence=WEEKLY)
    make_slot(db, clock, station, "monthly", at=time(19), recurrence=MONTHLY)
    bulletin = make_approved(db, clock, station, people_of[Role.OPERATOR])
    make_wish(db, clock, bulletin)
    fill_station(desk_as())
    soon = {"from_day": MONDAY + timedelta(days=9), "until_day": MONDAY + timedelta(days=10)}
    add_closure(desk_as(), ClosureDraft(reason="Exam", **soon))
    until = clock() + timedelta(hours=1)
    draft = EmergencyDraft(title="Flood", bulletin_id=bulletin.id, until=until, reason="Flood")
    start_emergency(desk_as(Role.APPROVER), draft)


@pytest.mark.usefixtures("filled")
def test_a_filled_station_says_its_closed_words_in_english(signed_in):
    browser = signed_in(Role.ADMINISTRATOR)
    for address, english in SPEAKING.items():
        page = unescape(browser.get(address).text)
        assert english in page, address
        assert VIETNAMESE.findall(page) == [], address


@pytest.mark.parametrize("kind", [kind for kind, _words in KINDS if kind != "free"])
@pytest.mark.parametrize("cutoff", ["calendar", "nd09"])
def test_in_vietnamese_a_period_is_said_as_papers_print_it(kind, cutoff):
    period = named_period(kind, "2026", cutoff)
    assert (say_label(period), say_dates(period)) == (period.label, period.dates)
