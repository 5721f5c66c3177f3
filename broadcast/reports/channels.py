"""Facts of the channels beside the loudspeakers, and the sentences they become. PURE."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from broadcast.reports.numbers_vi import amount, number


class Channel(StrEnum):
    """Where else a commune informs, after the eight kinds of Nghị định 49/2024/NĐ-CP."""

    WEBSITE = "website"
    ONE_STOP = "one_stop"
    MEETING = "meeting"
    VISUAL = "visual"
    PRINT = "print"
    SOCIAL = "social"
    MESSAGE = "message"
    NOTICE_BOARD = "notice_board"


class Source(StrEnum):
    """How a figure came about; only an estimate is printed with "khoảng"."""

    LOG = "log"
    MANUAL = "manual"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class ChannelFact:
    """One figure of one period. `unit` is a noun that says of what ("lượt hướng dẫn TTHC")."""

    channel: Channel
    topic: str
    form: str
    measure: str
    unit: str
    value: Decimal
    source: Source

    @property
    def is_estimate(self) -> bool:
        return self.source is Source.ESTIMATE


_DONE = {
    Channel.WEBSITE: "Trên trang thông tin điện tử: đã đăng",
    Channel.ONE_STOP: "Tại Bộ phận tiếp nhận và trả kết quả: đã thực hiện",
    Channel.MEETING: "Hội nghị, cuộc họp: đã tổ chức",
    Channel.VISUAL: "Tuyên truyền trực quan: đã treo, lắp đặt",
    Channel.PRINT: "Tài liệu tuyên truyền: đã phát",
    Channel.SOCIAL: "Trên mạng xã hội: đã đăng",
    Channel.MESSAGE: "Tin nhắn viễn thông: đã gửi",
    Channel.NOTICE_BOARD: "Bảng tin công cộng: đã niêm yết",
}

CHANNEL_NAMES = {
    Channel.WEBSITE: "Trang thông tin điện tử",
    Channel.ONE_STOP: "Bộ phận tiếp nhận và trả kết quả",
    Channel.MEETING: "Hội nghị, cuộc họp",
    Channel.VISUAL: "Tuyên truyền trực quan",
    Channel.PRINT: "Tài liệu in",
    Channel.SOCIAL: "Mạng xã hội",
    Channel.MESSAGE: "Tin nhắn viễn thông",
    Channel.NOTICE_BOARD: "Bảng tin công cộng",
}


def channel_sentences(facts: Iterable[ChannelFact]) -> tuple[str, ...]:
    """One sentence per channel, in the order of `Channel`; several topics are named one by one.

    As in "đã đăng 60 tin bài, trong đó: CCHC 40 tin bài, chuyển đổi số 20 tin bài.": the parts of a
    unit always add up to the whole named before them.
    """
    order = list(Channel)
    ranked = sorted(facts, key=lambda fact: order.index(fact.channel))
    return tuple(
        f"{_DONE[channel]} {'; '.join(_by_unit(list(group)))}."
        for channel, group in groupby(ranked, key=lambda fact: fact.channel)
    )


def total_of(facts: Sequence[ChannelFact]) -> Decimal:
    return sum((fact.value for fact in facts), Decimal(0))


def _by_unit(facts: list[ChannelFact]) -> list[str]:
    units = dict.fromkeys(fact.unit for fact in facts)
    return [_whole_and_parts([fact for fact in facts if fact.unit == unit]) for unit in units]


def _whole_and_parts(facts: list[ChannelFact]) -> str:
    unit = facts[0].unit
    is_estimate = any(fact.is_estimate for fact in facts)
    whole = amount(total_of(facts), unit, is_estimate=is_estimate)
    topics = dict.fromkeys(fact.topic for fact in facts)
    if len(topics) < 2:
        return whole
    parts = ", ".join(_part([fact for fact in facts if fact.topic == topic]) for topic in topics)
    return f"{whole}, trong đó: {parts}"


def _part(facts: list[ChannelFact]) -> str:
    about = "khoảng " if any(fact.is_estimate for fact in facts) else ""
    return f"{facts[0].topic} {about}{number(total_of(facts))} {facts[0].unit}"
