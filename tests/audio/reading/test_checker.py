"""Warnings before a text goes on air."""

from datetime import date

import pytest

from audio.reading import WarningKind, check_text, read

TODAY = date(2026, 11, 23)


def kinds(written: str, today: date = TODAY) -> list[WarningKind]:
    return [warning.kind for warning in check_text(written, today=today)]


class TestPersonalData:
    @pytest.mark.parametrize(
        "written", ["CCCD số 030099001234", "số căn cước: 030099001234", "CMND 142345678"]
    )
    def test_an_identity_number_is_never_read_without_a_warning(self, written: str):
        assert WarningKind.IDENTITY in kinds(written)

    def test_a_long_amount_is_no_identity_number(self):
        assert WarningKind.IDENTITY not in kinds("tổng số 123456789 đồng")

    def test_a_private_mobile_is_pointed_out(self):
        assert WarningKind.PHONE in kinds("Ai nhặt được xin gọi ông Nguyễn Văn A, 0912.345.678")

    @pytest.mark.parametrize(
        "written",
        ["đường dây nóng của UBND xã 0912.345.678", "Công an xã: 0912345678", "gọi 0220.3747.123"],
    )
    def test_a_public_number_is_not(self, written: str):
        assert WarningKind.PHONE not in kinds(written)

    def test_a_birth_date_of_a_person_is_pointed_out(self):
        assert WarningKind.BIRTH in kinds("ông Nguyễn Văn A, sinh ngày 19/5/1970")

    def test_another_date_is_not(self):
        assert WarningKind.BIRTH not in kinds("họp ngày 19/5/2027")


class TestStaleTerms:
    @pytest.mark.parametrize(
        "written",
        [
            "UBND huyện Tứ Kỳ",
            "dịch vụ công mức độ 3, 4",
            "mức độ 3/4",
            "Bộ TTTT",
            "Phòng VHTT",
            "thị trấn",
            "Bộ Thông tin và Truyền thông",
            "thẻ CMND",
            "sổ hộ khẩu",
        ],
    )
    def test_a_term_of_the_past_is_pointed_out_with_its_successor(self, written: str):
        warnings = check_text(written, today=TODAY)
        assert warnings[0].kind is WarningKind.STALE
        assert warnings[0].written in written
        assert warnings[0].message.endswith((".", "2022/NĐ-CP)."))

    def test_before_the_change_the_term_was_right(self):
        assert kinds("UBND huyện Tứ Kỳ", today=date(2025, 6, 30)) == []

    def test_a_word_that_only_contains_the_term_is_left_alone(self):
        assert kinds("chuyện làng") == []


class TestPastDates:
    def test_an_announced_day_gone_by_is_pointed_out(self):
        (warning,) = check_text("UBND xã sẽ tổ chức họp vào ngày 20/11/2026.", today=TODAY)
        assert (warning.kind, warning.written) == (WarningKind.PAST, "20/11/2026")

    def test_today_and_later_are_not(self):
        assert kinds("Kính mời bà con đến họp vào ngày 23/11/2026 và ngày 24/11.") == []

    def test_the_date_of_a_cited_paper_is_not(self):
        assert kinds("Thực hiện Kế hoạch số 72/KH-UBND ngày 30/12/2022, xã sẽ tổ chức họp.") == []

    def test_a_day_in_words_counts_too(self):
        assert WarningKind.PAST in kinds("sẽ diễn ra lúc 8 giờ ngày 5 tháng 10 năm 2026")

    def test_an_impossible_day_is_passed_over(self):
        assert kinds("sẽ họp ngày 31/2/2026") == []


class TestTheRest:
    def test_an_unread_abbreviation_is_pointed_out_where_it_stands(self):
        (warning,) = check_text("gặp XYZK ở xã", today=TODAY)
        assert (warning.kind, warning.start, warning.end) == (WarningKind.UNREAD, 4, 8)

    def test_a_long_bulletin_tells_its_minutes(self):
        warnings = check_text("tiếng " * 1650, today=TODAY, words_per_minute=165)
        assert warnings[-1].kind is WarningKind.LENGTH
        assert "10 phút" in warnings[-1].message

    def test_an_ordinary_notice_has_no_warning(self):
        assert kinds("UBND xã thông báo lịch tiêm vắc xin ngày 25/11/2026 tại Trạm Y tế.") == []

    def test_spans_lie_in_the_written_text(self, golden_case):
        for warning in check_text(golden_case[1], today=TODAY):
            assert golden_case[1][warning.start : warning.end].startswith(warning.written)

    def test_every_flag_of_the_reading_is_a_warning(self):
        written = "BTC hướng dẫn, xem abc.xyz.vn/tin-tuc"
        unread = [w for w in check_text(written, today=TODAY) if w.kind is WarningKind.UNREAD]
        assert len(unread) == len(read(written).flags) == 2
