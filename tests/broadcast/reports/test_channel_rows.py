"""The annex shows 60 and below it what it is made of."""

from decimal import Decimal

from broadcast.reports.annexes import numeric_annex
from broadcast.reports.channel_rows import channel_rows
from broadcast.reports.channels import Channel, ChannelFact, Source


def fact(channel, topic, unit, value, source=Source.MANUAL, form=""):
    return ChannelFact(channel, topic, form, "số lượng", unit, Decimal(value), source)


POSTS = (
    fact(Channel.WEBSITE, "cải cách hành chính", "tin bài", 40),
    fact(Channel.WEBSITE, "chuyển đổi số", "tin bài", 20),
)
GUIDED = fact(Channel.ONE_STOP, "CCHC", "lượt hướng dẫn", 1500, Source.ESTIMATE)


def cells(facts, to_date=()):
    return [row[:6] for row in numeric_annex("về", channel_rows(facts, to_date)).grids[0].rows]


def test_sixty_is_forty_and_twenty_and_only_the_whole_has_a_number():
    assert cells((GUIDED, *POSTS), (*POSTS, GUIDED)) == [
        ("1", "Trang thông tin điện tử", "tin bài", "-", "60", "60"),
        ("", "Trong đó: cải cách hành chính", "tin bài", "-", "40", "40"),
        ("", "Trong đó: chuyển đổi số", "tin bài", "-", "20", "20"),
        ("2", "Bộ phận tiếp nhận và trả kết quả: CCHC", "lượt hướng dẫn", "-", "khoảng 1.500",
         "khoảng 1.500"),
    ]  # fmt: skip


def test_what_came_before_the_period_is_in_the_running_total_alone():
    before = fact(Channel.WEBSITE, "chuyển đổi số", "tin bài", 7)
    assert [row[4:] for row in cells(POSTS, (*POSTS, before))] == [
        ("60", "67"), ("40", "40"), ("20", "27"),
    ]  # fmt: skip


def test_different_units_and_forms_are_never_added():
    facts = (
        fact(Channel.MEETING, "CCHC", "cuộc", 3),
        fact(Channel.MEETING, "CCHC", "lượt người", 90),
    )
    named = fact(Channel.MEETING, "CCHC", "cuộc", 2, form="Sinh hoạt chuyên đề")
    rows = channel_rows((*facts, named), ())
    assert [(row.form, row.result) for row in rows] == [
        ("Hội nghị, cuộc họp: CCHC", Decimal(3)),
        ("Hội nghị, cuộc họp: CCHC", Decimal(90)),
        ("Sinh hoạt chuyên đề", Decimal(2)),
    ]
