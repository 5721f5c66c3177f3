"""The written report: begun from what is known, frozen when issued, compared ever after."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from broadcast.errors import EditConflict, NotAllowed, NotFound
from broadcast.people.rules import Role
from broadcast.reports.cchc_texts import Part
from broadcast.reports.channel_service import FactDraft, add_facts
from broadcast.reports.channels import Channel, Source
from broadcast.reports.errors import (
    BadTemplate,
    GroundRefused,
    NumberNotUnderstood,
    ReportAlreadyIssued,
    ReportNotIssued,
)
from broadcast.reports.frozen import dump, load
from broadcast.reports.grounds import GroundDraft, add_ground, remove_ground
from broadcast.reports.office import commune_in_words
from broadcast.reports.paper_building import build_report, plan_of
from broadcast.reports.paper_draft import STANDARD, PaperDraft
from broadcast.reports.paper_files import FORMATS, issued_file, keep_template, report_file, sample
from broadcast.reports.papers import (
    changed_since_issue,
    discard_report,
    issue_report,
    list_reports,
    save_report,
    start_report,
    trial_report,
)
from broadcast.reports.periods import Cutoff, free_period, recognised_period, year_period
from broadcast.reports.rollup import roll_up_day
from broadcast.stations.models import UnitName

YEAR = year_period(2023)


@pytest.fixture
def desk(year_2023, db, station):
    db.add(
        UnitName(
            id="unit-2023",
            station_id=station.id,
            valid_from=date(2023, 1, 1),
            issuing_body="ỦY BAN NHÂN DÂN XÃ NGỌC KỲ",
            place_name="Ngọc Kỳ",
            addressee="Phòng Văn hóa và Thông tin huyện",
            recipients=["Như trên", "Lưu: VP"],
            signer_name="Trần Thử Nghiệm",
        )
    )
    db.commit()
    return year_2023


@pytest.fixture
def ground(desk):
    sentence = (
        "Kế hoạch số 72/KH-UBND ngày 30 tháng 12 năm 2022 của Ủy ban nhân dân xã Ngọc Kỳ "
        "về cải cách hành chính nhà nước năm 2023"
    )
    return add_ground(desk, GroundDraft("72/KH-UBND", date(2022, 12, 30), sentence, 2023))


@pytest.fixture
def report(desk, ground):
    return start_report(desk, YEAR)


def words(document) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(document)).paragraphs)


def test_a_new_report_knows_grounds_names_and_figures(desk, report):
    paper = build_report(desk, report).paper
    assert paper.subject == "Kết quả tuyên truyền công tác cải cách hành chính năm 2023"
    assert paper.grounds[0].startswith("Căn cứ Kế hoạch số 72/KH-UBND ngày 30 tháng 12 năm 2022")
    assert paper.addressees == ("Phòng Văn hóa và Thông tin huyện",)
    assert (paper.recipients, paper.archive) == (("Như trên",), "VP")
    assert paper.signature.signer == "Trần Thử Nghiệm"
    text = words(report_file(desk, report, "docx"))
    assert "đã phát 3 tin bài (trong đó 3 tin bài sản xuất mới) với 4 lượt phát" in text


def test_a_report_of_2023_keeps_its_names_when_the_commune_is_renamed(desk, db, station, report):
    db.add(
        UnitName(
            id="unit-2025",
            station_id=station.id,
            valid_from=date(2025, 7, 1),
            issuing_body="ỦY BAN NHÂN DÂN XÃ TÂN KỲ",
            place_name="Tân Kỳ",
        )
    )
    db.commit()
    assert build_report(desk, report).paper.issuer_in_words == "Ủy ban nhân dân xã Ngọc Kỳ"
    later = build_report(desk, start_report(desk, year_period(2025))).paper
    assert later.issuer_in_words == "Ủy ban nhân dân xã Tân Kỳ"


@pytest.mark.parametrize(
    ("body", "commune"),
    [
        ("ỦY BAN NHÂN DÂN XÃ NGỌC KỲ", "xã Ngọc Kỳ"),
        ("Ủy ban nhân dân phường  Hải Tân", "phường Hải Tân"),
        ("ỦY BAN NHÂN DÂN ĐẶC KHU CÁT HẢI", "đặc khu Cát Hải"),
        ("TRUNG TÂM VĂN HÓA", ""),
    ],
)
def test_the_commune_is_read_from_the_head_of_the_paper(body, commune):
    assert commune_in_words(body) == commune


def test_the_words_of_last_year_are_kept_for_the_next(desk, report):
    draft = PaperDraft.model_validate(report.texts)
    draft.texts = {Part.WEAKNESSES: "Loa thôn Bốn rè cả quý."}
    save_report(desk, report.id, draft, YEAR, version=report.row_version, template=STANDARD)
    following = start_report(desk, year_period(2024))
    assert "Loa thôn Bốn rè cả quý." in words(report_file(desk, following, "docx"))


def test_two_people_do_not_overwrite_each_other(desk, report):
    draft, version = PaperDraft.model_validate(report.texts), report.row_version
    draft.archive = "VT"
    save_report(desk, report.id, draft, YEAR, version=version, template=STANDARD)
    same = save_report(desk, report.id, draft, YEAR, version=version, template=STANDARD)
    assert same.row_version == version + 1, "what already stands is nobody's loss"
    draft.archive = "VP"
    with pytest.raises(EditConflict):
        save_report(desk, report.id, draft, YEAR, version=version, template=STANDARD)
    assert PaperDraft.model_validate(report.texts).archive == "VT"


def test_other_channels_stand_in_the_report_estimates_with_khoang(desk, report):
    whole = (date(2023, 1, 1), date(2023, 12, 31))
    cchc, cds = "topic-cchc-ngoc-ky", "topic-cds-ngoc-ky"
    add_facts(
        desk,
        [
            FactDraft(*whole, Channel.WEBSITE, "tin bài", 40, topic_id=cchc),
            FactDraft(*whole, Channel.WEBSITE, "tin bài", 20, topic_id=cds),
            FactDraft(*whole, Channel.ONE_STOP, "lượt hướng dẫn", 1500, Source.ESTIMATE),
        ],
    )
    text = words(report_file(desk, report, "docx"))
    assert "đã đăng 60 tin bài, trong đó: cải cách hành chính 40 tin bài, chuyển đổi số 20" in text
    assert "khoảng 1.500 lượt hướng dẫn" in text


def test_an_issued_report_gives_the_same_bytes_whatever_comes_later(
    desk, report, airing_row, clock
):
    issue_report(desk, report.id, "192", date(2023, 12, 29))
    before = {form: issued_file(desk, report.id, form) for form in FORMATS}
    desk.session.commit()
    airing_row(date(2023, 7, 1), "muộn")
    roll_up_day(desk, date(2023, 7, 1))
    clock.move(days=400)
    assert {form: issued_file(desk, report.id, form) for form in FORMATS} == before
    assert before["pdf"].startswith(b"%PDF")
    assert (report.log_number, report.rule_version) == (4, 1)


def test_rows_that_arrive_after_the_issue_are_shown_as_a_difference(desk, report, airing_row):
    issue_report(desk, report.id, "192", date(2023, 12, 29))
    assert changed_since_issue(desk, report) == []
    desk.session.commit()
    airing_row(date(2023, 7, 1), "muộn")
    roll_up_day(desk, date(2023, 7, 1))
    changed = {one.heading: (one.issued, one.now) for one in changed_since_issue(desk, report)}
    assert changed["Số tin bài"] == (3, 4)
    assert changed["Thời lượng thực phát (phút)"] == (240_000, 300_000)


def test_an_issued_report_is_not_written_any_more(desk, report):
    issue_report(desk, report.id, "7", date(2023, 12, 29))
    for deed in (
        lambda: issue_report(desk, report.id, "8", date(2023, 12, 30)),
        lambda: discard_report(desk, report.id),
    ):
        with pytest.raises(ReportAlreadyIssued):
            deed()


@pytest.mark.parametrize("number", ["", "0", "-1", "192/BC", "１９２", "100000"])
def test_a_number_is_only_a_number(desk, report, number):
    with pytest.raises(NumberNotUnderstood):
        issue_report(desk, report.id, number, date(2023, 12, 29))


def test_a_draft_has_no_file_for_the_report_module(desk, report):
    with pytest.raises(ReportNotIssued):
        issued_file(desk, report.id, "docx")


def test_what_is_frozen_comes_back_without_loss(desk, report):
    built = build_report(desk, report)
    assert load(dump(built)) == built


def test_an_empty_log_makes_a_report_of_zeros_not_an_error(desk_as):
    desk = desk_as(Role.ADMINISTRATOR)
    row = start_report(desk, YEAR)
    for form in FORMATS:
        assert report_file(desk, row, form)


def test_the_offices_own_template_is_tried_before_it_is_kept(desk, report):
    trial = trial_report(desk, date(2026, 11, 23))
    kept = keep_template(desk, "mau.docx", sample(), trial)
    draft = PaperDraft.model_validate(report.texts)
    save_report(desk, report.id, draft, YEAR, version=report.row_version, template=kept.id)
    assert "4 lượt phát" in words(report_file(desk, report, "docx"))
    broken = Document(BytesIO(sample()))
    broken.add_paragraph("{{ khong_co_truong_nay }}")
    file = BytesIO()
    broken.save(file)
    for content in (b"", b"PK", file.getvalue()):
        with pytest.raises(BadTemplate):
            keep_template(desk, "hong.docx", content, trial)
    assert [one.id for one in list_reports(desk)] == [report.id]


def test_a_ground_is_registered_once(desk, ground):
    draft = GroundDraft(ground.number, ground.issued_on, "khác", 2023)
    with pytest.raises(GroundRefused):
        add_ground(desk, draft)
    remove_ground(desk, ground.id)
    assert add_ground(desk, draft).sentence == "khác"


def test_a_plan_of_another_body_is_cited_as_its_own(desk, ground):
    plan = plan_of(ground)
    assert (plan.kind, plan.issuer) == ("Kế hoạch", "Ủy ban nhân dân xã Ngọc Kỳ")
    assert plan.subject == "về cải cách hành chính nhà nước năm 2023"


def test_days_that_make_a_named_period_are_called_by_its_name():
    for cutoff in Cutoff:
        year = year_period(2023, cutoff)
        assert recognised_period(year.first_day, year.last_day) == year
    odd = free_period(date(2023, 1, 2), date(2023, 3, 5))
    assert recognised_period(odd.first_day, odd.last_day) == odd


def test_who_only_looks_neither_starts_nor_issues(desk_as, report):
    viewer = desk_as(Role.VIEWER)
    for deed in (
        lambda: start_report(viewer, YEAR),
        lambda: issue_report(viewer, report.id, "1", date(2023, 12, 29)),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_another_stations_report_is_not_there(desk, report, other_station, db):
    report.station_id = other_station.id
    desk.session.commit()
    with pytest.raises(NotFound):
        issue_report(desk, report.id, "1", date(2023, 12, 29))
