"""What the loudspeakers did, in the words of a report, with the rule it was counted by. PURE."""

from broadcast.reports.counting import are_minutes_estimated, minutes
from broadcast.reports.facts import CountingRule, Figures, MinutesBasis
from broadcast.reports.numbers_vi import amount
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
