"""The report is written on one page: period, words and figures beside what will be printed."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from broadcast.people.rules import Role
from broadcast.reports.grounds import GroundDraft, add_ground
from broadcast.reports.papers import get_report, list_reports
from broadcast.stations.models import UnitName

BEGIN = "/bao-cao/van-ban/moi"


class Fields(HTMLParser):
    """What a browser would send of the page's form of the report, without a script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.at: str | None = None
        self.is_within = self.is_select = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.is_within = told.get("id") == "paper-form"
        if not self.is_within:
            return
        if tag in ("textarea", "select"):
            self.at, self.is_select = told["name"], tag == "select"
            if tag == "textarea":
                self.sent[self.at] = [""]
        elif tag == "option" and "selected" in told:
            self.sent[self.at] = [told["value"]]
        elif tag == "input" and (told.get("type") != "checkbox" or "checked" in told):
            self.sent.setdefault(told["name"], []).append(told.get("value") or "")

    def handle_data(self, data):
        if self.at and not self.is_select:
            self.sent[self.at][0] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag):
        if tag in ("textarea", "select"):
            self.at = None
        if tag == "form":
            self.is_within = False


@pytest.fixture
def operator(signed_in, year_2023, db, station):
    for year, commune, signer in ((2023, "Ngọc Kỳ", "Trần Thử"), (2025, "Tân Kỳ", "Lê Thử")):
        db.add(
            UnitName(
                id=f"unit-{year}",
                station_id=station.id,
                valid_from=date(year, 1, 1),
                issuing_body=f"ỦY BAN NHÂN DÂN XÃ {commune.upper()}",
                place_name=commune,
                addressee=f"Phòng Văn hóa {year}",
                recipients=[f"Nơi nhận {year}", "Lưu: VP"],
                signing_position="CHỦ TỊCH",
                signer_name=signer,
            )
        )
        sentence = f"Kế hoạch số {year}/KH-UBND của Ủy ban nhân dân xã {commune} về CCHC"
        add_ground(year_2023, GroundDraft(f"{year}/KH-UBND", date(year, 1, 2), sentence, year))
    db.commit()
    return signed_in(Role.OPERATOR)


@pytest.fixture
def begun(operator):
    return operator.post(BEGIN, data={"kind": "year", "year": "2023"}).location


def page_of(operator, address: str) -> str:
    answer = operator.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def sheet(page: str) -> str:
    """What would be printed, without the form beside it."""
    return page[page.index('id="xem-truoc"') :]


def test_one_button_leads_to_the_page_of_the_running_year(operator):
    page = page_of(operator, operator.post(BEGIN).location)
    assert "tuyên truyền công tác CCHC năm 2026</h1>" in page
    assert Fields(page).sent["kind"] == ["year"]
    assert Fields(page).sent["year"] == ["2026"]


def test_pressing_twice_leaves_one_draft_until_it_is_written_in(operator, begun, seen):
    again = operator.post(BEGIN, data={"kind": "year", "year": "2023"}).location
    assert again == begun
    sent = Fields(page_of(operator, begun)).sent | {"weaknesses": ["Loa rè."]}
    operator.post(begun, data=sent)
    third = operator.post(BEGIN, data={"kind": "year", "year": "2023"}).location
    assert third != begun
    assert len(seen(list_reports)) == 2


def test_the_page_of_figures_begins_the_report_of_its_own_days(operator):
    page = page_of(operator, "/bao-cao/?kind=quarter-2&year=2023")
    action = re.search(r'action="(/bao-cao/van-ban/moi[^"]*)"', page)[1].replace("&amp;", "&")
    page = page_of(operator, operator.post(action).location)
    assert "quý II năm 2023</h1>" in page
    assert Fields(page).sent["kind"] == ["quarter-2"]


def test_form_and_figures_and_preview_and_files_stand_on_one_page(operator, begun):
    page = page_of(operator, begun)
    assert page.index('id="paper-form"') < page.index('class="paper"')
    assert "4 lượt phát" in page[: page.index('id="xem-truoc"')]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in sheet(page)
    assert "Phòng Văn hóa 2023" in sheet(page)
    for form in ("docx", "xlsx", "csv", "pdf"):
        assert f'{begun.removesuffix("/sua")}.{form}"' in sheet(page)
    assert f'action="{begun.removesuffix("/sua")}/ban-hanh"' in sheet(page)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}, "no heading is skipped"


def test_a_plain_submit_comes_back_to_the_page_with_the_new_preview(operator, begun):
    sent = Fields(page_of(operator, begun)).sent | {"weaknesses": ["Loa thôn Bốn rè."]}
    answer = operator.post(begun, data=sent)
    assert (answer.status_code, answer.location) == (302, f"{begun}#xem-truoc")
    page = page_of(operator, begun)
    assert "Loa thôn Bốn rè." in sheet(page)
    assert Fields(page).sent["row_version"] == ["2"]


def test_another_period_moves_what_was_filled_in_and_leaves_what_was_typed(operator, begun):
    sent = Fields(page_of(operator, begun)).sent
    typed = {"weaknesses": ["Loa thôn Bốn rè."], "recipients": ["Trường học"]}
    operator.post(begun, data=sent | typed | {"year": ["2025"], "kind": ["half-1"]})
    page = page_of(operator, begun)
    printed, form = sheet(page), Fields(page).sent
    assert "6 tháng đầu năm 2025</h1>" in page
    assert form["weaknesses"] == typed["weaknesses"]
    assert form["recipients"] == typed["recipients"]
    assert form["addressees"] == ["Phòng Văn hóa 2025"]
    assert form["signer"] == ["Lê Thử"]
    assert form["ground_ids"] != sent["ground_ids"]
    assert form["forms"][0].startswith("Trong năm 2025, UBND xã Tân Kỳ")
    assert "2025/KH-UBND" in printed
    assert "2023/KH-UBND" not in printed
    assert "4 lượt phát" not in page, "the figures are those of the new days"


def test_days_of_ones_own_choice_are_a_period_too(operator, begun):
    sent = Fields(page_of(operator, begun)).sent
    days = {"kind": ["free"], "first_day": ["2023-01-02"], "last_day": ["2023-01-20"]}
    operator.post(begun, data=sent | days)
    assert "từ ngày 02/01/2023" in page_of(operator, begun)


@pytest.mark.parametrize(
    "wrong",
    [
        {"year": "20"},
        {"year": "9999"},
        {"kind": "month-13"},
        {"kind": "free", "first_day": "2023-02-01", "last_day": "2023-01-01"},
        {"kind": "free", "first_day": ""},
        {"archive": ""},
        {"template": "nowhere"},
    ],
)
def test_bad_input_is_told_and_keeps_what_was_typed(operator, begun, seen, wrong):
    sent = Fields(page_of(operator, begun)).sent | {"weaknesses": ["Loa rè."]}
    answer = operator.post(begun, data=sent | {name: [value] for name, value in wrong.items()})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "chỗ cần sửa" in page
    assert Fields(page).sent["weaknesses"] == ["Loa rè."]
    assert seen(list_reports)[0].row_version == 1


def test_two_tabs_are_told_of_each_other_and_nothing_typed_is_lost(operator, begun):
    sent = Fields(page_of(operator, begun)).sent
    operator.post(begun, data=sent | {"weaknesses": ["Tab thứ nhất."]})
    late = operator.post(begun, data=sent | {"weaknesses": ["Tab thứ hai."]})
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Có người vừa sửa" in page
    assert Fields(page).sent["weaknesses"] == ["Tab thứ hai."]
    assert "Tab thứ nhất." in sheet(page)
    assert operator.post(begun, data=Fields(page).sent).status_code == 302
    assert "Tab thứ hai." in sheet(page_of(operator, begun))


def test_what_is_typed_is_saved_in_the_background_with_a_new_version(operator, begun, seen):
    keep = f"{begun.removesuffix('/sua')}/giu"
    sent = Fields(page_of(operator, begun)).sent
    kept = operator.post(keep, data=sent | {"weaknesses": ["Loa rè."]})
    assert (kept.status_code, kept.headers["X-Version"]) == (204, "2")
    newer = sent | {"weaknesses": ["Loa đã sửa."]}
    assert operator.post(keep, data=newer).status_code == 409
    newer["row_version"] = ["2"]
    assert operator.post(keep, data=newer).headers["X-Version"] == "3"
    assert operator.post(keep, data=newer | {"archive": [""]}).status_code == 422
    assert "Loa đã sửa." in sheet(page_of(operator, begun))


def test_a_wrong_number_is_told_and_an_issued_report_is_not_written(operator, begun, seen):
    (row,) = seen(list_reports)
    operator.post(
        f"/bao-cao/van-ban/{row.id}/ban-hanh", data={"number": "7", "issued_on": "2023-12-29"}
    )
    assert operator.get(begun).location == f"/bao-cao/van-ban/{row.id}"
    assert seen(get_report, row.id).number == "7"


def test_who_only_looks_is_offered_nothing_to_write(signed_in, begun):
    viewer = signed_in(Role.VIEWER)
    page = page_of(viewer, "/bao-cao/van-ban")
    assert BEGIN not in page
    assert "/sua" not in page
    assert viewer.post(BEGIN).status_code == 403
    assert viewer.get(begun).status_code == 403
