"""What one clicks on is what one finds: the rows behind a figure add up to exactly that figure."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from broadcast.airlog.models import AiringRow
from broadcast.airlog.rules import AiringOutcome
from broadcast.people.rules import Role
from broadcast.reports.airing_facts import fact_of
from broadcast.reports.counting import Question, to_minutes
from broadcast.reports.daily import in_zone, measure
from broadcast.reports.evidence import airings_page
from broadcast.reports.evidence_rows import conditions, sums_of
from broadcast.reports.facts import GroupBy
from broadcast.reports.glance import glance_at
from broadcast.reports.local_hours import _offsets
from broadcast.reports.periods import free_period, year_period
from broadcast.reports.questions import EvidenceQuestion, Place
from broadcast.reports.rollup import counting_rule, roll_up_all
from broadcast.reports.rule_service import adopt_rule
from broadcast.reports.summary import figures_of
from broadcast.stations.models import MinutesKind
from broadcast.stations.queries import rule_in_force

FIRST = date(2022, 12, 28)
PERIOD = free_period(FIRST, FIRST + timedelta(days=8))
PLANNED_MS = 60_000
BOX = st.tuples(
    st.sampled_from([0, 1, 30_000, 47_999, 48_000, 60_000]),
    st.sampled_from([0, 90_000]),
    st.sampled_from([[], ["dong"], ["tay"], ["xom", "tay"]]),
)
AIRING = st.fixed_dictionaries(
    {
        "minute": st.integers(0, 15).map(lambda half_days: half_days * 720 + 30),
        "bulletin_id": st.sampled_from(["x", "y", "z", None]),
        "topic": st.sampled_from(["CCHC", "CĐS", ""]),
        "kind": st.sampled_from(["tin", "thong_bao", "relay", "signature"]),
        "origin": st.sampled_from(["own", "relayed"]),
        "zone_ids": st.lists(st.sampled_from(["dong", "tay"]), max_size=2, unique=True),
        "estimate": st.booleans(),
        "is_planned": st.booleans(),
        "boxes": st.lists(BOX, max_size=3),
    }
)


def part_of(number: int, played_ms: int, late_ms: int, zones: list[str]) -> dict:
    """As the log concludes it under the first rule's 80 percent."""
    outcome = "late" if late_ms and played_ms else "aired"
    if played_ms * 100 < 80 * PLANNED_MS:
        outcome = "partial" if played_ms else "missed"
    lateness = late_ms if played_ms else 0
    return {
        "box": f"b{number}", "played_ms": played_ms, "outcome": outcome, "late_ms": lateness,
        "zones": zones, "expected": True,
    }  # fmt: skip


def row_of(number: int, told: dict) -> dict:
    at = datetime(2022, 12, 27, 17, 0, tzinfo=UTC) + timedelta(minutes=told["minute"])
    boxes = [part_of(*box) for box in ((at_, *box) for at_, box in enumerate(told["boxes"]))]
    said = {box["outcome"] for box in boxes}
    outcome = next((one for one in ("aired", "late", "partial") if one in said), "missed")
    if not told["is_planned"] and outcome != "missed":
        outcome = "unplanned"
    return {
        name: told[name]
        for name in ("bulletin_id", "topic", "kind", "origin", "zone_ids", "estimate")
    } | {
        "station_id": "station-ngoc-ky", "key": f"lượt {number}", "airing_id": f"lượt {number}",
        "local_day": FIRST + timedelta(minutes=told["minute"]), "title": "", "author": "",
        "voice": "", "planned_start": at, "started_at": at, "planned_ms": PLANNED_MS,
        "outcome": AiringOutcome(outcome), "boxes": boxes, "boxes_expected": len(boxes),
        "heard_ms": max((box["played_ms"] for box in boxes), default=0),
        "speaker_ms": sum(box["played_ms"] for box in boxes),
    }  # fmt: skip


@pytest.fixture
def keeper(desk_as):
    return desk_as(Role.ADMINISTRATOR)


@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    told=st.lists(AIRING, max_size=10),
    threshold=st.sampled_from([1, 50, 80, 100]),
    notices=st.booleans(),
)
def test_any_history_under_any_rule_adds_up_row_by_row(keeper, told, threshold, notices):
    desk = keeper
    desk.session.rollback()
    desk.session.execute(delete(AiringRow))
    if told:
        rows = [row_of(number, one) for number, one in enumerate(told)]
        desk.session.execute(insert(AiringRow), rows)
    desk.session.commit()
    adopt_rule(
        desk, threshold_percent=threshold, notices_count=notices, minutes=MinutesKind.NET,
        reason="thử một quy tắc",
    )  # fmt: skip
    roll_up_all(desk)
    rule = counting_rule(rule_in_force(desk))
    total = figures_of(desk, Question(rule, PERIOD)).total
    by_topic = figures_of(desk, Question(rule, PERIOD, (GroupBy.TOPIC,))).rows
    by_zone = figures_of(desk, Question(rule, PERIOD, (GroupBy.ZONE,))).rows
    asked = [(total, {})]
    asked += [(row.figures, {"topic": row.key[0] or "-"}) for row in by_topic]
    asked += [(row.figures, {"zone_id": row.key[0] or "-"}) for row in by_zone]
    for figures, narrowed in asked:
        found = {
            place: sums_of(
                desk, conditions(desk, EvidenceQuestion(PERIOD, place=place, **narrowed))
            )
            for place in Place
        }
        counted, relays = found[Place.COUNTED], found[Place.RELAY]
        assert (counted.airings, counted.items) == (figures.airings, figures.items)
        assert (counted.net_ms, counted.speaker_ms) == (figures.net_ms, figures.speaker_ms)
        assert (relays.airings, relays.net_ms) == (figures.relays, figures.relay_ms)
        assert found[Place.NEW].items == figures.new_items
        for place, worth in (
            (Place.PARTIAL, figures.partial), (Place.MISSED, figures.missed),
            (Place.LATE, figures.late), (Place.UNPLANNED, figures.unplanned),
            (Place.ESTIMATE, figures.estimates),
            (Place.HEARD, figures.airings + figures.relays + figures.notices),
        ):  # fmt: skip
            assert found[place].airings == worth, place
        if not notices:
            assert found[Place.NOTICE].airings == figures.notices
        planned = EvidenceQuestion(PERIOD, place=Place.PLANNED, **narrowed)
        parts = [
            in_zone(measure(fact_of(row), rule), narrowed.get("zone_id", ""))
            for row in airings_page(desk, planned).airings
        ]
        assert sum(part.reached for part in parts) == figures.reached
        assert sum(part.expected for part in parts) == figures.expected


@pytest.fixture
def mixed_year(log_plays, airing_row, keeper):
    """Something in every place of the figures, with sessions, zones and a topic without a name."""
    log_plays(date(2023, 1, 9), "x", session_id="buoi-1")
    log_plays(date(2023, 1, 9), "y", minute=345, session_id="buoi-1")
    log_plays(date(2023, 5, 10), "x", session_id="buoi-2")
    dark = {"outcome": AiringOutcome.MISSED, "heard_ms": 0, "speaker_ms": 0, "boxes": []}
    east, west = (
        {"box": at, "played_ms": 60_000, "zones": [at]} for at in ("thon-dong", "thon-tay")
    )
    parts = [east, west | {"played_ms": 0}]
    both = {"zone_ids": ["thon-dong", "thon-tay"], "boxes": parts, "speaker_ms": 60_000}
    airing_row(date(2023, 5, 11), "z", topic="Môi trường", **both)
    airing_row(date(2023, 6, 1), "z", zone_ids=["thon-dong", "thon-tay"], **dark)
    airing_row(date(2023, 6, 2), "z", 1080, topic="", topic_id=None)
    airing_row(date(2023, 7, 1), "z", outcome=AiringOutcome.LATE)
    airing_row(date(2023, 7, 2), "z", outcome=AiringOutcome.UNPLANNED)
    airing_row(date(2023, 7, 3), "VOV", kind="relay", origin="relayed")
    airing_row(date(2023, 7, 4), "tb", kind="thong_bao")
    airing_row(date(2023, 8, 1), "cũ", estimate=True)
    airing_row(date(2023, 8, 2), "nhạc hiệu", kind="signature")
    adopt_rule(
        keeper, threshold_percent=80, notices_count=False, minutes=MinutesKind.NET, reason="quy chế"
    )
    roll_up_all(keeper)


def test_a_new_threshold_judges_old_rows_by_what_was_heard(signed_in, airing_row, keeper):
    sixty = {"box": "a", "played_ms": 36_000, "outcome": "partial", "late_ms": 0}
    airing_row(
        date(2023, 5, 10), "x", outcome=AiringOutcome.PARTIAL, heard_ms=36_000, boxes=[sixty]
    )
    roll_up_all(keeper)
    reader = signed_in(Role.VIEWER)
    link = "/bao-cao/luot-phat?from=2023-01-01&to=2023-12-31&place="
    assert [len(rows_behind(reader, link + place)) for place in ("counted", "partial")] == [0, 1]
    adopt_rule(
        keeper, threshold_percent=60, notices_count=True, minutes=MinutesKind.NET, reason="quy chế"
    )
    assert [len(rows_behind(reader, link + place)) for place in ("counted", "partial")] == [1, 0]
    assert "Đã phát" in reader.get(link + "counted").get_data(as_text=True).split("<tbody>")[1]


def rows_behind(reader, href: str) -> list[dict[str, str]]:
    """Every row of every page that the link leads to."""
    rows: list[dict[str, str]] = []
    while href:
        answer = reader.get(html.unescape(href))
        assert answer.status_code == 200, href
        page = answer.get_data(as_text=True)
        for told in re.findall(r"<tr (data-[^>]*)>", page):
            rows.append(dict(re.findall(r'data-([a-z_]+)="([^"]*)"', told)))
        following = re.search(r'href="([^"]*cursor=[^"]*)"', page)
        href = following[1] if following else ""
    return rows


def added_up(rows: list[dict[str, str]], what: str) -> int:
    if what == "airings":
        return len(rows)
    if what == "items":
        return len({row["item"] for row in rows})
    return sum(int(row[what]) for row in rows)


@pytest.mark.parametrize("topics", ["as_aired", "current"])
def test_every_number_and_bar_of_the_page_leads_to_rows_that_add_up_to_it(
    signed_in, mixed_year, topics
):
    reader = signed_in(Role.VIEWER)
    page = reader.get(f"/bao-cao/?kind=year&year=2023&topics={topics}").get_data(as_text=True)
    links = re.findall(r'href="([^"]*)" data-sum="([a-z_]+)" data-value="(\d+)"', page)
    assert {what for _href, what, _worth in links} == {
        "airings", "items", "net_ms", "speaker_ms", "gross_ms", "reached", "expected",
    }  # fmt: skip
    assert any("hour=" in href for href, *_told in links)
    east = [(what, worth) for href, what, worth in links if "zone=thon-dong" in href]
    assert east == [("airings", "1"), ("reached", "1"), ("expected", "1")]
    for href, what, worth in links:
        assert added_up(rows_behind(reader, href), what) == int(worth), (href, what)
    # No figure of rows stands without saying what it is a sum of, but for the three at the top.
    every = re.findall(r'href="/bao-cao/(?:luot-phat|buoi-phat)\?[^"]*"', page)
    assert len(every) - len(links) == 3


@pytest.mark.parametrize("kind", [MinutesKind.NET, MinutesKind.GROSS])
def test_the_three_figures_at_the_top_lead_to_rows_that_add_up_to_them(
    signed_in, mixed_year, keeper, kind
):
    adopt_rule(
        keeper, threshold_percent=80, notices_count=False, minutes=kind, reason="cách tính phút"
    )
    reader = signed_in(Role.VIEWER)
    page = reader.get("/bao-cao/?kind=year&year=2023").get_data(as_text=True)
    counts = page.split('<div class="counts">')[1].split("<h2>")[0]
    hrefs = re.findall(r'href="(/bao-cao/(?:luot-phat|buoi-phat)\?[^"]*)"', counts)
    rule = counting_rule(rule_in_force(keeper))
    total = figures_of(keeper, Question(rule, year_period(2023))).total
    spent = "net_ms" if kind is MinutesKind.NET else "gross_ms"
    wanted = (("items", total.items), ("airings", total.airings), (spent, getattr(total, spent)))
    assert all(worth > 0 for _what, worth in wanted)
    for href, (what, worth) in zip(hrefs, wanted, strict=True):
        assert added_up(rows_behind(reader, href), what) == worth, (href, what)
    shown = re.sub(r"<[^>]+>|\s+", " ", counts)
    minutes = f"{to_minutes(wanted[2][1]):.1f}".replace(".", ",")
    for figure in (str(total.items), str(total.airings), minutes):
        assert re.search(rf"(?<![\d,]){figure}(?![\d])", shown), figure


def test_the_hours_of_the_heat_map_add_up_to_the_airings(desk_as, mixed_year, station):
    glance = glance_at(
        desk_as(), year_period(2023), date(2023, 12, 31), ZoneInfo(station.time_zone)
    )
    assert sum(sum(cells.values()) for cells in glance.heat.values()) == glance.total.airings
    assert glance.heat[4] == {18: 1}
    assert set(glance.hours) == set(range(5, 19))


def test_an_hour_is_that_of_the_clocks_whatever_they_are_put_to():
    found = list(_offsets(year_period(2024), ZoneInfo("Europe/Berlin")))
    assert [offset for _since, offset in found] == [60, 120, 60]
    assert [since for since, _offset in found[1:]] == [
        datetime(2024, 3, 31, 1, tzinfo=UTC),
        datetime(2024, 10, 27, 1, tzinfo=UTC),
    ]
    assert len(list(_offsets(year_period(2024), ZoneInfo("Asia/Ho_Chi_Minh")))) == 1
