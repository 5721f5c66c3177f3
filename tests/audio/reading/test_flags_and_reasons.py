"""What no rule covers is flagged and never guessed; what a rule covers says which and why."""

import pytest

from audio.reading import RuleClass, read


class TestFlags:
    @pytest.mark.parametrize(
        ("written", "doubtful"),
        [
            ("gặp XYZK ở xã", "XYZK"),
            ("BTC hướng dẫn", "BTC"),
            ("ngành TM", "TM"),
            ("các đ/c trong BCH", "BCH"),
            ("xem https://x.vn/tin/bai-viet", "https://x.vn/tin/bai-viet"),
            ("viết cho qwrt@abc.vn", "qwrt@abc.vn"),
            ("Kế hoạch số 5/KH-ZZZ", "5/KH-ZZZ"),
            ("số 987654321012", "987654321012"),
        ],
    )
    def test_a_doubtful_place_is_pointed_out(self, written: str, doubtful: str):
        assert doubtful in [flag.written for flag in read(written).flags]

    @pytest.mark.parametrize("written", ["XYZK", "BTC hướng dẫn", "ngành TM"])
    def test_an_unknown_abbreviation_is_left_as_written(self, written: str):
        assert read(written).spoken == written

    @pytest.mark.parametrize(
        "written", ["HỘI NGHỊ TỔNG KẾT", "BÁO CÁO", "THÔNG BÁO LỊCH TIÊM", "TỔ DÂN PHỐ"]
    )
    def test_capitals_that_are_words_raise_no_doubt(self, written: str):
        reading = read(written)
        assert (reading.spoken, reading.flags) == (written, ())

    def test_a_long_address_is_not_spelt_on_air(self):
        assert "bảng tin" in read("https://x.vn/tin/bai-viet-rat-dai?id=5").spoken

    def test_every_flag_gives_a_reason_in_a_sentence(self):
        for flag in read("XYZK, BTC hướng dẫn, 5/KH-ZZZ").flags:
            assert flag.reason.endswith(".")


class TestReasons:
    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("xã có HĐND", RuleClass.ABBREVIATION),
            ("số 72/KH-UBND", RuleClass.DOCUMENT_NUMBER),
            ("ngày 30/12/2022", RuleClass.DATE),
            ("lúc 7h30", RuleClass.TIME),
            ("có 24 hộ", RuleClass.CARDINAL),
            ("đạt 98,5%", RuleClass.DECIMAL),
            ("thu 500đ", RuleClass.MONEY),
            ("rộng 3 ha", RuleClass.UNIT),
            ("gọi 0220.3747.123", RuleClass.PHONE),
            ("giai đoạn 2021-2025", RuleClass.RANGE),
            ("khóa XV", RuleClass.ROMAN),
            ("xếp thứ 4", RuleClass.ORDINAL),
            ("trang dichvucong.gov.vn", RuleClass.ADDRESS),
            ("nhóm Zalo", RuleClass.ADDRESS),
            ("có 15/20 hộ", RuleClass.SLASH),
            ("nam/nữ", RuleClass.SLASH),
            ("1. Mục đích", RuleClass.LIST),
            ("Trang 2/5", RuleClass.FURNITURE),
            ("≥ 100 lượt", RuleClass.SYMBOL),
            ("đội 3B", RuleClass.LETTER),
            ("phòng\u00a0họp", RuleClass.UNICODE),
        ],
    )
    def test_a_change_names_its_rule(self, written: str, rule: RuleClass):
        (change,) = read(written).changes
        assert change.rule is rule
        assert change.reason.endswith(".")

    def test_a_text_that_reads_as_written_has_no_change(self):
        written = "Kính mời bà con đến họp thôn."
        assert read(written).changes == ()

    def test_the_kind_of_paper_is_said_when_the_writer_left_it_out(self):
        assert read("theo 72/KH-UBND").spoken == "theo kế hoạch số bảy mươi hai của Ủy ban nhân dân"

    @pytest.mark.parametrize(
        "written",
        [
            "số 72/KH-UBND của UBND xã",
            "số 72/KH-UBND ngày 30/12/2022 của Ủy ban nhân dân xã",
            "số 72/KH-UBND, ngày 30 tháng 12 năm 2022 của UBND xã",
        ],
    )
    def test_an_issuer_named_by_the_next_words_is_not_repeated(self, written: str):
        assert read(written).spoken.count("Ủy ban nhân dân") == 1

    def test_an_abbreviation_that_opens_a_sentence_takes_a_capital(self):
        assert read("Họp. TDP số 4 mời.").spoken == "Họp. Tổ dân phố số bốn mời."

    def test_an_abbreviation_behind_a_torn_line_does_not(self):
        assert read("các chỉ số \nCCHC").spoken.endswith("cải cách hành chính")
