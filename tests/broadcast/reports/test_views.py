"""Pages of the reports as people use them, from the figures to the paper and back."""

import re
from datetime import date
from io import BytesIO

import pytest

from broadcast.people.rules import Role
from broadcast.reports.channel_import import blank_sheet
from broadcast.reports.channel_service import list_facts
from broadcast.reports.papers import list_reports

PAGES = ("", "luot-phat", "quy-tac", "kenh-khac", "van-ban", "can-cu")


@pytest.fixture
def operator(signed_in, year_2023):
    return signed_in(Role.OPERATOR)


@pytest.fixture
def administrator(signed_in, year_2023):
    return signed_in(Role.ADMINISTRATOR)


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_who_only_looks_and_needs_no_inline_style(signed_in, year_2023, page):
    words = text(signed_in(Role.VIEWER).get(f"/bao-cao/{page}"))
    assert "style=" not in words
    assert "onclick" not in words


def test_every_figure_of_the_year_leads_to_its_rows(operator):
    words = text(operator.get("/bao-cao/?kind=year&year=2023"))
    links = re.findall(r'href="(/bao-cao/luot-phat[^"]*)"', words)
    assert len(links) > 10
    rows = text(operator.get(links[0].replace("&amp;", "&")))
    assert rows.count("/luot/") >= 4 or rows.count("X") >= 2


def test_the_decrees_cut_off_moves_the_days(operator):
    words = text(operator.get("/bao-cao/?kind=year&year=2023&cutoff=nd09"))
    assert "15/12/2022" in words
    assert "14/12/2023" in words


@pytest.mark.parametrize(
    "query",
    ["kind=year&year=abc", "kind=year&year=9999", "kind=month-13&year=2023", "kind=free",
     "kind=free&from=2023-02-01&to=2023-01-01", "kind=free&from=1980-01-01&to=2079-12-31", "kind=quarter-0&year=2023", "kind=half-²&year=2023"],
)  # fmt: skip
def test_a_period_that_is_none_is_an_answer_in_words(operator, query):
    answer = operator.get(f"/bao-cao/?{query}")
    assert 400 <= answer.status_code < 500
    words = answer.get_data(as_text=True)
    assert "Kỳ này không xem được" in words
    assert 'name="kind"' in words, "the next try begins on the same page"


def test_an_empty_year_teaches_the_next_step(operator):
    assert "chưa có lượt phát" in text(operator.get("/bao-cao/?kind=year&year=2019"))


def test_the_form_of_a_report_shows_the_figures_it_will_print(operator):
    begun = operator.post("/bao-cao/van-ban/moi", data={"kind": "year", "year": "2023"})
    words = text(operator.get(begun.location))
    assert "đã phát 3 tin bài" in words
    assert "4 lượt phát" in words


def test_the_rule_is_changed_by_the_administrator_with_a_reason(administrator):
    sent = {"threshold_percent": "50", "notices_count": "y", "minutes": "gross", "reason": ""}
    assert "Cần điền" in text(administrator.post("/bao-cao/quy-tac", data=sent))
    done = administrator.post("/bao-cao/quy-tac", data=sent | {"reason": "theo hướng dẫn"})
    assert done.status_code == 302
    assert "Số 2" in text(administrator.get("/bao-cao/quy-tac"))


def test_the_rule_is_not_changed_by_the_operator(operator):
    sent = {"threshold_percent": "50", "minutes": "gross", "reason": "theo hướng dẫn"}
    assert operator.post("/bao-cao/quy-tac", data=sent).status_code == 403


def test_a_tap_counts_one_for_this_month(operator, seen):
    tap = {"channel": "website", "measure": "tin bài", "by": "1"}
    operator.post("/bao-cao/kenh-khac/dem", data=tap)
    words = text(operator.post("/bao-cao/kenh-khac/dem", data=tap, follow_redirects=True))
    assert "Tháng này: 2 tin bài" in words
    assert [fact.value for fact in seen(list_facts, 2026)] == [2]


@pytest.mark.parametrize(
    "wrong", [{"channel": "x"}, {"by": "1000"}, {"measure": "lượt"}, {"topic_id": "?"}]
)
def test_a_forged_tap_counts_nothing(operator, seen, wrong):
    tap = {"channel": "website", "measure": "tin bài", "by": "1"} | wrong
    assert 400 <= operator.post("/bao-cao/kenh-khac/dem", data=tap).status_code < 500
    assert seen(list_facts, 2026) == []


def test_a_figure_is_entered_and_taken_back(operator, seen):
    sent = {
        "channel": "meeting", "topic_id": "", "value": "4", "measure": "cuộc", "source": "manual",
        "first_day": "2023-01-01", "last_day": "2023-12-31", "evidence": "https://xa.example/1",
    }  # fmt: skip
    assert operator.post("/bao-cao/kenh-khac", data=sent).status_code == 302
    assert "https://xa.example/1" in text(operator.get("/bao-cao/kenh-khac?year=2023"))
    (fact,) = seen(list_facts, 2023)
    operator.post(f"/bao-cao/kenh-khac/{fact.id}/bo", data={"year": "2023"})
    assert seen(list_facts, 2023) == []
    words = text(operator.post("/bao-cao/kenh-khac", data=sent | {"measure": "lượt"}))
    assert "nói rõ lượt gì" in words


def test_a_sheet_is_previewed_and_only_then_taken_in(operator, seen):
    sheet = blank_sheet(2023, "Cải cách hành chính")
    file = {"file": (BytesIO(sheet), "kenh.xlsx")}
    words = text(operator.post("/bao-cao/kenh-khac/nhap", data=file))
    assert seen(list_facts, 2023) == []
    carried = re.search(r'name="sent" value="([^"]+)"', words)[1]
    operator.post("/bao-cao/kenh-khac/nhap", data={"confirmed": "yes", "sent": carried})
    assert [fact.value for fact in seen(list_facts, 2023)] == [3]
    for wrong in ({}, {"confirmed": "yes", "sent": "%%%"}, {"file": (BytesIO(b"x"), "x.xlsx")}):
        assert operator.post("/bao-cao/kenh-khac/nhap", data=wrong).status_code == 422


def test_the_way_of_a_report_from_period_to_paper(operator, seen, asks):
    begun = operator.post("/bao-cao/van-ban/moi", data={"kind": "year", "year": "2023"})
    (row,) = seen(list_reports)
    assert begun.headers["Location"].endswith(f"/bao-cao/van-ban/{row.id}/sua")
    page = text(operator.get(f"/bao-cao/van-ban/{row.id}/sua"))
    version = re.search(r'name="row_version"[^>]*value="(\d+)"', page)[1]
    sent = {
        "row_version": version, "kind": "free", "cutoff": "calendar", "first_day": "2023-01-01", "last_day": "2023-12-31",
        "template": "standard", "archive": "VT", "authority": "TM.", "position": "CHỦ TỊCH",
        "ratings": "Tuyên truyền trực quan | Có", "weaknesses": "Loa thôn Bốn rè <b>cả</b> quý.",
    }  # fmt: skip
    assert operator.post(f"/bao-cao/van-ban/{row.id}/sua", data=sent).status_code == 302
    paper = text(operator.get(f"/bao-cao/van-ban/{row.id}"))
    assert "Loa thôn Bốn rè &lt;b&gt;cả&lt;/b&gt; quý." in paper
    kept = seen(lambda desk: dict(list_reports(desk)[0].texts["texts"]))
    assert {part for part, words in kept.items() if words} == {"weaknesses"}
    wrong = operator.post(f"/bao-cao/van-ban/{row.id}/ban-hanh", data={"number": ""})
    assert "Cần điền" in text(wrong)
    issued = {"number": "192", "issued_on": "2023-12-29"}
    assert operator.post(f"/bao-cao/van-ban/{row.id}/ban-hanh", data=issued).status_code == 302
    assert "Số: 192/BC-UBND" in text(operator.get(f"/bao-cao/van-ban/{row.id}"))
    for form in ("docx", "xlsx", "csv", "pdf"):
        mine = operator.get(f"/bao-cao/van-ban/{row.id}.{form}")
        assert mine.status_code == 200
        assert asks(f"/reports/{row.id}.{form}").data == mine.data


def test_a_later_row_is_shown_beside_the_signed_figures(operator, desk_as, airing_row):
    from broadcast.reports.papers import issue_report, start_report
    from broadcast.reports.periods import year_period
    from broadcast.reports.rollup import roll_up_day

    desk = desk_as(Role.ADMINISTRATOR)
    row = start_report(desk, year_period(2023))
    issue_report(desk, row.id, "1", date(2023, 12, 29))
    airing_row(date(2023, 8, 1), "muộn")
    roll_up_day(desk, date(2023, 8, 1))
    words = text(operator.get(f"/bao-cao/van-ban/{row.id}"))
    assert "thay đổi sau khi ban hành" in words


def test_a_bad_template_is_refused_where_it_was_sent(operator):
    file = {"file": (BytesIO(b"khong phai word"), "mau.docx")}
    assert "không phải tài liệu Word" in text(operator.post("/bao-cao/mau-word", data=file))
    good = operator.get("/bao-cao/mau-word/mau.docx").data
    kept = operator.post("/bao-cao/mau-word", data={"file": (BytesIO(good), "mau.docx")})
    assert kept.status_code == 302
    words = text(operator.get("/bao-cao/mau-word"))
    address = re.search(r'href="(/bao-cao/mau-word/[0-9a-f-]+\.docx)"', words)[1]
    assert operator.get(address).data == good


def test_the_register_of_grounds_takes_and_drops(operator):
    sent = {
        "number": "72/KH-UBND",
        "issued_on": "2022-12-30",
        "sentence": "Kế hoạch",
        "year": "2023",
    }
    assert operator.post("/bao-cao/can-cu", data=sent).status_code == 302
    assert operator.post("/bao-cao/can-cu", data=sent).status_code == 422
    words = text(operator.get("/bao-cao/can-cu"))
    action = re.search(r'action="(/bao-cao/can-cu/[^"]+/bo)"', words)[1]
    operator.post(action)
    assert "72/KH-UBND</th>" not in text(operator.get("/bao-cao/can-cu"))


def test_nothing_of_another_station_opens(operator, seen, db, other_station):
    operator.post("/bao-cao/van-ban/moi", data={"kind": "year", "year": "2023"})
    (row,) = seen(list_reports)
    found = db.get(type(row), row.id)
    found.station_id = other_station.id
    db.commit()
    for path in (row.id, f"{row.id}/sua", f"{row.id}.docx"):
        assert operator.get(f"/bao-cao/van-ban/{path}").status_code == 404
