"""Header, recipients, signature and page numbers are paper, not text."""

import pytest

from audio.reading import RuleClass, read

PAPER = """ỦY BAN NHÂN DÂN
XÃ NGỌC KỲ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/TB-UBND
Ngọc Kỳ, ngày 20 tháng 11 năm 2025

THÔNG BÁO
Về việc tiêm phòng
UBND xã thông báo lịch tiêm phòng cho đàn gia súc
trong toàn xã.

2

Đề nghị các hộ thực hiện./.
Nơi nhận:
- Các thôn;
- Lưu: VP.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Trần Văn Tên
"""


@pytest.fixture(scope="module")
def spoken() -> str:
    return read(PAPER).spoken


@pytest.mark.parametrize(
    "silent",
    [
        "CỘNG HÒA",
        "Độc lập",
        "mười hai",
        "hai mươi tháng mười một",
        "Các thôn",
        "Lưu",
        "thay mặt",
        "PHÓ CHỦ TỊCH",
        "Đã ký",
        "Trần Văn Tên",
        "NGỌC KỲ",
    ],
)
def test_the_paper_around_the_text_is_silent(spoken: str, silent: str):
    assert silent.lower() not in spoken.lower()


@pytest.mark.parametrize(
    "heard", ["THÔNG BÁO", "Về việc tiêm phòng", "trong toàn xã.", "Đề nghị các hộ thực hiện."]
)
def test_the_text_itself_is_heard(spoken: str, heard: str):
    assert heard in spoken


def test_a_page_number_between_empty_lines_is_silent(spoken: str):
    assert "hai" not in spoken.split()


def test_what_is_silent_is_a_change_with_a_reason():
    classes = {change.rule for change in read(PAPER).changes if not change.spoken}
    assert RuleClass.FURNITURE in classes


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("TM. UBND xã", "Thay mặt Ủy ban nhân dân xã"),
        ("KT. CHỦ TỊCH", "Ký thay CHỦ TỊCH"),
        ("72", "bảy mươi hai"),
        ("Chủ tịch UBND xã", "Chủ tịch Ủy ban nhân dân xã"),
    ],
)
def test_a_single_line_is_meant_to_be_heard(written: str, heard: str):
    assert read(written).spoken == heard


def test_lines_of_figures_in_a_note_are_heard():
    assert read("1.005\n72\n15\n30\n8").spoken.split("\n")[1] == "bảy mươi hai"


def test_the_annex_behind_a_signature_is_heard_again():
    text = PAPER + "\nPHỤ LỤC\nDanh sách 5 hộ\n"
    assert "Danh sách năm hộ" in read(text).spoken
