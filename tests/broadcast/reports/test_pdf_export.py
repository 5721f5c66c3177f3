"""The PDF as poppler, a reader nobody here wrote, sees it."""

import hashlib
import os
import pickle
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from broadcast.reports.document import Paragraph, Section
from broadcast.reports.docx_export import export_docx
from broadcast.reports.pdf_export import export_pdf


@pytest.fixture
def read(tmp_path: Path):
    def pages(blob: bytes) -> list[str]:
        path = tmp_path / "bao-cao.pdf"
        path.write_bytes(blob)
        done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True)
        return done.stdout.decode().split("\f")[:-1]

    return pages


def ask(tool: str, blob: bytes, tmp_path: Path, *options: str) -> str:
    path = tmp_path / "bao-cao.pdf"
    path.write_bytes(blob)
    return subprocess.run([tool, *options, path], check=True, capture_output=True).stdout.decode()


def test_the_text_can_be_read_back_in_its_order(report_2023, read):
    text = " ".join(" ".join(read(export_pdf(report_2023))).split())
    parts = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 192/BC-UBND", "BÁO CÁO", "Kính gửi:", "Căn cứ Kế hoạch",
        "I. KẾT QUẢ THỰC HIỆN", "đã phát 25 tin bài", "khoảng 1.500 lượt hướng dẫn", "II. ĐÁNH GIÁ",
        "III. PHƯƠNG HƯỚNG", "./.", "Nơi nhận:", "CHỦ TỊCH", "Phụ lục I", "BIỂU TỔNG HỢP", "Phụ lục II",
    ]  # fmt: skip
    found = [text.index(part) for part in parts[2:11]]
    assert found == sorted(found)
    assert all(part in text for part in parts)


def test_the_nations_name_stands_on_one_line(report_2023, read):
    first = read(export_pdf(report_2023))[0]
    assert "ỦY BAN NHÂN DÂN" in first.splitlines()[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in first.splitlines()[0]


def test_pages_are_numbered_from_the_second_of_each_part(report_2023, read):
    firsts = [page.strip().splitlines()[0].strip() for page in read(export_pdf(report_2023))]
    assert firsts[1:3] == ["2", "3"]
    assert firsts[3:] == ["Phụ lục I", "Phụ lục II"]


def test_a_long_annex_numbers_its_own_pages(report_2023, read):
    annex = report_2023.annexes[0]
    rows = tuple((str(at), f"Hình thức {at}", "Đạt") for at in range(120))
    long = replace(annex, grids=(replace(annex.grids[0], rows=rows),))
    pages = read(export_pdf(replace(report_2023, annexes=(long,))))
    at = next(number for number, page in enumerate(pages) if "Phụ lục" in page)
    assert [page.strip().splitlines()[0].strip() for page in pages[at + 1 :]][:2] == ["2", "3"]
    assert all("Mức độ thực hiện" in page for page in pages[at:])


def test_every_font_that_draws_a_letter_is_embedded(report_2023, tmp_path):
    fonts = ask("pdffonts", export_pdf(report_2023), tmp_path).splitlines()[2:]
    tinos = [line for line in fonts if "Tinos" in line]
    assert len(tinos) == 4
    assert all(" yes yes yes " in line for line in tinos)


def test_the_page_is_a4_and_the_numeric_annex_lies_on_its_side(report_2023, tmp_path):
    facts = ask("pdfinfo", export_pdf(report_2023), tmp_path, "-f", "1", "-l", "5")
    sizes = [
        line.split("size:")[1].split("pts")[0].strip()
        for line in facts.splitlines()
        if " size:" in line and line.startswith("Page ")
    ]
    assert len(sizes) == 5
    assert sizes[0].startswith("595.")
    assert sizes[4].startswith("841.")
    assert "Báo cáo kết quả tuyên truyền" in facts


def test_decomposed_letters_are_composed_before_they_are_set(report_2023, read):
    typed = unicodedata.normalize("NFD", "Tuyên truyền tại thôn Đông, xã Ngọc Kỳ.")
    section = Section("Kết quả", (Paragraph(typed),))
    text = "".join(read(export_pdf(replace(report_2023, sections=(section,)))))
    assert "Tuyên truyền tại thôn Đông, xã Ngọc Kỳ." in text


def test_markup_in_a_text_is_printed_and_not_obeyed(report_2023, read):
    section = Section("A & B", (Paragraph("<b>đậm</b> & <img src='x'/>"),))
    text = "".join(read(export_pdf(replace(report_2023, sections=(section,)))))
    assert "A & B" in text
    assert "<b>đậm</b> & <img src='x'/>" in text


def test_a_cell_taller_than_a_page_is_broken_rather_than_lost(report_2023, read):
    annex = report_2023.annexes[0]
    long = replace(
        annex, grids=(replace(annex.grids[0], rows=(("1", "dài " * 4000 + "hết", "Đạt"),)),)
    )
    assert "hết" in "".join(read(export_pdf(replace(report_2023, annexes=(long,)))))


def test_the_same_report_gives_the_same_bytes_in_any_process(report_2023, tmp_path):
    code = (
        "import hashlib, pickle, sys; from broadcast.reports.pdf_export import export_pdf;"
        "from broadcast.reports.docx_export import export_docx;"
        "d = pickle.load(open(sys.argv[1], 'rb'));"
        "print(hashlib.sha256(export_pdf(d) + export_docx(d)).hexdigest())"
    )
    path = tmp_path / "document.pickle"
    path.write_bytes(pickle.dumps(report_2023))
    environ = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "TZ": "America/Havana",
        "PYTHONPATH": str(Path.cwd()),
    }
    done = subprocess.run(
        [sys.executable, "-c", code, path], check=True, capture_output=True, env=environ
    )
    ours = hashlib.sha256(export_pdf(report_2023) + export_docx(report_2023)).hexdigest()
    assert done.stdout.decode().strip() == ours
