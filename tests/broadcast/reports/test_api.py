"""What the report module is told, and what it is told when it asks wrongly."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from broadcast.cli import main
from broadcast.console.openapi import document
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.keys import list_keys, revoke_key
from broadcast.people.rules import Role
from broadcast.reports.airtime import airtime_document
from broadcast.reports.questions import read_airtime_question


@pytest.fixture
def told(asks, year_2023):
    return lambda path="/airtime", **asked: asks(path, **asked).get_json()


def test_the_answer_names_period_rule_figures_and_the_log_it_rests_on(told):
    answer = told(by="topic,month")
    assert answer["period"] == {
        "from": "2023-01-01",
        "to": "2023-12-31",
        "days": 365,
        "label": "từ ngày 01/01/2023 đến ngày 31/12/2023",
        "time_zone": "Asia/Ho_Chi_Minh",
    }
    assert answer["rule"]["threshold_percent"] == 80
    assert [(row["key"]["month"], row["items"], row["airings"]) for row in answer["rows"]] == [
        ("2023-01", 2, 2),
        ("2023-05", 2, 2),
    ]
    total = answer["total"]
    assert (total["items"], total["new_items"], total["airings"]) == (3, 3, 4)
    assert (total["net_ms"], total["minutes"], total["net_minutes"]) == (240_000, 4.0, 4.0)
    assert total["gross_ms"] == 360_000 + 120_000
    assert total["reach"] == {"reached": 8, "expected": 8, "percent": 100.0}
    assert answer["differences"][0]["reason"].startswith("Một tin bài phát ở nhiều dòng")
    assert answer["log"] == {"number": 4, "hash": f"{4:064x}"}
    assert answer["as_of"] == "2023-05-10T22:32:00.000Z"
    assert answer["pending_days"] == []


def test_minutes_are_written_with_their_tenth(asks, year_2023):
    assert b'"minutes":4.0' in asks("/airtime").data


def test_the_same_question_on_the_same_log_gives_the_same_bytes(asks, year_2023, clock):
    first = asks("/airtime", by="zone,slot,author")
    clock.move(days=30)
    second = asks("/airtime", by="zone,slot,author")
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    again = asks(
        "/airtime", by="zone,slot,author", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_the_command_prints_the_bytes_of_the_api(asks, year_2023, settings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LOA_DATA", str(settings.data_dir))
    words = ["airtime", "--from", "2023-01-01", "--to", "2023-12-31", "--by", "topic", "--json"]
    printed = CliRunner().invoke(main, words)
    assert printed.exit_code == 0, printed.output
    assert printed.stdout_bytes == asks("/airtime", by="topic").data
    in_words = CliRunner().invoke(main, words[:-1])
    assert "Cải cách hành chính" in in_words.output
    audited = CliRunner().invoke(main, ["audit"])
    assert (audited.exit_code, audited.output) == (0, "Mọi số liệu khớp với nhật ký.\n")


def test_a_day_that_is_not_added_up_yet_is_said(asks, year_2023):
    want(year_2023, JobKind.ROLL_UP, "2023-05-10")
    want(year_2023, JobKind.RECONCILE, "2024-05-10")
    year_2023.session.commit()
    assert asks("/airtime").get_json()["pending_days"] == ["2023-05-10"]


def test_a_day_is_a_local_day_and_both_days_are_included(told):
    assert told(**{"from": "2023-05-10", "to": "2023-05-10"})["total"]["airings"] == 1
    assert told(**{"from": "2023-05-10", "to": "2023-05-11"})["total"]["airings"] == 2


def test_an_empty_log_answers_zeros(asks):
    answer = asks("/airtime").get_json()
    assert (answer["total"]["items"], answer["as_of"], answer["log"]["number"]) == (0, None, 0)


def test_csv_opens_right_in_excel_with_vietnamese_settings(asks, year_2023):
    answer = asks("/airtime", by="topic", format="csv", sep="semicolon")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Chủ đề", "Số tin bài"]
    assert rows[-1][:5] == ["Tổng cộng", "3", "3", "4", "4,0"]


def test_csv_can_be_asked_for_by_accept(asks, year_2023):
    assert asks("/airtime", headers={"Accept": "text/csv"}).content_type.startswith("text/csv")
    assert asks("/airtime", headers={"Accept": "*/*"}).content_type == "application/json"


@pytest.mark.parametrize("path", ["/airings", "/plays"])
def test_pages_of_evidence_joined_are_the_whole(asks, year_2023, path):
    name = path.strip("/")
    whole = asks(path).get_json()
    assert len(whole[name]) == 4
    assert whole["next"] is None
    pages, cursor = [], ""
    while cursor is not None:
        answer = asks(path, limit="1", **({"cursor": cursor} if cursor else {}))
        cursor = answer.get_json()["next"]
        assert (cursor is not None) == ("Link" in answer.headers)
        pages += answer.get_json()[name]
    assert pages == whole[name]


def test_evidence_can_be_narrowed_to_what_a_figure_counts(asks, year_2023):
    rows = asks("/airings", bulletin="x", outcome="aired").get_json()["airings"]
    assert [row["local_day"] for row in rows] == ["2023-01-09", "2023-05-10"]
    assert asks("/airings", topic="Không có").get_json()["airings"] == []


def test_plays_carry_their_chain(asks, year_2023):
    rows = asks("/plays").get_json()["plays"]
    assert [row["previous_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]


@pytest.mark.parametrize("path", ["/airings", "/plays"])
def test_evidence_comes_as_csv_too(asks, year_2023, path):
    lines = asks(path, format="csv").data.decode("utf-8-sig").splitlines()
    assert len(lines) == 5
    assert "Tên tin bài" in lines[0]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"from": "2023-12-31", "to": "2023-01-01"}, "reports.period_reversed"),
        ({"from": "1990-01-01", "to": "2089-12-31"}, "reports.period_too_long"),
        ({"from": "0001-01-01", "to": "0001-12-31"}, "reports.no_such_period"),
        ({"from": "9999-01-01", "to": "9999-12-31"}, "reports.no_such_period"),
        ({"from": "2023-02-30"}, "reports.date_not_understood"),
        ({"from": "20230101"}, "reports.date_not_understood"),
        ({"to": "hôm qua"}, "reports.date_not_understood"),
        ({"to": "٢٠٢٣-١٢-٣١"}, "reports.date_not_understood"),
        ({"by": "màu"}, "reports.question_not_understood"),
        ({"by": "topic,topic"}, "reports.question_not_understood"),
        ({"by": "topic,month,zone,slot"}, "reports.question_not_understood"),
        ({"topics": "mới"}, "reports.question_not_understood"),
        ({"format": "pdf"}, "reports.question_not_understood"),
        ({"format": "csv", "sep": "tab"}, "reports.question_not_understood"),
    ],
)
def test_a_question_nobody_can_answer_is_a_problem_with_its_code(asks, asked, code):
    answer = asks("/airtime", **asked)
    assert 400 <= answer.status_code < 500
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["code"] == code


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "x", "9" * 40])
def test_a_page_has_between_one_and_a_thousand_rows(asks, limit):
    assert asks("/airings", limit=limit).status_code == 422


@pytest.mark.parametrize("cursor", ["!!", "AAAA", "bm8gYmFy", "MjAyMy0wMS0wMQ", "w7ziiIM", "%00"])
@pytest.mark.parametrize("path", ["/airings", "/plays"])
def test_a_broken_cursor_is_refused(asks, path, cursor):
    assert asks(path, cursor=cursor).get_json()["code"] == "reports.cursor_broken"


def test_without_a_key_nothing_is_said(asks, year_2023):
    for key in ("", "loa_report_nobody", "é"):
        answer = asks("/airtime", key=key)
        assert (answer.status_code, answer.get_json()["code"]) == (401, "people.key_refused")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_key_opens_nothing(asks, desk_as):
    desk = desk_as(Role.ADMINISTRATOR)
    revoke_key(desk, list_keys(desk)[0].id)
    assert asks("/airtime").status_code == 401


def test_another_stations_figures_are_never_told(asks, airing_row, other_station, year_2023):
    airing_row(date(2023, 6, 1), "của xã khác", station_id=other_station.id)
    assert "của xã khác" not in asks("/airings").get_data(as_text=True)


def test_a_report_that_is_not_there_is_not_found(asks):
    assert asks("/reports/khong-co.docx").status_code == 404
    assert asks("/reports/khong-co.exe").status_code == 404


def test_a_viewer_reads_the_same_figures(desk_as, year_2023):
    question = read_airtime_question({"from": "2023-01-01", "to": "2023-12-31"})
    assert json.loads(airtime_document(desk_as(Role.VIEWER), question))["total"]["items"] == 3


@pytest.mark.parametrize(
    ("path", "model"),
    [("/airtime", "AirtimeAnswer"), ("/airings", "AiringsAnswer"), ("/plays", "PlaysAnswer")],
)
def test_real_answers_are_as_the_description_promises(asks, year_2023, path, model):
    described = document("http://dai.example")["components"]
    schema = {"$ref": f"#/components/schemas/{model}", "components": described}
    by = {"by": "zone,month"} if path == "/airtime" else {}
    Draft202012Validator(schema).validate(asks(path, **by).get_json())
