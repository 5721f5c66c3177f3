import json
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from broadcast.boxes.models import Box
from broadcast.boxes.plans import build_plan
from broadcast.boxes.volumes import (
    MOST_HOURS,
    VolumeHoursImpossible,
    VolumeProfile,
    VolumeSpan,
    read,
    written,
)
from broadcast.people.rules import Role
from broadcast.timetable.models import Emergency, SessionRow

VIETNAM = "Asia/Ho_Chi_Minh"
DAWN = VolumeSpan(time(5), time(6), 50)
EVENING = VolumeSpan(time(20), time(21), 60)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
SPANS = st.builds(VolumeSpan, MINUTES, MINUTES, st.integers(1, 100))


@pytest.mark.parametrize(
    ("local", "percent"),
    [
        (time(4, 59, 59), 80),
        (time(5), 50),
        (time(5, 59, 59), 50),
        (time(6), 80),
        (time(20), 60),
        (time(21), 80),
    ],
)
def test_a_span_holds_from_its_start_until_before_its_end(local, percent):
    assert VolumeProfile(80, (DAWN, EVENING)).at(local) == percent


@pytest.mark.parametrize(("local", "percent"), [(21, 80), (22, 30), (0, 30), (4, 30), (5, 80)])
def test_a_span_may_reach_past_midnight(local, percent):
    assert VolumeProfile(80, (VolumeSpan(time(22), time(5), 30),)).at(time(local)) == percent


@pytest.mark.parametrize(
    "spans",
    [
        (DAWN, VolumeSpan(time(5, 59), time(7), 40)),
        (VolumeSpan(time(22), time(6), 40), DAWN),
        (VolumeSpan(time(5), time(5), 50),),
        (VolumeSpan(time(5), time(6), 0),),
        (VolumeSpan(time(5), time(6), 101),),
        tuple(VolumeSpan(time(h), time(h, 30), 50) for h in range(MOST_HOURS + 1)),
    ],
)
def test_hours_that_say_two_things_or_nothing_are_refused(spans):
    with pytest.raises(VolumeHoursImpossible):
        VolumeProfile(80, spans)


def test_hours_that_only_touch_are_apart():
    assert VolumeProfile(80, (DAWN, VolumeSpan(time(6), time(7), 40))).at(time(6)) == 40


def test_no_hour_wakes_a_box_that_is_turned_off():
    silent = VolumeProfile(0, (DAWN,))
    assert (silent.loudest, silent.at(time(5))) == (0, 0)
    assert silent.gain_db(datetime(2026, 11, 23, 22, tzinfo=UTC), VIETNAM) == 0.0


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 100), st.lists(SPANS, max_size=4), MINUTES)
def test_volume_and_gain_together_are_what_the_hour_says(percent, spans, local):
    try:
        profile = VolumeProfile(percent, tuple(spans))
    except VolumeHoursImpossible:
        assume(False)
    start = datetime(2026, 11, 23, local.hour, local.minute, tzinfo=UTC) - timedelta(hours=7)
    gain_db = profile.gain_db(start, VIETNAM)
    assert gain_db <= 0
    heard = profile.loudest * 10 ** (gain_db / 20)
    assert heard == pytest.approx(profile.at(local))
    assert sum(span.holds(local) for span in spans) <= 1
    assert read(percent, written(spans)).at(local) == profile.at(local)


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def plan_of(desk_as):
    def made(box):
        desk = desk_as(Role.ADMINISTRATOR)
        with desk.session:
            return json.loads(build_plan(desk, box.id).body)

    return made


def rows(*spans):
    """The table as a browser sends it, with an empty row at its end."""
    data = {}
    for number, (since, until, percent) in enumerate([*spans, ("", "", "")]):
        data |= {
            f"hours-{number}-since": since,
            f"hours-{number}-until": until,
            f"hours-{number}-percent": percent,
        }
    return data


def around(clock, percent):
    """Hours from now until two hours on, in the station's wall time."""
    now = clock() + timedelta(hours=7)
    return (f"{now:%H:%M}", f"{now + timedelta(hours=2):%H:%M}", str(percent))


def test_the_table_reaches_the_plan_item_by_item(db, admin, box, planned, plan_of, clock):
    planned("early", hours=1)
    planned("later", hours=3)
    answer = admin.post(
        f"/cum-loa/{box.id}/am-luong", data=rows(around(clock, 40)), follow_redirects=True
    )
    assert "Đã lưu" in answer.text
    assert 'value="40"' in answer.text
    document = plan_of(box)
    assert document["box"]["volume_percent"] == 80
    early, later = (one["running_order"][0]["gain_db"] for one in document["sessions"])
    assert (early, later) == (-6.0, 0.0)
    admin.post(f"/cum-loa/{box.id}/am-luong", data=rows())
    db.expire_all()
    assert db.get(Box, box.id).volume_hours == []


def test_the_loudest_hour_is_the_boxs_volume_and_the_rest_is_lowered(
    admin, box, planned, plan_of, clock
):
    planned("early", hours=1)
    planned("later", hours=3)
    admin.post(f"/cum-loa/{box.id}/am-luong", data=rows(around(clock, 100)))
    document = plan_of(box)
    assert document["box"]["volume_percent"] == 100
    gains = [one["running_order"][0]["gain_db"] for one in document["sessions"]]
    assert gains == [0.0, -1.9]


def test_an_emergency_is_heard_at_the_loudest_whatever_the_hour(
    db, admin, box, planned, plan_of, clock, station, people_of
):
    line = planned("warning", hours=1)
    author = people_of[Role.OPERATOR]
    emergency = Emergency(
        id="emergency",
        station_id=station.id,
        bulletin_id=line.bulletin_id,
        reason="Lũ về",
        until=clock() + timedelta(hours=2),
        user_id=author.id,
        user_name="Trực ban",
        started_at=clock(),
    )
    db.add(emergency)
    db.flush()
    db.get(SessionRow, line.session_id).emergency_id = emergency.id
    db.commit()
    admin.post(f"/cum-loa/{box.id}/am-luong", data=rows(around(clock, 10)))
    (session,) = plan_of(box)["sessions"]
    assert session["running_order"][0]["gain_db"] == 0.0


@pytest.mark.parametrize(
    "sent",
    [
        rows(("05:00", "06:00", "")),
        rows(("05:00", "06:00", "0")),
        rows(("05:00", "05:00", "50")),
        rows(("05:00", "06:00", "50"), ("05:30", "07:00", "60")),
    ],
)
def test_a_table_that_is_wrong_comes_back_as_it_was_typed(db, admin, box, sent):
    answer = admin.post(f"/cum-loa/{box.id}/am-luong", data=sent)
    assert answer.status_code == 422
    assert 'value="05:00"' in answer.text
    assert 'class="errors"' in answer.text or 'role="alert"' in answer.text
    db.expire_all()
    assert db.get(Box, box.id).volume_hours == []


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_set_the_hours(signed_in, box, role):
    assert signed_in(role).post(f"/cum-loa/{box.id}/am-luong", data=rows()).status_code == 403
