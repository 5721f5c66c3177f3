"""The report of 2023 as an office programme lays it out: LibreOffice opens what we write.

Runs where `soffice` and `pdftotext` are; structure, fonts and margins are tested everywhere in
tests/broadcast/reports.
"""

import os
import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from broadcast.reports.annexes import NumericRow
from broadcast.reports.cchc_report import (
    Measured,
    Office,
    Paperwork,
    PlanReference,
    annual_cchc_report,
)
from broadcast.reports.channels import Channel, ChannelFact, Source
from broadcast.reports.document import Authority, ReportDocument, Signature
from broadcast.reports.docx_export import export_docx
from broadcast.reports.facts import CountingRule, Figures, FiguresTable, MinutesBasis
from broadcast.reports.pdf_export import export_pdf, page_count
from broadcast.reports.periods import year_period
from broadcast.reports.xlsx_export import FiguresBook, export_xlsx

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) and poppler-utils lay the pages out",
)
TINOS = Path(__file__).parents[2] / "broadcast/static/vendor/tinos"
RULE = CountingRule(version=1, notices_count=True, minutes=MinutesBasis.NET)
FIGURES = Figures(
    items=25, new_items=25, airings=55, net_ms=54_000_000, reached=220, expected=220,
    gross_ms=54_000_000,
)  # fmt: skip


@pytest.fixture(scope="module")
def report() -> ReportDocument:
    def fact(channel: Channel, topic: str, unit: str, value: int, source=Source.MANUAL):
        return ChannelFact(channel, topic, "", "số lượng", unit, Decimal(value), source)

    channels = (
        fact(Channel.WEBSITE, "cải cách hành chính", "tin bài", 40),
        fact(Channel.WEBSITE, "chuyển đổi số", "tin bài", 20),
        fact(Channel.ONE_STOP, "CCHC", "lượt hướng dẫn", 1500, Source.ESTIMATE),
    )
    paperwork = Paperwork(
        signature=Signature(Authority.COLLECTIVE, "Chủ tịch"),
        recipients=("Như trên", "TTĐU; HĐND; Lãnh đạo UBND xã", "Trang TTĐT xã"),
        addressees=("Phòng Văn hóa và Thông tin huyện",),
        archive="VP",
        number=192,
        issued_on=date(2023, 12, 29),
        plans=(
            PlanReference("72/KH-UBND", date(2022, 12, 30), "về cải cách hành chính năm 2023"),
            PlanReference("17/KH-UBND", date(2023, 2, 21), "về tuyên truyền cải cách hành chính"),
        ),
        numeric_rows=tuple(
            NumericRow(f"Hình thức thứ {number}", "lượt", Decimal(number))
            for number in range(1, 61)
        ),
    )
    office = Office(commune="xã Ngọc Kỳ", place="Ngọc Kỳ")
    return annual_cchc_report(
        office, Measured(FIGURES, RULE, year_period(2023), channels), paperwork
    )


def laid_out(folder: Path, name: str, content: bytes) -> Path:
    """The file as LibreOffice prints it; a home of its own, so that no running one is in the way."""
    source = folder / name
    source.write_bytes(content)
    # The vendored face, whatever this machine has: Tinos is as wide as Times New Roman.
    fonts = folder / "fonts.conf"
    fonts.write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{TINOS}</dir><cachedir>{folder}/fonts</cachedir>"
        "<alias binding='same'><family>Times New Roman</family>"
        "<prefer><family>Tinos</family></prefer></alias></fontconfig>"
    )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/home", "--headless", "--convert-to",
         "pdf", "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
    )  # fmt: skip
    return source.with_suffix(".pdf")


def pages_of(pdf: Path) -> list[str]:
    told = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60
    )
    return told.stdout.decode().split("\f")[:-1]


@pytest.fixture(scope="module")
def word_pages(tmp_path_factory, report) -> list[str]:
    folder = tmp_path_factory.mktemp("word")
    return pages_of(laid_out(folder, "bao-cao.docx", export_docx(report)))


def letters_of(pages: list[str]) -> str:
    """The words run together without page numbers: where lines and kerning break says nothing."""
    bare = [re.sub(r"\A\s*\d+\s", "", page) for page in pages]
    return "".join("".join(bare).split())


def test_the_nation_stands_on_one_line_and_the_head_in_its_order(word_pages):
    first = word_pages[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first
    for before, after in (
        ("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 192/BC-UBND", "BÁO CÁO"),
        ("Kính gửi:", "Căn cứ Kế hoạch số 72/KH-UBND ngày 30 tháng 12 năm 2022"),
        ("ngày 21 tháng 02 năm 2023", "I. KẾT QUẢ THỰC HIỆN"),
    ):
        assert 0 <= first.index(before) < first.index(after)


def test_pages_are_numbered_from_the_second_and_annexes_anew(word_pages):
    tops = [page.strip().splitlines()[0].strip() for page in word_pages]
    body = next(at for at, page in enumerate(word_pages) if "BIỂU TỔNG HỢP" in page)
    assert tops[1:body] == [str(number) for number in range(2, body + 1)]
    assert tops[body] == "Phụ lục I"
    second = tops.index("Phụ lục II")
    assert tops[second + 1 :] == [str(number) for number in range(2, len(tops) - second + 1)]


def test_no_heading_is_left_alone_at_the_foot_of_a_page(word_pages):
    heading = re.compile(r"(?:[IVX]+\.|\d\.|[a-z]\)) \S")
    for page in word_pages[:-1]:
        last = page.strip().splitlines()[-1].strip()
        is_short = len(last) < 60 and not last.endswith((".", ";"))
        assert not (heading.match(last) and is_short), last


def test_the_figures_of_the_report_are_on_the_paper(word_pages):
    for words in (
        "25 tin bài",
        "55 lượt phát, tổng thời lượng thực phát 900 phút",
        "60 tin bài, trong đó: cải cách hành chính 40 tin bài, chuyển đổi số 20 tin bài",
        "khoảng 1.500 lượt hướng dẫn",
        "xã Ngọc Kỳ./.",
    ):
        assert "".join(words.split()) in letters_of(word_pages), words


def test_a_long_annex_repeats_its_head_on_the_next_page(word_pages):
    assert sum("Hình thức tuyên truyền" in page for page in word_pages[-2:]) == 2


def test_the_pdf_of_our_own_says_the_same_words(tmp_path, report, word_pages):
    ours = tmp_path / "ours.pdf"
    ours.write_bytes(export_pdf(report))
    pages = pages_of(ours)
    assert len(pages) == len(word_pages) == page_count(report)
    assert sorted(letters_of(pages)) == sorted(letters_of(word_pages))


def test_the_workbook_prints_on_a4(tmp_path):
    table = FiguresTable((), (), FIGURES, ())
    book = FiguresBook("Đài", (table,), RULE, year_period(2023), airings=())
    pdf = laid_out(tmp_path, "so-lieu.xlsx", export_xlsx(book))
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, timeout=60)
    assert re.search(rb"Page size:\s+84[12][.\d]* x 59[56]", told.stdout)
    assert "900" in " ".join(pages_of(pdf))
