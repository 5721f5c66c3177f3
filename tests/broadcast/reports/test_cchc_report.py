"""Sentences and figures of the yearly report, before any layout."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from broadcast.reports.annexes import NumericRow, numeric_annex
from broadcast.reports.cchc_report import (
    Measured,
    Office,
    Paperwork,
    PlanReference,
    annual_cchc_report,
)
from broadcast.reports.cchc_texts import DEFAULT_TEXTS, Part
from broadcast.reports.channels import Channel, ChannelFact, Source, channel_sentences
from broadcast.reports.document import Authority, Paragraph, Signature
from broadcast.reports.errors import BareLuot
from broadcast.reports.facts import CountingRule, Figures, MinutesBasis
from broadcast.reports.periods import Cutoff, year_period
from broadcast.reports.radio_words import (
    estimate_sentence,
    exception_sentence,
    radio_sentence,
    reach_sentence,
    relay_sentence,
    rule_sentence,
)
from broadcast.reports.wording import flow

NET = CountingRule(version=3, notices_count=True, minutes=MinutesBasis.NET, threshold_percent=90)


def fact(unit="tin bài", value=40, topic="CCHC", source=Source.MANUAL, channel=Channel.WEBSITE):
    return ChannelFact(channel, topic, "", "số lượng", unit, Decimal(value), source)


@pytest.fixture
def report():
    def of(**paper):
        measured = Measured(Figures(items=1, airings=2), NET, year_period(2026, Cutoff.DECREE_09))
        paperwork = Paperwork(Signature(Authority.COLLECTIVE, "Chủ tịch"), ("Đảng ủy xã",), **paper)
        return annual_cchc_report(Office("xã Tân Kỳ", "Tân Kỳ"), measured, paperwork)

    return of


def texts(document) -> list[str]:
    return [part.text for part in flow(document.sections)]


def test_measured_figures_are_printed_without_about():
    figures = Figures(items=25, new_items=20, airings=55, net_ms=98_400_000)
    assert radio_sentence(figures, NET) == (
        "Trên đài truyền thanh: đã phát 25 tin bài (trong đó 20 tin bài sản xuất mới) với 55 lượt phát, "
        "tổng thời lượng thực phát 1.640 phút."
    )


def test_figures_from_before_the_software_are_printed_with_about():
    sentence = radio_sentence(Figures(items=25, airings=55, net_ms=60_000, estimates=1), NET)
    assert "khoảng 25 tin bài" in sentence
    assert "khoảng 55 lượt phát" in sentence
    assert "khoảng 1 phút" in sentence


def test_estimated_sessions_make_only_the_gross_minutes_uncertain():
    gross = replace(NET, minutes=MinutesBasis.GROSS)
    figures = Figures(items=25, airings=55, gross_ms=54_000_000, estimated_sessions=1)
    assert radio_sentence(figures, gross).count("khoảng") == 1
    assert "khoảng 900 phút" in radio_sentence(figures, gross)


def test_a_relay_is_a_line_of_its_own_and_absent_without_one():
    assert relay_sentence(Figures()) == ""
    assert relay_sentence(Figures(relays=3, relay_ms=5_400_000)) == (
        "Tiếp âm đài cấp trên: 3 lượt tiếp âm, 90 phút; không tính vào số tin bài và lượt phát."
    )


def test_the_reach_of_the_boxes_is_said_with_both_numbers():
    assert reach_sentence(Figures()) == ""
    assert reach_sentence(Figures(reached=1_980, expected=2_000)) == (
        "Các cụm loa đã phát 1.980/2.000 lượt cụm loa theo lịch (99%)."
    )


def test_estimates_are_never_mixed_in_without_saying_so():
    assert estimate_sentence(Figures(airings=5)) == ""
    assert estimate_sentence(Figures(airings=5, estimates=2, estimated_sessions=1)) == (
        "Trong đó 2 lượt phát và 1 buổi phát là số ước tính, không lấy từ nhật ký phát."
    )


def test_the_rule_and_the_exact_days_are_printed():
    sentence = rule_sentence(NET, year_period(2023, Cutoff.DECREE_09))
    for part in (
        "từ ngày 15/12/2022 đến ngày 14/12/2023",
        "90%",
        "thông báo được tính",
        "thực phát",
    ):
        assert part in sentence


def test_what_went_wrong_is_said_and_silence_means_nothing_did():
    assert exception_sentence(Figures()) == ""
    assert exception_sentence(Figures(missed=2, late=1)) == (
        "Nhật ký phát còn ghi nhận: 2 lượt phát không thực hiện được, 1 lượt phát muộn."
    )


def test_parts_of_a_channel_add_up_to_the_whole_before_them():
    (sentence,) = channel_sentences([fact(value=40), fact(value=20, topic="CĐS")])
    assert sentence == (
        "Trên trang thông tin điện tử: đã đăng 60 tin bài, trong đó: CCHC 40 tin bài, CĐS 20 tin bài."
    )


def test_one_topic_needs_no_parts_and_equal_topics_are_added():
    (sentence,) = channel_sentences([fact(value=40), fact(value=2)])
    assert sentence.endswith("đã đăng 42 tin bài.")


def test_a_whole_with_one_estimated_part_is_an_estimate():
    (sentence,) = channel_sentences([fact(), fact(value=20, topic="CĐS", source=Source.ESTIMATE)])
    assert "khoảng 60 tin bài" in sentence
    assert "CCHC 40 tin bài, CĐS khoảng 20 tin bài" in sentence


def test_different_units_of_a_channel_are_never_added():
    (sentence,) = channel_sentences(
        [
            fact("hội nghị", 3, channel=Channel.MEETING),
            fact("lượt người dự", 240, channel=Channel.MEETING),
        ]
    )
    assert sentence == "Hội nghị, cuộc họp: đã tổ chức 3 hội nghị; 240 lượt người dự."


def test_channels_come_in_one_order_whatever_order_they_were_entered_in():
    facts = [
        fact("tờ rơi", channel=Channel.PRINT),
        fact(),
        fact("khẩu hiệu", channel=Channel.VISUAL),
    ]
    assert channel_sentences(facts) == channel_sentences(facts[::-1])


def test_a_channel_that_counts_bare_luot_is_refused():
    with pytest.raises(BareLuot):
        channel_sentences([fact("lượt", 1500)])


def test_default_texts_name_the_commune_and_the_years(report):
    whole = "\n".join(texts(report()))
    assert "UBND xã Tân Kỳ" in whole
    assert "Trong năm 2026" in whole
    assert "NĂM 2027" in whole
    assert "{" not in whole


def test_default_texts_hold_no_stale_wording_and_no_figures_of_their_own():
    whole = " ".join(text for part in DEFAULT_TEXTS.values() for text in part)
    for stale in ("mức độ 3", "mức độ 4", "huyện", "100%", "1500", "900", "Ngọc Kỳ"):
        assert stale not in whole


def test_the_offices_own_text_replaces_its_part_and_no_other(report):
    own = report(texts={Part.STRENGTHS: ("Đoạn một.\n\nĐoạn hai {commune}.",)})
    assert "Đoạn một." in texts(own)
    assert "Đoạn hai {commune}." in texts(own)
    assert set(texts(report())) - set(texts(own)) == set(DEFAULT_TEXTS[Part.STRENGTHS])


def test_an_emptied_part_stays_empty(report):
    assert not set(DEFAULT_TEXTS[Part.PROPOSALS]) & set(texts(report(texts={Part.PROPOSALS: ()})))


def test_plans_become_grounds_and_are_named_in_the_text(report):
    plan = PlanReference("05/KH-UBND", date(2026, 1, 5), "về tuyên truyền CCHC năm 2026")
    document = report(plans=(plan,))
    (ground,) = document.grounds
    assert ground.startswith("Căn cứ Kế hoạch số 05/KH-UBND ngày 05 tháng 01 năm 2026 của Ủy ban")
    assert ground.endswith("xã Tân Kỳ về tuyên truyền CCHC năm 2026")
    assert any("Kế hoạch số 05/KH-UBND" in text for text in texts(document))
    assert any("kế hoạch của năm" in text for text in texts(report()))


def test_annexes_are_made_only_of_what_there_is(report):
    assert [annex.title for annex in report().annexes] == ["Biểu tổng hợp"]
    assert report(ratings=()).annexes == ()
    row = NumericRow("Tin bài", "tin bài", Decimal(1))
    assert [annex.title for annex in report(numeric_rows=(row,)).annexes] == [
        "Biểu tổng hợp",
        "Biểu số liệu",
    ]


def test_an_unknown_plan_is_a_dash_and_a_zero_is_a_zero():
    rows = (
        NumericRow("a", "tin bài", Decimal(5), planned=Decimal(0), last_year=Decimal(0)),
        NumericRow("b", "tin bài", Decimal(5)),
    )
    known, unknown = numeric_annex("Số liệu", rows).grids[0].rows
    assert (known[3], known[6]) == ("0", "-")
    assert (unknown[3], unknown[5], unknown[6]) == ("-", "-", "-")


def test_the_figures_of_2023_were_counted_and_not_typed(figures_2023):
    assert (figures_2023.items, figures_2023.airings) == (25, 55)
    assert figures_2023.gross_ms == 900 * 60_000


def test_every_block_of_the_report_is_prose(report):
    assert all(isinstance(block, Paragraph) for one in report().sections for block in one.blocks)
