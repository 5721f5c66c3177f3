import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.reports.document import Paragraph, Section
from broadcast.reports.wording import Heading, attachment_line, closing_line, flow, tidied, tidy


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Kế hoạch số 72/KH- UBND", "Kế hoạch số 72/KH-UBND"),
        ("số 17/KH - UBND, ngày", "số 17/KH-UBND, ngày"),
        ("số 17 / KH – UBND", "số 17/KH-UBND"),
        ("TM. UỶ BAN; Uỷ ban; cấp uỷ", "TM. ỦY BAN; Ủy ban; cấp ủy"),
        ("khoảng 900 phút , ngoài ra", "khoảng 900 phút, ngoài ra"),
        ("hai  khoảng\ttrắng ", "hai khoảng trắng"),
        (unicodedata.normalize("NFD", "Ngọc Kỳ"), "Ngọc Kỳ"),
        ("ký tự\x00 lạ\x0b\u200b", "ký tự lạ"),
        ("tỷ lệ 1 - 2, nhiệm kỳ 2020 - 2025", "tỷ lệ 1 - 2, nhiệm kỳ 2020 - 2025"),
        ("thuỷ lợi", "thuỷ lợi"),
        ("giá trị .5", "giá trị .5"),
    ],
)
def test_sloppy_typing_is_printed_as_an_office_prints_it(typed, printed):
    assert tidy(typed) == printed


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40))
def test_tidied_text_is_fit_for_xml(text):
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Cn"} for letter in tidy(text))


def test_every_text_of_a_document_is_tidied(report_2023):
    sloppy = replace(
        report_2023,
        sections=(Section("Kết  quả", (Paragraph("UBND xã , thôn"),)),),
        recipients=("Trang  TTĐT",),
    )
    clean = tidied(sloppy)
    assert clean.sections[0] == Section("Kết quả", (Paragraph("UBND xã, thôn"),))
    assert clean.recipients == ("Trang TTĐT",)
    assert clean.signature == report_2023.signature


def test_headings_are_numbered_by_their_depth():
    leaf = Section("lá")
    tree = (Section("một", children=(Section("hai", children=(leaf,) * 5),)), Section("ba"))
    assert flow(tree) == (
        Heading(1, "I. MỘT"), Heading(2, "1. hai"), Heading(3, "a) lá"), Heading(3, "b) lá"),
        Heading(3, "c) lá"), Heading(3, "d) lá"), Heading(3, "đ) lá"), Heading(1, "II. BA"),
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["Hết", "Hết.", "Hết./.", "Hết ./. "])
def test_the_closing_sign_is_written_once(report_2023, typed):
    assert closing_line(replace(report_2023, closing=typed)) == "Hết./."


def test_an_annex_names_the_very_report_it_belongs_to(report_2023):
    assert "số 192/BC-UBND ngày 29 tháng 12 năm 2023" in attachment_line(report_2023)
