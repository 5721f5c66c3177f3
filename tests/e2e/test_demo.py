"""`loa up`, then `loa demo`: one bulletin goes out over real processes and every figure agrees."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import requests
from demo_ahead import shown_station
from e2e_station import send

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PASSWORD = "loa phường nói thật"
SHOWN = "Đường dây nóng tiếp nhận phản ánh về thủ tục hành chính"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
YEAR_2023 = {"from": "2023-01-01", "to": "2023-12-31"}


def sign_in(url: str, login: str) -> requests.Session:
    browser = requests.Session()
    send(browser, f"{url}/dang-nhap", {"login": login, "password": PASSWORD})
    return browser


class ReportModule:
    """Asks as the report module of another system asks: over HTTP, with its key."""

    def __init__(self, url: str, key: str) -> None:
        self.url, self.headers = f"{url}/api/v1/", {"Authorization": f"Bearer {key}"}

    def ask(self, what: str, **question: str) -> requests.Response:
        answer = requests.get(self.url + what, question, headers=self.headers, timeout=30)
        assert answer.ok, answer.text
        return answer

    def total(self, **period: str) -> dict:
        return self.ask("airtime", **period).json()["total"]

    def plays_lately(self) -> list[dict]:
        """Yesterday to tomorrow: the showing may have run across the station's midnight."""
        today = datetime.now(ZONE).date()
        around = {"from": str(today - timedelta(days=1)), "to": str(today + timedelta(days=1))}
        return self.ask("plays", **around).json()["plays"]


@pytest.fixture(scope="module")
def station(station_at, tmp_path_factory):
    return shown_station(station_at, tmp_path_factory)


@pytest.fixture(scope="module")
def report_module(station):
    key = re.search(r"Khóa báo cáo: (\S+)", station.told)[1]
    return ReportModule(station.url, key)


@pytest.fixture(scope="module")
def shown_play(report_module):
    [play] = [row for row in report_module.plays_lately() if row["kind"] == "bulletin"]
    return play


@pytest.fixture(scope="module")
def console(station):
    return sign_in(station.url, "vanhanh")


def day_of(play: dict) -> dict[str, str]:
    return {"from": play["local_day"], "to": play["local_day"]}


def test_the_demonstration_tells_each_step_until_the_bulletin_was_heard(station):
    steps = re.findall(r"^(\d)/5 ", station.told, re.MULTILINE)
    assert sorted(set(steps)) == ["1", "2", "3", "4", "5"]
    assert "kết quả “aired”" in station.told


def test_the_year_2023_is_the_one_of_the_report(report_module):
    total = report_module.total(**YEAR_2023)
    assert (total["items"], total["airings"], total["minutes"]) == (25, 55, 900.0)


def test_today_counts_what_the_box_measured(report_module, shown_play):
    total = report_module.total(**day_of(shown_play))
    assert (total["items"], total["airings"]) == (1, 1)
    assert total["net_ms"] == shown_play["played_ms"]
    assert shown_play["title"] == SHOWN
    assert not shown_play["demonstration"], "this one was really played"


def test_a_play_is_of_the_local_day_on_which_it_started(shown_play):
    started = datetime.fromisoformat(shown_play["started_at"])
    assert started.astimezone(ZONE).date() == date.fromisoformat(shown_play["local_day"])


def test_the_command_gives_the_bytes_of_the_api(station, report_module):
    period = ["--from", YEAR_2023["from"], "--to", YEAR_2023["to"], "--by", "topic,month"]
    told = station.loa("airtime", "--json", *period)
    asked = report_module.ask("airtime", **YEAR_2023, by="topic,month")
    assert told.encode() == asked.content


def test_the_chain_of_the_log_is_whole(station, report_module):
    told = station.loa("verify-log")
    head = report_module.ask("airtime", **YEAR_2023).json()["log"]
    assert told.startswith(f"Nhật ký nguyên vẹn: {head['number']} dòng.")
    assert head["hash"] in told


def test_the_doctor_finds_nothing_missing(station):
    assert "✓ worker" in station.loa("doctor")


def test_the_dashboard_shows_what_was_heard_today(station, console):
    page = console.get(f"{station.url}/", timeout=20)
    assert page.ok
    assert "Buổi phát thử" in page.text


def test_the_log_book_shows_the_airing_of_its_day(station, console, shown_play):
    page = console.get(f"{station.url}/nhat-ky/?ngay={shown_play['local_day']}", timeout=20)
    assert page.ok
    assert SHOWN in page.text
    assert f'"{shown_play["local_day"]}"' in page.text


def test_the_report_page_shows_the_figures_of_2023(station, console):
    page = console.get(f"{station.url}/bao-cao/?from=2023-01-01&to=2023-12-31", timeout=20)
    assert page.ok
    seen = re.sub(r"<[^>]+>|\s+", " ", page.text)
    assert re.search(r"\b25\b", seen)
    assert re.search(r"\b55\b", seen)
    assert re.search(r"\b900\b", seen)


def test_a_second_demonstration_changes_nothing(station, report_module):
    before = counts(report_module)
    told = station.loa("demo")
    assert told.endswith("Dữ liệu mẫu đã có từ trước; không thay đổi gì.\n")
    assert cards(told) == cards(station.told)
    assert counts(report_module) == before


def cards(told: str) -> list[str]:
    return re.findall(r"(?:Mã máy phát|Khóa báo cáo): +(\S+)", told)


def counts(report_module: ReportModule) -> tuple[bytes, list[dict]]:
    return report_module.ask("airtime", **YEAR_2023).content, report_module.plays_lately()


def test_what_was_begun_before_a_power_cut_is_done_after_it(station_at, station, report_module):
    """Last, for it ends the module's station: everything dies at once, in the middle of the work."""
    before = counts(report_module)
    writer = sign_in(station.url, "vanhanh")
    address = write_at_length(station, writer)
    assert 'class="making"' in writer.get(address, timeout=20).text
    station.kill_everything()

    again = station_at(station.data)
    again.answers()
    made = address.replace(station.url, again.url)
    again.until(lambda: "<audio " in writer.get(made, timeout=20).text, patience_s=200)
    module = ReportModule(again.url, json.loads((again.data / "demo.json").read_text())["key"])
    assert counts(module) == before
    assert again.loa("verify-log").startswith("Nhật ký nguyên vẹn")


def write_at_length(station, writer: requests.Session) -> str:
    """A text of many different sentences, its audio asked for; the address of its page."""
    address = f"{station.url}/tin-bai/moi"
    topic = re.search(
        r'<select[^>]*name="topic_id".*?<option[^>]*value="([^"]+)"',
        writer.get(address, timeout=20).text,
        re.DOTALL,
    )[1]
    sentences = (f"Hộ gia đình số {number} đã nộp hồ sơ trực tuyến." for number in range(1, 400))
    form = {
        "title": "Bài dài gặp lúc mất điện",
        "kind": "tin",
        "topic_id": topic,
        "text": " ".join(sentences),
        "voice": re.search(r'<option[^>]*value="(espeak/[^"]+)"', writer.get(address).text)[1],
        "speed_percent": "100",
        "audio": "yes",
    }
    return send(writer, address, form).url.partition("?")[0]
