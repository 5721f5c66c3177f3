from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from broadcast.reports.docx_sample import sample_template
from broadcast.reports.docx_template import export_with_template, template_fields
from broadcast.reports.errors import BadTemplate


@pytest.fixture
def template(tmp_path: Path):
    def of(*lines: str) -> Path:
        word = Document()
        for line in lines:
            word.add_paragraph(line)
        path = tmp_path / "mau.docx"
        word.save(str(path))
        return path

    return of


def filled(template_path: Path, document) -> list[str]:
    word = Document(BytesIO(export_with_template(template_path, document)))
    return [paragraph.text for paragraph in word.paragraphs]


def test_fields_are_filled_in_and_the_offices_own_words_stay(template, report_2023):
    lines = filled(template("Theo {{ so_ky_hieu }}", "{{ trich_yeu }} & {{ nam }}"), report_2023)
    assert lines == ["Theo Số: 192/BC-UBND", f"{report_2023.subject} & 2023"]


def test_lists_are_looped_over_paragraph_by_paragraph(template, report_2023):
    lines = filled(
        template("{%p for dong in noi_nhan %}", "{{ dong }}", "{%p endfor %}"), report_2023
    )
    assert lines[0] == "- Phòng VHTT huyện (b/c);"
    assert lines[-1] == "- Lưu: VT, VHXH."


def test_the_sample_template_gives_the_whole_report(tmp_path, report_2023):
    path = tmp_path / "mau.docx"
    path.write_bytes(sample_template())
    word = Document(BytesIO(export_with_template(path, report_2023)))
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "BÁO CÁO" in texts
    assert "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024" in texts
    assert texts.index("Phụ lục I") < texts.index("Phụ lục II")
    assert [len(table.columns) for table in word.tables] == [2, 2, 3, 8]
    assert word.tables[2].rows[5].cells[2].text == "Có"
    assert not any("{" in text for text in texts)


def test_the_sample_template_is_always_the_same_file():
    assert sample_template() == sample_template()


def test_the_same_template_and_report_give_the_same_bytes(template, report_2023):
    path = template("{{ ten_loai }}")
    assert export_with_template(path, report_2023) == export_with_template(path, report_2023)


def test_the_metadata_is_filled_in_for_an_own_template_too(template, report_2023):
    file = export_with_template(template("{{ ten_loai }}"), report_2023)
    with ZipFile(BytesIO(file)) as archive:
        assert 'name="CodeNotation"' in archive.read("docProps/custom.xml").decode()


def test_texts_of_the_report_are_never_read_as_fields_or_markup(template, report_2023):
    from dataclasses import replace

    document = replace(report_2023, opening="<b>{{ so_ky_hieu }}</b> & như sau:")
    assert filled(template("{{ mo_dau }}"), document) == ["<b>{{ so_ky_hieu }}</b> & như sau:"]


@pytest.mark.parametrize(
    "line",
    [
        "Kính gửi: {{ khong_co_truong_nay }}",
        "Kính gửi: {% if %}",
        "Kính gửi: {{ kinh_gui",
        "Kính gửi: {{ nam.__class__.__mro__ }}",
        "Kính gửi: {{ 'a' * 999999999 }}",
        "Kính gửi: {{ '%99999999d' % 1 }}",
        "Kính gửi: {{ nam.zfill(999999999) }}",
        "Kính gửi: {{ range(999999999) }}",
        "Kính gửi: {% include '/etc/passwd' %}",
        "Kính gửi: {{ nam / 0 }}",
        "Kính gửi: {{ nam | khong_co_bo_loc }}",
    ],
)
def test_a_bad_template_is_refused_with_the_line_at_fault(template, report_2023, line):
    with pytest.raises(BadTemplate) as refused:
        export_with_template(template("Dòng đúng", line, "Dòng sau"), report_2023)
    assert "Kính gửi" in refused.value.facts["line"]
    assert "Kính gửi" in refused.value.message


def test_a_fault_in_the_page_header_is_found_too(tmp_path, report_2023):
    word = Document()
    word.sections[0].header.paragraphs[0].text = "Trang của {{ khong_co }}"
    path = tmp_path / "mau.docx"
    word.save(str(path))
    with pytest.raises(BadTemplate) as refused:
        export_with_template(path, report_2023)
    assert refused.value.facts["line"] == "Trang của {{ khong_co }}"


@pytest.mark.parametrize("blob", [b"", b"khong phai Word", b"PK\x03\x04hong"])
def test_what_is_no_word_file_is_refused(tmp_path, report_2023, blob):
    path = tmp_path / "mau.docx"
    path.write_bytes(blob)
    with pytest.raises(BadTemplate):
        export_with_template(path, report_2023)


def test_another_archive_is_refused(tmp_path, report_2023):
    path = tmp_path / "mau.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("doc.txt", "khong phai Word")
    with pytest.raises(BadTemplate):
        export_with_template(path, report_2023)


def test_a_damaged_word_file_is_refused(tmp_path, report_2023):
    path = tmp_path / "mau.docx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<khong-dong>")
    with pytest.raises(BadTemplate):
        export_with_template(path, report_2023)


def test_a_file_that_unpacks_without_end_is_refused_before_it_is_unpacked(tmp_path, report_2023):
    from zipfile import ZIP_DEFLATED

    path = tmp_path / "mau.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(BadTemplate):
        export_with_template(path, report_2023)


def test_a_template_with_macros_is_refused_by_that_name(template, report_2023):
    path = template("{{ nam }}")
    with ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    with pytest.raises(BadTemplate) as refused:
        export_with_template(path, report_2023)
    assert "macro" in refused.value.message


def test_a_field_that_word_tore_over_several_runs_is_still_that_field(tmp_path, report_2023):
    word = Document()
    paragraph = word.add_paragraph("Năm ")
    for torn in ("{", "{ n", "a", "m }", "}"):
        paragraph.add_run(torn).bold = True
    path = tmp_path / "mau.docx"
    word.save(str(path))
    filled = Document(BytesIO(export_with_template(path, report_2023)))
    assert [one.text for one in filled.paragraphs] == ["Năm 2023"]


def test_a_template_of_many_megabytes_is_refused(tmp_path, report_2023):
    path = tmp_path / "mau.docx"
    path.write_bytes(b"\0" * 5_000_001)
    with pytest.raises(BadTemplate) as refused:
        export_with_template(path, report_2023)
    assert "5 MB" in refused.value.message


def test_every_field_named_in_the_sample_exists(report_2023):
    fields = template_fields(report_2023)
    assert {part["cap"] for part in fields["noi_dung"]} == {0, 1, 2, 3}
    assert fields["so_ky_hieu"] == "Số: 192/BC-UBND"
