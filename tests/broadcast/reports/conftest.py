"""Airings as the counting sees them, made short."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count as count_from
from zoneinfo import ZoneInfo

import pytest

from broadcast.airlog.models import AiringRow, LogEntry, LogHead
from broadcast.airlog.rules import AiringOutcome, PlayOutcome
from broadcast.bulletins.rules import BulletinKind, Origin
from broadcast.people.keys import add_key
from broadcast.people.rules import Role
from broadcast.reports.annexes import NumericRow
from broadcast.reports.cchc_report import (
    Measured,
    Office,
    Paperwork,
    PlanReference,
    annual_cchc_report,
)
from broadcast.reports.channels import Channel, ChannelFact, Source
from broadcast.reports.counting import Question, count
from broadcast.reports.document import Authority, ReportDocument, Signature
from broadcast.reports.facts import (
    AiringFact,
    BoxOutcome,
    BoxPlay,
    CountingRule,
    Figures,
    MinutesBasis,
    SessionFact,
)
from broadcast.reports.periods import year_period
from broadcast.reports.rollup import roll_up_all

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def rule() -> CountingRule:
    return CountingRule(version=1, notices_count=False, minutes=MinutesBasis.NET)


@pytest.fixture
def box() -> Callable[..., BoxPlay]:
    def make(played_ms: int, planned_ms: int = 60_000, outcome: BoxOutcome = BoxOutcome.AIRED):
        return BoxPlay("thôn Đông", played_ms, planned_ms, outcome)

    return make


class Airings:
    """Makes airings, each a minute after the last, of whatever a test does not name itself."""

    made = 0

    def __call__(
        self, bulletin_id: str = "lịch trực Tết", day: date = date(2023, 5, 10), **changes
    ):
        self.made += 1
        facts: dict[str, object] = {
            "airing_id": f"lượt {self.made}",
            "bulletin_id": bulletin_id,
            "title": bulletin_id.capitalize(),
            "topic": "CCHC",
            "kind": BulletinKind.NEWS,
            "origin": Origin.OWN,
            "slot_id": "sáng",
            "zones": ("thôn Đông",),
            "author": "cán bộ văn hóa",
            "voice": "nữ miền Bắc",
            "aired_at": datetime.combine(day, time(), UTC) + timedelta(minutes=self.made),
            "local_day": day,
            "planned_ms": 60_000,
            "boxes": (BoxPlay("thôn Đông", 60_000, 60_000, BoxOutcome.AIRED),),
            "boxes_expected": 1,
        }
        return AiringFact(**{**facts, **changes})


def make_session(day: date = date(2023, 5, 10), gross_ms: int = 1_800_000, **changes):
    facts: dict[str, object] = {
        "session_id": f"buổi sáng {day}",
        "slot_id": "sáng",
        "zones": ("thôn Đông",),
        "local_day": day,
        "gross_ms": gross_ms,
    }
    return SessionFact(**{**facts, **changes})


@pytest.fixture
def airing() -> Airings:
    return Airings()


@pytest.fixture
def session() -> Callable[..., SessionFact]:
    return make_session


@pytest.fixture(scope="session")
def figures_2023() -> Figures:
    """Counted from a log: 25 items on 55 airings within 30 sessions of half an hour."""
    airing, first_day = Airings(), date(2023, 1, 2)
    airings = [
        airing(f"tin bài {number % 25}", first_day + timedelta(days=6 * number))
        for number in range(55)
    ]
    sessions = [make_session(first_day + timedelta(days=12 * number)) for number in range(30)]
    rule = CountingRule(version=1, notices_count=False, minutes=MinutesBasis.GROSS)
    return count(airings, sessions, Question(rule, year_period(2023))).total


@pytest.fixture(scope="session")
def report_2023(figures_2023: Figures) -> ReportDocument:
    """The commune's report of 2023: 25 items, 55 airings, 900 minutes, 60 = 40 + 20 posts."""
    office = Office(commune="xã Ngọc Kỳ", place="Ngọc Kỳ", organ_id="H23.24.11089")
    rule = CountingRule(version=1, notices_count=False, minutes=MinutesBasis.GROSS)

    def fact(channel: Channel, topic: str, unit: str, value: int, source: Source = Source.MANUAL):
        return ChannelFact(channel, topic, "", "số lượng", unit, Decimal(value), source)

    channels = (
        fact(Channel.WEBSITE, "cải cách hành chính", "tin bài", 40),
        fact(Channel.WEBSITE, "chuyển đổi số", "tin bài", 20),
        fact(Channel.ONE_STOP, "CCHC", "lượt hướng dẫn thủ tục hành chính", 1500, Source.ESTIMATE),
        fact(Channel.VISUAL, "CCHC", "khẩu hiệu tại trụ sở", 4),
    )
    plans = (
        PlanReference("72/KH-UBND", date(2022, 12, 30), "về cải cách hành chính nhà nước năm 2023"),
        PlanReference(
            "17/KH-UBND", date(2023, 2, 21), "về tuyên truyền cải cách hành chính năm 2023"
        ),
    )
    rows = (
        NumericRow("Tin, bài phát trên đài truyền thanh", "tin bài", Decimal(25), Decimal(24), Decimal(25), Decimal(20)),
        NumericRow("Lượt phát trên đài truyền thanh", "lượt phát", Decimal(55), None, Decimal(55), Decimal(48)),
        NumericRow("Thời lượng các buổi phát", "phút", Decimal(900), None, Decimal(900)),
        NumericRow("Tin bài trên trang thông tin điện tử", "tin bài", Decimal(60), Decimal(60), Decimal(60)),
        NumericRow(
            "Hướng dẫn trực tiếp tại Bộ phận tiếp nhận và trả kết quả", "lượt hướng dẫn",
            Decimal(1500), note="Ước tính", is_estimate=True,
        ),
    )  # fmt: skip
    paperwork = Paperwork(
        signature=Signature(Authority.COLLECTIVE, "Chủ tịch"),
        recipients=("Phòng VHTT huyện (b/c)", "TTĐU; HĐND; lãnh đạo UBND xã", "Trang TTĐT xã"),
        addressees=("Phòng Văn hóa và Thông tin huyện Tứ Kỳ",),
        archive="VT, VHXH",
        number=192,
        issued_on=date(2023, 12, 29),
        plans=plans,
        numeric_rows=rows,
    )
    measured = Measured(figures_2023, rule, year_period(2023), channels)
    return annual_cchc_report(office, measured, paperwork)


@pytest.fixture
def airing_row(db, station):
    """Puts one derived airing on a local day, heard in full by two boxes unless told otherwise."""
    made = []

    def put(day: date, bulletin_id: str, minute: int = 330, **changes):
        at = datetime.combine(day, time(), VIETNAM).astimezone(UTC) + timedelta(minutes=minute)
        made.append(bulletin_id)
        key = f"luot-{len(made)}"
        played = {"box": "a", "name": "Cụm a", "played_ms": 60_000, "outcome": "complete"}
        facts = {
            "key": key,
            "airing_id": key,
            "station_id": station.id,
            "local_day": day,
            "bulletin_id": bulletin_id,
            "title": bulletin_id.capitalize(),
            "topic": "Cải cách hành chính",
            "topic_id": f"topic-cchc-{station.code}",
            "kind": "tin",
            "planned_start": at,
            "started_at": at,
            "planned_ms": 60_000,
            "heard_ms": 60_000,
            "speaker_ms": 120_000,
            "outcome": AiringOutcome.AIRED,
            "boxes_expected": 2,
            "boxes_played": 2,
            "boxes": [played, played | {"box": "b", "name": "Cụm b"}],
        }
        row = AiringRow(**{**facts, **changes})
        db.add(row)
        db.commit()
        return row

    return put


@pytest.fixture
def log_plays(db, station, airing_row):
    """An airing together with the rows of the log that it was derived from."""
    numbers = count_from(1)

    def put(day: date, bulletin_id: str, minute: int = 330, *, boxes: int = 1, session_id=None):
        airing = airing_row(day, bulletin_id, minute, session_id=session_id)
        for _box in range(boxes):
            number = next(numbers)
            db.add(
                LogEntry(
                    station_id=station.id,
                    number=number,
                    play_id=f"play-{number}",
                    airing_id=airing.airing_id,
                    session_id=session_id,
                    kind="bulletin",
                    title=airing.title,
                    topic=airing.topic,
                    planned_start=airing.planned_start,
                    started_at=airing.started_at,
                    ended_at=airing.started_at + timedelta(milliseconds=60_000),
                    local_day=day,
                    played_ms=60_000,
                    planned_ms=60_000,
                    outcome=PlayOutcome.COMPLETE,
                    received_at=airing.started_at + timedelta(minutes=2),
                    previous_hash=f"{number - 1:064x}",
                    row_hash=f"{number:064x}",
                )
            )
            db.merge(LogHead(station_id=station.id, number=number, row_hash=f"{number:064x}"))
        db.commit()
        return airing

    return put


@pytest.fixture
def report_key(desk_as):
    """A key of the report module, as it was shown once."""
    return add_key(desk_as(Role.ADMINISTRATOR), "phần mềm báo cáo")[1]


@pytest.fixture
def asks(app, report_key):
    """`asks("/airtime", by="topic")` asks the report API with the key; `from` and `to` are 2023."""
    client = app.test_client()

    def ask(path: str, *, key: str = report_key, headers=None, **asked):
        return client.get(
            f"/api/v1{path}",
            query_string={"from": "2023-01-01", "to": "2023-12-31"} | asked,
            headers={"Authorization": f"Bearer {key}"} | (headers or {}),
        )

    return ask


@pytest.fixture
def year_2023(log_plays, desk_as):
    """Three items on four airings in January and May, rolled up."""
    log_plays(date(2023, 1, 9), "x", session_id="buoi-1")
    log_plays(date(2023, 1, 9), "y", minute=335, session_id="buoi-1")
    log_plays(date(2023, 5, 10), "x", session_id="buoi-2")
    log_plays(date(2023, 5, 11), "z", session_id="buoi-3")
    desk = desk_as(Role.ADMINISTRATOR)
    roll_up_all(desk)
    return desk


@pytest.fixture
def seen(desk_as):
    """`seen(list_facts, 2023)` reads at a desk and leaves no lock behind."""

    def read(deed, *told):
        desk = desk_as()
        found = deed(desk, *told)
        desk.session.expunge_all()
        desk.session.close()
        return found

    return read
