"""The station's own settings: one saver at a time, bounds that hold, the trail that tells."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from broadcast.bulletins.reading import style_of
from broadcast.errors import EditConflict, NotAllowed
from broadcast.people.models import AuditEntry
from broadcast.people.rules import Role
from broadcast.stations.models import Station
from broadcast.stations.service import StationDraft, StationValueRefused, change_station

DRAFT = StationDraft(
    name="Đài truyền thanh xã Ngọc Kỳ",
    commune_name="xã Ngọc Kỳ",
    time_zone="Asia/Ho_Chi_Minh",
    one_person=False,
    loudness_lufs=-16.0,
    speech_engine="google",
    speech_voice="vi",
    speech_speed_percent=95,
    signature_tune="sang",
    music_bed=True,
    opening_words="Đây là {ten_dai}.",
    closing_words="",
    reading_style={"region": "south"},
)


@pytest.fixture
def admin(desk_as):
    return desk_as(Role.ADMINISTRATOR)


def test_what_is_saved_is_what_was_drafted(admin, station):
    row = change_station(admin, DRAFT, row_version=1)
    assert (row.speech_speed_percent, row.signature_tune, row.music_bed) == (95, "sang", True)
    assert row.row_version == 2
    assert style_of(row).thousand == "ngàn"


def test_the_second_of_two_savers_is_told_and_overwrites_nothing(desk_as, db, station):
    change_station(desk_as(Role.ADMINISTRATOR), replace(DRAFT, name="Tên một"), row_version=1)
    with pytest.raises(EditConflict):
        change_station(desk_as(Role.ADMINISTRATOR), replace(DRAFT, name="Tên hai"), row_version=1)
    assert db.scalars(select(Station.name)).one() == "Tên một"


def test_saving_without_a_change_is_no_deed(admin, station):
    change_station(admin, DRAFT, row_version=1)
    change_station(admin, DRAFT, row_version=2)
    assert len(admin.session.scalars(select(AuditEntry)).all()) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"name": "  "},
        {"commune_name": ""},
        {"time_zone": "Asia/Ngoc_Ky"},
        {"loudness_lufs": -5.0},
        {"loudness_lufs": -40.0},
        {"speech_speed_percent": 20},
        {"speech_speed_percent": 300},
    ],
    ids=str,
)
def test_what_no_station_can_be_is_refused(admin, station, change):
    with pytest.raises(StationValueRefused):
        change_station(admin, replace(DRAFT, **change), row_version=1)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_change_the_station(desk_as, role, station):
    with pytest.raises(NotAllowed):
        change_station(desk_as(role), DRAFT, row_version=1)


def test_the_waiver_is_told_in_full_and_texts_only_by_name(admin, station):
    change_station(admin, replace(DRAFT, one_person=True), row_version=1)
    facts = admin.session.scalars(select(AuditEntry.facts)).one()
    assert facts["one_person"] is True
    assert "opening_words" in facts["fields"]
    assert DRAFT.opening_words not in str(facts)


def test_another_time_zone_makes_the_timetable_anew(admin, station, jobs):
    change_station(admin, DRAFT, row_version=1)
    assert "timetable.fill" not in {ring.task for ring in jobs.take()}
    change_station(admin, replace(DRAFT, time_zone="Asia/Bangkok"), row_version=2)
    assert "timetable.fill" in {ring.task for ring in jobs.take()}
