"""The form of a box."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList, Form, FormField, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from broadcast.boxes.site_plan import read_place
from broadcast.boxes.tokens import TRIM_LIMIT_MS
from broadcast.boxes.volumes import MOST_HOURS, VolumeHoursImpossible, VolumeProfile, VolumeSpan
from broadcast.forms import TidyForm

NEEDED = InputRequired(_("Cần điền mục này."))


class NewBoxForm(TidyForm):
    name = StringField(_("Tên cụm loa"), [NEEDED, Length(max=120)])
    zone = SelectField(_("Đặt tại"), validate_choice=True)

    def offer_zones(self, zones: list[tuple[str, str]]) -> None:
        self.zone.choices = [("", _("Cả đài")), *zones]


class PlaceForm(TidyForm):
    place = StringField(_("Vĩ độ, kinh độ"), [Length(max=60)])

    def validate_place(self, field: StringField) -> None:
        if (field.data or "").strip() and read_place(field.data or "") is None:
            raise ValidationError(
                gettext("Hãy ghi vĩ độ rồi kinh độ như bản đồ chép ra, ví dụ 20.8123, 106.4321.")
            )


class BoxForm(NewBoxForm):
    volume_percent = IntegerField(
        _("Âm lượng (0–100)"),
        [InputRequired(_("Cần một số từ 0 đến 100.")), NumberRange(0, 100)],
    )
    trim_ms = IntegerField(
        _("Phát sớm hơn (mili giây)"),
        [
            InputRequired(_("Cần một số từ -2000 đến 2000.")),
            NumberRange(-TRIM_LIMIT_MS, TRIM_LIMIT_MS),
        ],
    )


class VolumeHourForm(Form):
    """A row of the table; left empty it is none."""

    since = TimeField(_("Từ giờ"), [Optional()])
    until = TimeField(_("Đến giờ"), [Optional()])
    percent = IntegerField(_("Âm lượng (1–100)"), [Optional(), NumberRange(1, 100)])

    @property
    def filled(self) -> int:
        return sum(field.data is not None for field in self)


class VolumeHoursForm(TidyForm):
    hours = FieldList(FormField(VolumeHourForm), max_entries=MOST_HOURS)

    def validate_hours(self, field: FieldList) -> None:
        if any(row.form.filled not in {0, 3} for row in field):
            raise ValidationError(gettext("Mỗi dòng cần đủ giờ đầu, giờ cuối và âm lượng."))
        try:
            VolumeProfile(100, self.spans)
        except VolumeHoursImpossible as err:
            raise ValidationError(gettext(err.message)) from err

    @property
    def spans(self) -> tuple[VolumeSpan, ...]:
        rows = (row.form for row in self.hours if row.form.filled == 3)
        return tuple(VolumeSpan(r.since.data, r.until.data, r.percent.data) for r in rows)

    def with_room(self, rows: int = 2) -> "VolumeHoursForm":
        """Empty rows to write in; without a script there is no button for more."""
        for _number in range(min(rows, MOST_HOURS - len(self.hours))):
            self.hours.append_entry()
        return self
