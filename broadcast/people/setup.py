"""The first visit: a one-time link, and the station that comes of it."""

from dataclasses import dataclass
from zoneinfo import available_timezones

from sqlalchemy import func, select

from broadcast.bulletins.models import Topic
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.models import SetupLink, User
from broadcast.people.rules import Actor, Right, Role
from broadcast.people.secrets import new_secret, secret_hash
from broadcast.people.service import add_account
from broadcast.stations.models import CountingRuleVersion, Station, UnitName, Zone, ZoneKind

FIRST_TOPICS = (
    ("cchc", "Cải cách hành chính"),
    ("chuyen-doi-so", "Chuyển đổi số"),
    ("phap-luat", "Pháp luật"),
    ("an-ninh", "An ninh, trật tự"),
    ("khac", "Nội dung khác"),
)


class SetupLinkUsed(NotFound):
    code = "people.setup_link_used"
    message = "Đường dẫn cài đặt này đã dùng hoặc không đúng. Xem đường dẫn mới trong cửa sổ lệnh."


class TimeZoneUnknown(InvalidInput):
    code = "stations.time_zone_unknown"
    message = "Không có múi giờ này. Việt Nam là Asia/Ho_Chi_Minh."


@dataclass(frozen=True, slots=True)
class NewStation:
    code: str
    name: str
    commune_name: str
    time_zone: str = "Asia/Ho_Chi_Minh"
    one_person: bool = False
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class FirstAccount:
    login: str
    display_name: str
    password: str


def is_set_up(desk: Desk) -> bool:
    return bool(desk.session.scalar(select(func.count()).select_from(Station)))


@use_case
def new_setup_link(desk: Desk) -> str:
    """The secret part of a fresh one-time link; earlier unused links stop working."""
    for link in desk.session.scalars(select(SetupLink).where(SetupLink.used_at.is_(None))):
        link.used_at = desk.now
    secret = new_secret("setup")
    desk.session.add(
        SetupLink(id=desk.new_id(), token_hash=secret_hash(secret), created_at=desk.now)
    )
    return secret


def find_setup_link(desk: Desk, secret: str) -> SetupLink | None:
    return desk.session.scalar(
        select(SetupLink).where(
            SetupLink.token_hash == secret_hash(secret), SetupLink.used_at.is_(None)
        )
    )


@use_case
def set_up(desk: Desk, secret: str, new: NewStation, first: FirstAccount) -> User:
    """Use the link: a station with its topics, its first zone and its first administrator.

    :raises SetupLinkUsed: the link does not hold (any more).
    """
    link = find_setup_link(desk, secret)
    if link is None:
        raise SetupLinkUsed
    link.used_at = desk.now
    station = found_station(desk, new)
    founder = desk.acting_as(Actor.machine(station.id, "cài đặt ban đầu", Right.ADMINISTER))
    return add_account(founder, first.login, first.display_name, first.password, Role.ADMINISTRATOR)


@use_case
def found_station(desk: Desk, new: NewStation) -> Station:
    """A station that can work at once: topics, one zone, the counting rule, its present names.

    :raises TimeZoneUnknown: not an IANA name.
    """
    if new.time_zone not in available_timezones():
        raise TimeZoneUnknown(time_zone=new.time_zone)
    station = Station(
        id=desk.new_id(),
        code=new.code,
        name=new.name.strip(),
        commune_name=new.commune_name.strip(),
        time_zone=new.time_zone,
        one_person=new.one_person,
        demonstration=new.demonstration,
        signature_tune="sang",
        opening_words="Đây là {ten_dai}. {ngay}.",
        closing_words="",
        created_at=desk.now,
    )
    desk.session.add(station)
    desk.session.flush()
    _furnish(desk, station)
    return station


def _furnish(desk: Desk, station: Station) -> None:
    for hue, (code, name) in enumerate(FIRST_TOPICS):
        desk.session.add(
            Topic(id=desk.new_id(), station_id=station.id, code=code, name=name, hue=hue)
        )
    desk.session.add(
        Zone(
            id=desk.new_id(),
            station_id=station.id,
            kind=ZoneKind.AREA,
            name=f"Toàn {station.commune_name}",
        )
    )
    desk.session.add(
        CountingRuleVersion(
            id=desk.new_id(),
            station_id=station.id,
            version=1,
            author_name=desk.actor.name,
            reason="Quy tắc ban đầu",
            created_at=desk.now,
        )
    )
    kind, _, place = station.commune_name.partition(" ")
    desk.session.add(
        UnitName(
            id=desk.new_id(),
            station_id=station.id,
            valid_from=desk.now.date(),
            issuing_body=f"ỦY BAN NHÂN DÂN {station.commune_name.upper()}",
            place_name=place or kind,
            recipients=["Như trên", "Đảng ủy, HĐND", "Lãnh đạo UBND", "Lưu: VT, VHXH"],
        )
    )
