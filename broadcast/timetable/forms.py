"""Forms of the timetable. What was typed stays, whatever is wrong with it."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from broadcast.desk import Desk
from broadcast.forms import TidyForm
from broadcast.stations.queries import list_zones
from broadcast.timetable.forms_relays import RelayForm, relay_values
from broadcast.timetable.queueing import WishDraft
from broadcast.timetable.service import SlotDraft
from broadcast.timetable.values import recurrence_of
from scheduler.timetable.rrule import MOST_TIMES, end_after
from scheduler.timetable.slots import Frequency, Recurrence
from scheduler.timetable.wishes import Priority

ONE_DAY = timedelta(days=1)
NEEDED = InputRequired(_("Cần điền mục này."))
DAY_NEEDED = InputRequired(_("Hãy chọn một ngày."))
TIME_NEEDED = InputRequired(_("Hãy chọn giờ, ví dụ 17:00."))
WEEKDAYS = [SelectChoice(number, "") for number in range(7)]
TUNES = [
    SelectChoice("sang", _("Nhạc hiệu buổi sáng")),
    SelectChoice("trua", _("Nhạc hiệu buổi trưa")),
    SelectChoice("chieu", _("Nhạc hiệu buổi chiều")),
    SelectChoice("", _("Không có nhạc hiệu")),
]
FREQUENCIES = [
    SelectChoice(Frequency.DAILY.value, _("Hằng ngày")),
    SelectChoice(Frequency.WEEKLY.value, _("Hằng tuần, vào những thứ đã chọn")),
    SelectChoice(Frequency.MONTHLY.value, _("Hằng tháng, vào những ngày đã ghi")),
]
SPACINGS = [
    SelectChoice(0, _("Không cần cách")),
    SelectChoice(180, _("3 giờ")),
    SelectChoice(360, _("6 giờ")),
    SelectChoice(720, _("12 giờ")),
    SelectChoice(1_200, _("Gần một ngày")),
    SelectChoice(2_640, _("Gần hai ngày")),
]
PLACES = [
    SelectChoice("", _("Để máy xếp")),
    SelectChoice("0", _("Đầu buổi")),
    SelectChoice("-1", _("Cuối buổi")),
]
PRIORITIES = [
    SelectChoice(Priority.NORMAL.value, _("Thông thường")),
    SelectChoice(Priority.PRIORITY.value, _("Ưu tiên: được kéo buổi phát tới thời lượng tối đa")),
]
LAST_OF_MONTH = "cuối"


def offered_zones(desk: Desk) -> list[SelectChoice]:
    """The station's open zones for a form to choose from."""
    return [SelectChoice(zone.id, zone.name) for zone in list_zones(desk)]


def _minutes(label: Any, first: int, last: int, **more: Any) -> IntegerField:
    wrong = _("Số phút từ %(first)s đến %(last)s.", first=first, last=last)
    return IntegerField(label, [NEEDED, NumberRange(first, last, wrong)], **more)


class SlotForm(TidyForm):
    """A slot as people think of it; the last day is the last on which it is heard."""

    name = StringField(_("Tên buổi"), [NEEDED, Length(max=120)])
    local_time = TimeField(_("Giờ bắt đầu"), [TIME_NEEDED])
    planned_minutes = _minutes(_("Thời lượng dự kiến (phút)"), 1, 720, default=15)
    longest_minutes = _minutes(_("Thời lượng tối đa (phút)"), 1, 720, default=20)
    frequency = RadioField(_("Lặp lại"), choices=FREQUENCIES, default=Frequency.DAILY.value)
    interval = IntegerField(
        _("Cách mấy ngày, tuần hoặc tháng"),
        [NEEDED, NumberRange(1, 60, _("Từ 1 đến 60."))],
        default=1,
    )
    weekdays = SelectMultipleField(_("Những thứ"), choices=WEEKDAYS, coerce=int)
    month_days = StringField(_("Ngày dương lịch"), [Length(max=120)])
    lunar_days = StringField(_("Ngày âm lịch"), [Length(max=120)])
    valid_from = DateField(_("Từ ngày"), [DAY_NEEDED])
    last_day = DateField(_("Đến hết ngày"), [Optional()])
    times = IntegerField(
        _("hoặc lặp mấy lần"),
        [Optional(), NumberRange(1, MOST_TIMES, _("Từ 1 đến %(most)s lần.", most=MOST_TIMES))],
    )
    skip_holidays = BooleanField(_("Nghỉ vào ngày lễ, tết"))
    zone_ids = SelectMultipleField(_("Khu vực"))
    signature_tune = SelectField(_("Nhạc hiệu"), choices=TUNES)
    opening_words = TextAreaField(_("Lời mở đầu"), [Length(max=2_000)])
    closing_words = TextAreaField(_("Lời kết"), [Length(max=2_000)])
    volume_percent = IntegerField(
        _("Âm lượng (%)"), [NEEDED, NumberRange(10, 100, _("Từ 10 đến 100."))], default=100
    )
    lock_minutes = IntegerField(
        _("Khóa trước giờ phát (phút)"), [NEEDED, NumberRange(0, 1_440)], default=30
    )
    relays = FieldList(FormField(RelayForm), min_entries=2, max_entries=6)
    quiet_reason = TextAreaField(_("Lý do phát ngoài giờ quy định"), [Length(max=500)])
    apply_from = DateField(_("Áp dụng từ ngày"), [Optional()])
    row_version = HiddenField()

    def validate_month_days(self, field: StringField) -> None:
        _days(field.data, range(1, 32), last_allowed=True)

    def validate_lunar_days(self, field: StringField) -> None:
        _days(field.data, range(1, 31), last_allowed=False)

    def validate_weekdays(self, field: SelectMultipleField) -> None:
        if self.frequency.data == Frequency.WEEKLY.value and not field.data:
            raise ValidationError(gettext("Hãy chọn ít nhất một thứ trong tuần."))

    def validate_times(self, field: IntegerField) -> None:
        if field.data and self.last_day.data:
            raise ValidationError(gettext("Hãy ghi ngày cuối hoặc số lần, không ghi cả hai."))

    def draft(self, anchor: date) -> SlotDraft:
        """:raises RecurrenceNotValid: the days do not go together.

        `anchor` is what an interval counts from when the form says no other first day.
        """
        recurrence = self._recurrence(anchor)
        return SlotDraft(
            name=self.name.data,
            local_time=self.local_time.data,
            planned_minutes=self.planned_minutes.data,
            longest_minutes=self.longest_minutes.data,
            recurrence=recurrence,
            valid_from=self.valid_from.data,
            valid_until=self._end(recurrence),
            zone_ids=tuple(self.zone_ids.data or ()),
            skip_holidays=self.skip_holidays.data,
            lock_minutes=self.lock_minutes.data,
            signature_tune=self.signature_tune.data or "",
            opening_words=self.opening_words.data or "",
            closing_words=self.closing_words.data or "",
            volume_percent=self.volume_percent.data,
            relays=tuple(one.form.kept() for one in self.relays if one.form.stream.data),
            quiet_reason=self.quiet_reason.data or "",
        )

    def _recurrence(self, anchor: date) -> Recurrence:
        frequency = Frequency(self.frequency.data)
        monthly = frequency is Frequency.MONTHLY
        return Recurrence(
            frequency=frequency,
            anchor=anchor,
            interval=self.interval.data,
            weekdays=frozenset(self.weekdays.data or ())
            if frequency is Frequency.WEEKLY
            else frozenset(),
            month_days=_days(self.month_days.data, range(1, 32), last_allowed=True)
            if monthly
            else frozenset(),
            lunar_days=_days(self.lunar_days.data, range(1, 31), last_allowed=False)
            if monthly
            else frozenset(),
        )

    def _end(self, recurrence: Recurrence) -> date | None:
        """Exclusive; so many times end the day after the last of them."""
        if self.times.data:
            return end_after(recurrence, self.valid_from.data, self.times.data)
        return self.last_day.data + ONE_DAY if self.last_day.data else None


def slot_values(row: Any) -> dict[str, Any]:
    """A slot's columns as the form shows them."""
    recurrence = recurrence_of(row.recurrence)
    return {
        "name": row.name,
        "local_time": row.local_time,
        "planned_minutes": row.planned_ms // 60_000,
        "longest_minutes": row.longest_ms // 60_000,
        "frequency": recurrence.frequency.value,
        "interval": recurrence.interval,
        "weekdays": sorted(recurrence.weekdays),
        "month_days": ", ".join(
            LAST_OF_MONTH if day < 0 else str(day)
            for day in sorted(recurrence.month_days, key=lambda day: (day < 0, day))
        ),
        "lunar_days": ", ".join(map(str, sorted(recurrence.lunar_days))),
        "valid_from": row.valid_from,
        "last_day": row.valid_until - ONE_DAY if row.valid_until else None,
        "skip_holidays": row.skip_holidays,
        "zone_ids": row.zone_ids,
        "signature_tune": row.signature_tune,
        "opening_words": row.opening_words,
        "closing_words": row.closing_words,
        "volume_percent": row.volume_percent,
        "lock_minutes": row.lock_minutes,
        "relays": relay_values(row.relays),
        "quiet_reason": row.quiet_reason,
        "row_version": row.row_version,
    }


def _days(typed: str | None, allowed: range, *, last_allowed: bool) -> frozenset[int]:
    """`1, 15, cuối` as numbers; -1 is the last day of a month. :raises ValidationError:"""
    found = set()
    for word in (typed or "").replace(";", ",").split(","):
        day = word.strip().lower()
        if not day:
            continue
        if last_allowed and day in {LAST_OF_MONTH, "cuoi", "-1"}:
            found.add(-1)
        elif day.isdecimal() and int(day) in allowed:
            found.add(int(day))
        else:
            raise ValidationError(
                gettext("“%(day)s” không phải ngày trong tháng. Ghi như: 1, 15, cuối.", day=day)
            )
    return frozenset(found)


class WishForm(TidyForm):
    airings = IntegerField(
        _("Số lượt phát"), [NEEDED, NumberRange(1, 500, _("Từ 1 đến 500 lượt."))], default=3
    )
    from_day = DateField(_("Từ ngày"), [DAY_NEEDED])
    last_day = DateField(_("Đến hết ngày"), [DAY_NEEDED])
    weekdays = SelectMultipleField(_("Chỉ vào những thứ"), choices=WEEKDAYS, coerce=int)
    slot_ids = SelectMultipleField(_("Chỉ trong những buổi"))
    zone_ids = SelectMultipleField(_("Khu vực cần nghe"))
    spacing_minutes = SelectField(_("Hai lượt cách nhau ít nhất"), choices=SPACINGS, coerce=int)
    priority = RadioField(_("Loại tin"), choices=PRIORITIES, default=Priority.NORMAL.value)
    place = SelectField(_("Chỗ trong buổi"), choices=PLACES)

    def validate_last_day(self, field: DateField) -> None:
        if self.from_day.data and field.data and field.data < self.from_day.data:
            raise ValidationError(gettext("Ngày cuối phải từ ngày đầu trở đi."))

    def draft(self) -> WishDraft:
        place = self.place.data
        return WishDraft(
            airings=self.airings.data,
            from_day=self.from_day.data,
            until_day=self.last_day.data + ONE_DAY,
            weekdays=tuple(self.weekdays.data or ()),
            slot_ids=tuple(self.slot_ids.data or ()),
            zone_ids=tuple(self.zone_ids.data or ()),
            spacing_minutes=self.spacing_minutes.data,
            priority=Priority(self.priority.data),
            pin={"position": int(place)} if place else {},
        )
