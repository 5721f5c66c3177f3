"""Lines of a commune's yearly report, pasted from PDF with its torn lines, judged by ear."""

import pytest

from audio.reading import read, split_for_speech

REPORT = """ BÁO CÁO

Kết quả tuyên truyền công tác cải cách hành chính năm 2023

Căn cứ Kế hoạch số 72/KH-\x20
UBND, ngày 30 tháng 12 năm 2022 của UBND xã Ngọc Kỳ về cải cách hành chính\x20
nhà nước năm 2023; căn cứ vào kế hoạch số 17/KH - UBND, ngày 21 tháng 02 năm\x20
2023 của UBND xã Ngọc Kỳ về việc tuyên truyền.

 I. KẾT QUẢ THỰC HIỆN\x20
1. Công tác triển khai
2.1. Nội dung, hình thức tuyên truyền.\x20
Trong năm 2023 UBND xã đã tiếp tục tổ chức tuyên truyền, quán triệt tới cán\x20

bộ, công chức, viên chức.
- Triển khai thực hiện cung cấp dịch vụ công trực tuyến mức độ 3, 4.
đã đăng tải 60 tin bài( trong đó mục CCHC 40 tin bài, mục chuyển đổi số 20\x20
tin bài), phát trên đài truyền thanh xã 25\x20
tin bài với 55 lượt tuyên truyền, tổng thời lượng tuyên truyền khoảng 900 phút ,\x20
đạt 100%, khoảng trên 1500 lượt về thủ tục hành chính.
 Trên đây là báo cáo của UBND xã Ngọc kỳ./.\x20
Nơi nhận:\x20
- Phòng VHTT huyện (BC);\x20

- TTĐU; HĐND; Lãnh đạo UBND xã;\x20

- Lưu: VP. KT.\x20

TM. ỦY BAN NHÂN DÂN XÃ

Chủ tịch

Trần Văn Tên
"""


@pytest.fixture(scope="module")
def reading():
    return read(REPORT)


@pytest.mark.parametrize(
    "heard",
    [
        "Căn cứ Kế hoạch số bảy mươi hai, ngày ba mươi tháng mười hai năm hai nghìn không trăm",
        "hai mươi hai của Ủy ban nhân dân xã Ngọc Kỳ",
        "kế hoạch số mười bảy, ngày hai mươi mốt tháng hai năm hai nghìn không trăm hai mươi ba",
        "Phần một, KẾT QUẢ THỰC HIỆN",
        "Một là, Công tác triển khai",
        "mức độ ba, bốn",
        "đã đăng tải sáu mươi tin bài (trong đó mục cải cách hành chính bốn mươi tin bài",
        "hai mươi lăm tin bài với năm mươi lăm lượt tuyên truyền",
        "khoảng chín trăm phút, đạt một trăm phần trăm, khoảng trên một nghìn năm trăm lượt",
        "Trên đây là báo cáo của Ủy ban nhân dân xã Ngọc kỳ.",
    ],
)
def test_the_report_sounds_as_an_announcer_would_read_it(reading, heard: str):
    assert heard in " ".join(reading.spoken.split())


@pytest.mark.parametrize("silent", ["Nơi nhận", "Lưu", "Trần Văn Tên", "Thay mặt", "/"])
def test_the_end_of_the_paper_is_silent(reading, silent: str):
    assert silent not in reading.spoken


def test_nothing_in_the_report_is_in_doubt(reading):
    assert reading.flags == ()


def test_a_page_break_does_not_part_a_sentence(reading):
    joined = [part.text for part in split_for_speech(reading.spoken)]
    assert any("cán bộ, công chức" in text for text in joined)


def test_no_part_carries_a_bullet(reading):
    assert not any(part.text.startswith(("–", "-")) for part in split_for_speech(reading.spoken))
