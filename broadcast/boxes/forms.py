"""The form of a box."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from broadcast.boxes.site_plan import read_place
from broadcast.boxes.tokens import TRIM_LIMIT_MS

NEEDED = InputRequired(_("Cần điền mục này."))


class NewBoxForm(FlaskForm):
    name = StringField(_("Tên cụm loa"), [NEEDED, Length(max=120)])
    zone = SelectField(_("Đặt tại"), validate_choice=True)

    def offer_zones(self, zones: list[tuple[str, str]]) -> None:
        self.zone.choices = [("", _("Cả đài")), *zones]


class PlaceForm(FlaskForm):
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
