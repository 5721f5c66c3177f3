"""The regulation of hours and the dated names: added, never overwritten."""

from datetime import date, time

import pytest

from broadcast.errors import NotAllowed, NotFound
from broadcast.people.rules import Role
from broadcast.stations.models import Zone, ZoneKind
from broadcast.stations.papers import (
    Hours,
    RegulationDraft,
    RegulationIncomplete,
    UnitNameDraft,
    UnitNameIncomplete,
    add_regulation,
    add_unit_name,
    list_regulations,
    list_unit_names,
)
from broadcast.timetable.quiet_hours import read_regulations

MORNING = Hours(time(5), time(7))
NAMES = UnitNameDraft(
    valid_from=date(2023, 1, 1),
    issuing_body="ỦY BAN NHÂN DÂN XÃ NGỌC KỲ",
    place_name="Ngọc Kỳ",
    recipients=("Như trên", "  ", " Lưu: VP "),
)


@pytest.fixture
def admin(desk_as):
    return desk_as(Role.ADMINISTRATOR)


def regulation(*hours, number="15/QĐ-UBND", valid_from=date(2026, 1, 1)):
    return RegulationDraft(valid_from, number, date(2025, 12, 20), hours)


def test_the_timetable_reads_what_was_written(admin):
    add_regulation(admin, regulation(MORNING, Hours(time(16, 30), time(0))))
    found = read_regulations(admin).on(date(2026, 11, 23))
    assert found.decision_number == "15/QĐ-UBND"
    assert [(one.from_time, one.until_time) for one in found.hours] == [
        (time(5), time(7)),
        (time(16, 30), time(0)),
    ]


def test_a_new_decision_leaves_the_days_before_it_to_the_old(admin):
    add_regulation(admin, regulation(MORNING))
    add_regulation(admin, regulation(MORNING, number="40/QĐ-UBND", valid_from=date(2026, 7, 1)))
    assert read_regulations(admin).on(date(2026, 6, 30)).decision_number == "15/QĐ-UBND"
    assert read_regulations(admin).on(date(2026, 7, 1)).decision_number == "40/QĐ-UBND"
    assert [row.decision_number for row in list_regulations(admin)] == ["40/QĐ-UBND", "15/QĐ-UBND"]


@pytest.mark.parametrize(
    "draft",
    [
        regulation(),
        regulation(MORNING, number=" "),
        regulation(Hours(time(7), time(5))),
        regulation(Hours(time(7), time(7))),
    ],
    ids=["no hours", "no number", "backwards", "empty"],
)
def test_a_decision_that_allows_nothing_or_has_no_number_is_refused(admin, draft):
    with pytest.raises(RegulationIncomplete):
        add_regulation(admin, draft)


def test_hours_of_a_school_bind_there(admin, db, station):
    db.add(
        Zone(
            id="school",
            station_id=station.id,
            kind=ZoneKind.CLUSTER,
            name="Trường",
            sensitive="school",
        )
    )
    db.commit()
    add_regulation(admin, regulation(MORNING, Hours(time(6), time(6, 30), (0,), ("school",))))
    special = read_regulations(admin).on(date(2026, 11, 23)).special_zones["school"]
    assert [(one.from_time, one.weekdays) for one in special] == [(time(6), frozenset({0}))]


def test_hours_for_a_zone_of_another_station_are_not_found(admin, db, other_station):
    db.add(Zone(id="far", station_id=other_station.id, kind=ZoneKind.AREA, name="Xa"))
    db.commit()
    with pytest.raises(NotFound):
        add_regulation(admin, regulation(Hours(time(6), time(7), (0,), ("far",))))


def test_a_merger_adds_a_name_and_keeps_the_old(admin):
    add_unit_name(admin, NAMES)
    add_unit_name(
        admin,
        UnitNameDraft(
            valid_from=date(2025, 7, 1), issuing_body="ỦY BAN NHÂN DÂN XÃ TỨ KỲ", place_name="Tứ Kỳ"
        ),
    )
    assert [row.place_name for row in list_unit_names(admin)] == ["Tứ Kỳ", "Ngọc Kỳ"]


def test_the_same_day_written_twice_is_a_correction(admin):
    first = add_unit_name(admin, NAMES)
    second = add_unit_name(
        admin, UnitNameDraft(valid_from=NAMES.valid_from, issuing_body="UBND", place_name="Kỳ")
    )
    assert second.id == first.id
    assert [row.place_name for row in list_unit_names(admin)] == ["Kỳ"]


def test_empty_lines_are_no_recipients(admin):
    assert add_unit_name(admin, NAMES).recipients == ["Như trên", "Lưu: VP"]


def test_a_name_without_body_or_place_is_refused(admin):
    with pytest.raises(UnitNameIncomplete):
        add_unit_name(
            admin, UnitNameDraft(valid_from=date(2026, 1, 1), issuing_body=" ", place_name="x")
        )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_write_the_papers(desk_as, role):
    with pytest.raises(NotAllowed):
        add_regulation(desk_as(role), regulation(MORNING))
    with pytest.raises(NotAllowed):
        add_unit_name(desk_as(role), NAMES)
