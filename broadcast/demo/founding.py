"""The demonstration station: commune Ngọc Kỳ as its report of 2023 tells of it, people invented."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from broadcast.bulletins.models import Topic
from broadcast.demo.story import SESSIONS
from broadcast.desk import Desk, use_case
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.service import add_account
from broadcast.people.setup import NewStation, found_station
from broadcast.reports.models import ChannelFact, Ground, Source
from broadcast.stations.models import (
    PlanTarget,
    RegulationRow,
    Station,
    UnitName,
    Zone,
    ZoneKind,
)
from broadcast.timetable.service import SlotDraft, add_slot
from scheduler.timetable.slots import Frequency, Recurrence

CODE = "ngoc-ky-demo"
PASSWORD = "loa phường nói thật"  # noqa: S105 -- printed for everybody; the station is a toy
ACCOUNTS = (
    ("vanhanh", "Cán bộ Hạnh (mẫu)", Role.OPERATOR),
    ("duyet", "Lãnh đạo Minh (mẫu)", Role.APPROVER),
    ("xem", "Người xem (mẫu)", Role.VIEWER),
    ("quantri", "Quản trị An (mẫu)", Role.ADMINISTRATOR),
)
HAMLETS = ("Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4")
YEAR = 2023


@dataclass(frozen=True, slots=True)
class Founded:
    station: Station
    is_new: bool


def keeper_of(station: Station) -> Actor:
    return Actor.machine(station.id, "dữ liệu mẫu", *Right)


@use_case
def found_demo(desk: Desk) -> Founded:
    """The station with people, zones, sessions, plan and what its other channels did in 2023.

    A second run finds it and changes nothing.
    """
    known = desk.session.scalar(select(Station).where(Station.code == CODE))
    if known is not None:
        return Founded(known, is_new=False)
    station = found_station(
        desk,
        NewStation(CODE, "Đài truyền thanh xã Ngọc Kỳ", "xã Ngọc Kỳ", demonstration=True),
    )
    mine = desk.acting_as(keeper_of(station))
    for login, name, role in ACCOUNTS:
        add_account(mine, login, name, PASSWORD, role)
    _add_hamlets(mine)
    _add_sessions(mine)
    _add_names_of_2023(mine)
    _add_plan_and_channels(mine)
    return Founded(station, is_new=True)


def _add_hamlets(desk: Desk) -> None:
    area = desk.session.scalars(select(Zone).where(Zone.station_id == desk.station_id)).one()
    for position, name in enumerate(HAMLETS):
        desk.session.add(
            Zone(
                id=desk.new_id(),
                station_id=desk.station_id,
                parent_id=area.id,
                kind=ZoneKind.HAMLET,
                name=name,
                position=position,
            )
        )
    desk.session.flush()


def _add_sessions(desk: Desk) -> None:
    today = desk.now.date()
    every_day = Recurrence(frequency=Frequency.DAILY, anchor=today)
    for tune, (name, local_time) in SESSIONS.items():
        draft = SlotDraft(
            name=name,
            local_time=local_time,
            planned_minutes=30,
            longest_minutes=45,
            recurrence=every_day,
            valid_from=today,
            signature_tune=tune,
            opening_words="Đây là {ten_dai}. Hôm nay, {ngay}. Mời bà con nghe {buoi}.",
            closing_words="{buoi} đến đây là hết. Cảm ơn bà con đã nghe đài.",
        )
        add_slot(desk, draft)
    desk.session.add(
        RegulationRow(
            id=desk.new_id(),
            station_id=desk.station_id,
            valid_from=date(YEAR, 1, 1),
            decision_number="(mẫu)",
            hours=[{"weekdays": list(range(7)), "from": "05:00", "to": "21:00", "zones": None}],
            created_at=desk.now,
        )
    )


def _add_names_of_2023(desk: Desk) -> None:
    desk.session.add(
        UnitName(
            id=desk.new_id(),
            station_id=desk.station_id,
            valid_from=date(YEAR, 1, 1),
            issuing_body="ỦY BAN NHÂN DÂN XÃ NGỌC KỲ",
            place_name="Ngọc Kỳ",
            addressee="Phòng Văn hóa và Thông tin huyện",
            recipients=[
                "Như trên",
                "TTĐU; HĐND; Lãnh đạo UBND xã",
                "Trang TTĐT xã",
                "Lưu: VP",
            ],
        )
    )


def _add_plan_and_channels(desk: Desk) -> None:
    topics = {
        topic.code: topic.id
        for topic in desk.session.scalars(select(Topic).where(Topic.station_id == desk.station_id))
    }
    for year in (YEAR, desk.now.year):
        for code, items, airings, minutes in (("cchc", 16, 34, 560), ("chuyen-doi-so", 8, 16, 260)):
            desk.session.add(
                PlanTarget(
                    id=desk.new_id(),
                    station_id=desk.station_id,
                    year=year,
                    topic_id=topics[code],
                    items=items,
                    airings=airings,
                    minutes=minutes,
                )
            )
    for channel, code, measure, value, source in (
        ("website", "cchc", "tin bài", 40, Source.MANUAL),
        ("website", "chuyen-doi-so", "tin bài", 20, Source.MANUAL),
        ("one_stop", "cchc", "lượt hướng dẫn", 1500, Source.ESTIMATE),
    ):
        desk.session.add(
            ChannelFact(
                id=desk.new_id(),
                station_id=desk.station_id,
                from_day=date(YEAR, 1, 1),
                until_day=date(YEAR + 1, 1, 1),
                channel=channel,
                topic_id=topics[code],
                measure=measure,
                value=value,
                source=source,
                author_name=desk.actor.name,
                created_at=desk.now,
            )
        )
    _add_grounds(desk)


def _add_grounds(desk: Desk) -> None:
    for number, issued_on, about in (
        ("72/KH-UBND", date(2022, 12, 30), "về cải cách hành chính nhà nước năm 2023"),
        ("17/KH-UBND", date(2023, 2, 21), "về việc tuyên truyền cải cách hành chính năm 2023"),
    ):
        desk.session.add(
            Ground(
                id=desk.new_id(),
                station_id=desk.station_id,
                number=number,
                issued_on=issued_on,
                sentence=f"Kế hoạch số {number} ngày {issued_on.day:02} tháng "
                f"{issued_on.month:02} năm {issued_on.year} của Ủy ban nhân dân xã Ngọc Kỳ {about}",
                year=YEAR,
            )
        )
