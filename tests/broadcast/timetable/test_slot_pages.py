"""Slots are added, edited, archived and taken back in the browser."""

from datetime import date, time

import pytest

from broadcast.stations.models import RegulationRow
from broadcast.timetable.models import SlotRow

SLOT = {
    "name": "Buổi trưa",
    "local_time": "11:00",
    "planned_minutes": "15",
    "longest_minutes": "20",
    "frequency": "weekly",
    "weekdays": ["0", "4"],
    "interval": "2",
    "valid_from": "2026-11-23",
    "last_day": "2027-06-30",
    "signature_tune": "trua",
    "volume_percent": "80",
    "lock_minutes": "10",
    "opening_words": "Đây là {ten_dai}",
    "closing_words": "{buoi} đến đây là hết",
    "relays-0-name": "VOV1",
    "relays-0-stream": "https://vov.example/1",
    "relays-0-offset_minutes": "5",
    "relays-0-minutes": "10",
}


def test_a_slot_is_added_with_everything_the_form_asks(office, desk_page):
    assert desk_page("khung-gio/them").status_code == 200
    assert desk_page("khung-gio/them", data=SLOT).status_code == 302
    row = office.only(SlotRow)
    assert row.recurrence["weekdays"] == [0, 4]
    assert (row.recurrence["interval"], row.valid_until) == (2, date(2027, 7, 1))
    assert row.closing_words == "{buoi} đến đây là hết"
    assert row.relays[0]["offset_ms"] == 300_000
    assert len(row.relays) == 1
    assert "2 tuần một lần vào thứ Hai, thứ Sáu" in desk_page("khung-gio").text
    assert len(office.sessions()) > 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weekdays": []}, "ít nhất một thứ"),
        ({"planned_minutes": "chín"}, "không hợp lệ|Not a valid"),
        ({"longest_minutes": "10"}, "không quá thời lượng tối đa"),
        ({"frequency": "monthly", "month_days": "1, 45"}, "45"),
        ({"relays-0-stream": "ftp://x"}, "http"),
        ({"local_time": ""}, "Hãy chọn giờ"),
    ],
    ids=["no weekday", "letters", "too short", "no such day", "no stream", "no time"],
)
def test_a_wrong_slot_comes_back_with_what_was_typed(office, desk_page, wrong, said):
    answer = desk_page("khung-gio/them", data=SLOT | wrong)
    assert answer.status_code == 422
    assert any(words in answer.text for words in said.split("|"))
    assert "Buổi trưa" in answer.text
    assert "Đây là {ten_dai}" in answer.text
    assert office.db.query(SlotRow).count() == 0


def test_outside_the_regulation_the_form_asks_for_a_reason(office, desk_page):
    office.keep(
        RegulationRow(
            id="quy chế",
            station_id=office.station.id,
            valid_from=date(2026, 1, 1),
            decision_number="78/QĐ-UBND",
            created_at=office.clock(),
            hours=[{"weekdays": [], "from": "05:30", "to": "10:00", "zones": None}],
        )
    )
    answer = desk_page("khung-gio/them", data=SLOT)
    assert answer.status_code == 422
    assert "78/QĐ-UBND" in answer.text
    again = desk_page("khung-gio/them", data=SLOT | {"quiet_reason": "Mùa gặt"})
    assert again.status_code == 302


def test_a_slot_is_edited_from_a_day_on_archived_and_undone(office, desk_page):
    row = office.slot(at=time(17))
    assert desk_page(f"khung-gio/{row.id}").status_code == 200
    data = SLOT | {"row_version": "1", "frequency": "daily", "interval": "1", "weekdays": []}
    assert desk_page(f"khung-gio/{row.id}", data=data).status_code == 302
    assert office.fresh(row).name == "Buổi trưa"
    stale = desk_page(f"khung-gio/{row.id}", data=data | {"name": "Đến sau"})
    assert stale.status_code == 422
    assert "Đến sau" in stale.text
    assert desk_page(f"khung-gio/{row.id}/hoan-tac", data={}).status_code == 302
    assert office.fresh(row).local_time == time(17)
    version = str(row.row_version)
    split = data | {"row_version": version, "apply_from": "2026-11-26"}
    assert desk_page(f"khung-gio/{row.id}", data=split).status_code == 302
    assert office.fresh(row).valid_until == date(2026, 11, 26)
    assert desk_page(f"khung-gio/{row.id}/cat", data={}).status_code == 302
    assert office.fresh(row).archived_at is not None
    assert desk_page(f"khung-gio/{row.id}/cat", data={"archived": "no"}).status_code == 302
    assert office.fresh(row).archived_at is None


def test_so_many_times_become_the_last_day(office, desk_page):
    data = SLOT | {"last_day": "", "times": "3"}
    assert desk_page("khung-gio/them", data=data).status_code == 302
    assert office.db.query(SlotRow).one().valid_until == date(2026, 12, 8)


def test_a_last_day_and_a_number_of_times_contradict_each_other(office, desk_page):
    answer = desk_page("khung-gio/them", data=SLOT | {"times": "3"})
    assert answer.status_code == 422
    assert "không ghi cả hai" in answer.text
