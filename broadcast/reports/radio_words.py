"""What the loudspeakers did, in the words of a report, with the rule it was counted by. PURE."""

from broadcast.reports.counting import are_minutes_estimated, minutes, to_minutes
from broadcast.reports.facts import CountingRule, Figures, MinutesBasis
from broadcast.reports.numbers_vi import amount, number, percent
from broadcast.reports.periods import Period


def radio_sentence(figures: Figures, rule: CountingRule) -> str:
    """Items, airings and minutes; "khoảng" only before what is an estimate."""
    is_estimate = figures.estimates > 0
    items = amount(figures.items, "tin bài", is_estimate=is_estimate)
    new = amount(figures.new_items, "tin bài sản xuất mới", is_estimate=is_estimate)
    airings = amount(figures.airings, "lượt phát", is_estimate=is_estimate)
    time = amount(minutes(figures, rule), "phút", is_estimate=are_minutes_estimated(figures, rule))
    return (
        f"Trên đài truyền thanh: đã phát {items} (trong đó {new}) với {airings}, "
        f"tổng {_basis(rule)} {time}."
    )


def relay_sentence(figures: Figures) -> str:
    """Relayed programmes, a line of their own; empty when nothing was relayed."""
    if not figures.relays:
        return ""
    relays = amount(figures.relays, "lượt tiếp âm")
    time = amount(to_minutes(figures.relay_ms), "phút")
    return f"Tiếp âm đài cấp trên: {relays}, {time}; không tính vào số tin bài và lượt phát."


def reach_sentence(figures: Figures) -> str:
    """Boxes that played over boxes that should have; empty when none was expected to."""
    if not figures.expected:
        return ""
    reached, expected = number(figures.reached), number(figures.expected)
    share = percent(figures.reached, figures.expected)
    return f"Các cụm loa đã phát {reached}/{expected} lượt cụm loa theo lịch ({share})."


def estimate_sentence(figures: Figures) -> str:
    """Says what was not measured, so that it is never mixed in silently; empty without any."""
    found = [
        amount(count, noun)
        for count, noun in (
            (figures.estimates, "lượt phát"),
            (figures.estimated_sessions, "buổi phát"),
        )
        if count
    ]
    if not found:
        return ""
    return f"Trong đó {' và '.join(found)} là số ước tính, không lấy từ nhật ký phát."


def exception_sentence(figures: Figures) -> str:
    """What was planned and did not come off as planned; empty when there is nothing to say."""
    found = [
        amount(count, noun)
        for count, noun in (
            (figures.partial, "lượt phát dở dang"),
            (figures.missed, "lượt phát không thực hiện được"),
            (figures.late, "lượt phát muộn"),
            (figures.unplanned, "lượt phát ngoài lịch"),
        )
        if count
    ]
    return f"Nhật ký phát còn ghi nhận: {', '.join(found)}." if found else ""


def rule_sentence(rule: CountingRule, period: Period) -> str:
    """The exact days, the threshold and the choices behind the figures."""
    notices = "được tính" if rule.notices_count else "không tính"
    parts = {
        MinutesBasis.NET: "thời lượng thực phát của tin bài, không gồm nhạc hiệu và tiếp âm",
        MinutesBasis.GROSS: "thời lượng cả buổi phát, gồm nhạc hiệu, lời dẫn và tiếp âm",
    }
    return (
        f"Số liệu phát thanh lấy từ nhật ký phát, {period.dates}. Một lượt phát được tính khi ít "
        f"nhất một cụm loa phát từ {rule.threshold_percent}% thời lượng tin bài trở lên; thông báo "
        f"{notices} là tin bài; số phút là {parts[rule.minutes]}."
    )


def _basis(rule: CountingRule) -> str:
    is_net = rule.minutes is MinutesBasis.NET
    return "thời lượng thực phát" if is_net else "thời lượng các buổi phát"
