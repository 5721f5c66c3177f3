"""What can be wrong with a timetable, by name. The cellar imports nothing from above it."""


class TimetableError(Exception):
    """Carries a stable `code` and a Vietnamese `message` that says what to do."""

    code = "timetable.failed"
    message = "Không lập được lịch phát. Hãy xem lại khung giờ vừa sửa."

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.message = message or type(self).message
        self.facts = facts
        super().__init__(self.message)


class SlotNotValid(TimetableError):
    code = "timetable.slot_not_valid"
    message = "Khung giờ chưa hợp lệ. Hãy xem lại ngày, giờ, thời lượng và khu vực."


class RecurrenceNotValid(TimetableError):
    code = "timetable.recurrence_not_valid"
    message = "Quy tắc lặp chưa hợp lệ. Hãy chọn lại ngày lặp."


class ChangeNotValid(TimetableError):
    code = "timetable.change_not_valid"
    message = "Thay đổi của buổi phát chưa hợp lệ. Hãy nhập lại."


class OccurrenceChangedTwice(TimetableError):
    code = "timetable.occurrence_changed_twice"
    message = "Một buổi phát có hai thay đổi cùng lúc. Hãy bỏ bớt một thay đổi."


class RuleNotExpressible(TimetableError):
    code = "timetable.rule_not_expressible"
    message = "Quy tắc lặp này không trao đổi được bằng RRULE. Hãy chọn cách lặp khác."


class TimeZoneUnknown(TimetableError):
    code = "timetable.time_zone_unknown"
    message = "Không có múi giờ này. Ở Việt Nam hãy dùng Asia/Ho_Chi_Minh."


class LunarDateNotReal(TimetableError):
    code = "timetable.lunar_date_not_real"
    message = "Ngày âm lịch này không có. Hãy xem lại ngày, tháng và tháng nhuận."


class WishNotValid(TimetableError):
    code = "timetable.wish_not_valid"
    message = "Yêu cầu phát chưa hợp lệ. Hãy xem lại số lượt, thời hạn và thời lượng."


class RegulationNotValid(TimetableError):
    code = "timetable.regulation_not_valid"
    message = "Giờ phát trong quy chế chưa hợp lệ. Hãy nhập lại giờ bắt đầu và giờ kết thúc."
