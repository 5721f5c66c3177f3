"""Forms of the settings. What was typed stays when something is wrong."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from audio.tunes import Tune
from broadcast.console.forms import DeedForm
from broadcast.stations.rules import LOUDNESS_LUFS, SPEED_PERCENT, ZoneKind

NEEDED = InputRequired(_("Cần điền mục này."))
ENGINES = [
    SelectChoice("google", _("Giọng Google (cần Internet)")),
    SelectChoice("espeak", _("Giọng máy tại chỗ eSpeak (không cần Internet)")),
    SelectChoice("command", _("Giọng cài thêm (Piper, FPT.AI, Viettel)")),
]
TUNES = [
    SelectChoice("", _("Không có")),
    SelectChoice(Tune.MORNING.value, _("Nhạc hiệu buổi sáng")),
    SelectChoice(Tune.NOON.value, _("Nhạc hiệu buổi trưa")),
    SelectChoice(Tune.AFTERNOON.value, _("Nhạc hiệu buổi chiều")),
]
REGIONS = [
    SelectChoice("north", _("Miền Bắc")),
    SelectChoice("central", _("Miền Trung")),
    SelectChoice("south", _("Miền Nam")),
]
AS_REGION = SelectChoice("", _("Theo vùng"))
STYLES: dict[str, tuple[str, list[tuple[str, Any]]]] = {
    "thousand": (_("1.000 đọc là"), [("nghìn", _("một nghìn")), ("ngàn", _("một ngàn"))]),
    "zero_tens": (
        _("105 đọc là"),
        [("linh", _("một trăm linh năm")), ("lẻ", _("một trăm lẻ năm"))],
    ),
    "four": (_("24 đọc là"), [("tư", _("hai mươi tư")), ("bốn", _("hai mươi bốn"))]),
    "quarter_four": (_("Quý IV đọc là"), [("bốn", _("quý bốn")), ("tư", _("quý tư"))]),
    "letter_names": (_("Chữ B đọc là"), [("bê", _("bê")), ("bờ", _("bờ"))]),
    "list_markers": (
        _("“1.” ở đầu đoạn"),
        [("một_là", _("một là")), ("thứ_nhất", _("thứ nhất")), ("nghỉ", _("chỉ ngắt giọng"))],
    ),
    "document_numbers": (
        _("Số văn bản 72/KH-UBND"),
        [
            ("gọn", _("đọc gọn")),
            ("đầy_đủ", _("đọc đủ từng dấu")),
            ("nguyên_văn", _("đọc đủ chữ viết tắt")),
        ],
    ),
}
"""Switches of `audio.reading.ReadingStyle` that a station may set apart from its region."""


def _style(name: str) -> SelectField:
    words, choices = STYLES[name]
    return SelectField(words, choices=[AS_REGION, *(SelectChoice(*one) for one in choices)])


class StationForm(DeedForm):
    row_version = HiddenField(validators=[NEEDED])
    name = StringField(_("Tên đài"), [NEEDED, Length(max=200)])
    commune_name = StringField(_("Xã, phường, đặc khu"), [NEEDED, Length(max=200)])
    time_zone = StringField(_("Múi giờ"), [NEEDED, Length(max=64)])
    one_person = BooleanField(_("Đài chỉ có một người: người viết được tự duyệt"))
    speech_engine = SelectField(_("Giọng đọc mặc định"), choices=ENGINES)
    speech_voice = StringField(_("Tên giọng"), [Length(max=60)])
    speech_speed_percent = IntegerField(
        _("Tốc độ đọc (%)"),
        [NumberRange(*SPEED_PERCENT, message=_("Từ %(min)d đến %(max)d phần trăm."))],
    )
    loudness_lufs = DecimalField(
        _("Độ to của mọi âm thanh (LUFS)"),
        [NumberRange(*LOUDNESS_LUFS, message=_("Từ %(min)d đến %(max)d LUFS."))],
        places=1,
    )
    signature_tune = SelectField(_("Nhạc hiệu"), choices=TUNES)
    music_bed = BooleanField(_("Nhạc nền nhỏ dưới lời đọc"))
    opening_words = TextAreaField(_("Lời mở đầu"), [Length(max=1000)])
    closing_words = TextAreaField(_("Lời kết"), [Length(max=1000)])
    region = SelectField(_("Cách đọc theo vùng"), choices=REGIONS)
    thousand = _style("thousand")
    zero_tens = _style("zero_tens")
    four = _style("four")
    quarter_four = _style("quarter_four")
    letter_names = _style("letter_names")
    list_markers = _style("list_markers")
    document_numbers = _style("document_numbers")

    def validate_time_zone(self, field: StringField) -> None:
        if (field.data or "").strip() not in available_timezones():
            raise ValidationError(_("Không có múi giờ này. Việt Nam là Asia/Ho_Chi_Minh."))

    @property
    def shown_version(self) -> int:
        """The version of the row when the form was shown; 0, which no row has, for nonsense."""
        written = self.row_version.data or ""
        return int(written) if written.isdecimal() and len(written) < 10 else 0

    @property
    def reading_style(self) -> dict[str, object]:
        """As the station keeps it: the region, and only what differs from it."""
        own = {name: self[name].data for name in STYLES if self[name].data}
        return {"region": self.region.data, **own}


KINDS = [
    SelectChoice(ZoneKind.AREA.value, _("Khu vực (xã cũ, vùng)")),
    SelectChoice(ZoneKind.HAMLET.value, _("Thôn, tổ dân phố")),
    SelectChoice(ZoneKind.CLUSTER.value, _("Cụm loa")),
]
SENSITIVE = [
    SelectChoice("", _("Bình thường")),
    SelectChoice("school", _("Gần trường học")),
    SelectChoice("hospital", _("Gần bệnh viện, trạm y tế")),
]


class ZoneForm(DeedForm):
    name = StringField(_("Tên"), [NEEDED, Length(max=120)])
    kind = SelectField(_("Loại"), choices=KINDS, default=ZoneKind.HAMLET.value)
    parent_id = SelectField(_("Nằm trong"), validators=[Optional()])
    sensitive = SelectField(_("Nơi cần giữ yên"), choices=SENSITIVE)


class RegulationForm(DeedForm):
    decision_number = StringField(_("Số quyết định"), [NEEDED, Length(max=60)])
    decision_date = DateField(_("Ngày quyết định"), [Optional()])
    valid_from = DateField(_("Có hiệu lực từ"), [InputRequired(_("Cần ngày có hiệu lực."))])
    weekdays = SelectMultipleField(
        _("Những ngày được phát"),
        coerce=int,
        choices=[SelectChoice(day, str(day)) for day in range(7)],
        default=list(range(7)),
    )
    first_from = TimeField(_("Được phát từ"), [InputRequired(_("Cần giờ bắt đầu."))])
    first_until = TimeField(_("đến"), [InputRequired(_("Cần giờ kết thúc."))])
    second_from = TimeField(_("Và từ"), [Optional()])
    second_until = TimeField(_("đến"), [Optional()])
    quiet_from = TimeField(_("Gần trường học, bệnh viện: chỉ từ"), [Optional()])
    quiet_until = TimeField(_("đến"), [Optional()])


class UnitNameForm(DeedForm):
    valid_from = DateField(_("Dùng từ ngày"), [InputRequired(_("Cần ngày bắt đầu dùng."))])
    superior = StringField(_("Cơ quan chủ quản"), [Length(max=200)])
    issuing_body = StringField(_("Cơ quan ban hành"), [NEEDED, Length(max=200)])
    place_name = StringField(_("Địa danh"), [NEEDED, Length(max=100)])
    addressee = StringField(_("Kính gửi"), [Length(max=300)])
    recipients = TextAreaField(_("Nơi nhận"), [Length(max=1000)])
    signing_authority = StringField(_("Quyền hạn ký"), [Length(max=100)])
    signing_position = StringField(_("Chức vụ người ký"), [Length(max=100)])
    signer_name = StringField(_("Họ tên người ký"), [Length(max=100)])


class KeyForm(DeedForm):
    name = StringField(_("Khóa này để làm gì"), [NEEDED, Length(max=120)])
