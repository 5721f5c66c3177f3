"""The form of an emergency: short, for a phone, confirmed by typing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from broadcast.bulletins.search import fold
from broadcast.forms import TidyForm
from broadcast.timetable.emergencies import EmergencyDraft

WORD = "PHÁT"
REPEATS = [
    SelectChoice("", _("Không nhắc lại")),
    SelectChoice("5", _("Mỗi 5 phút")),
    SelectChoice("10", _("Mỗi 10 phút")),
    SelectChoice("15", _("Mỗi 15 phút")),
    SelectChoice("30", _("Mỗi 30 phút")),
]
LENGTHS = [
    SelectChoice("30", _("30 phút nữa")),
    SelectChoice("60", _("1 giờ nữa")),
    SelectChoice("120", _("2 giờ nữa")),
    SelectChoice("360", _("6 giờ nữa")),
    SelectChoice("720", _("12 giờ nữa")),
]
PREPARED = (
    (
        _("Mưa lũ, nước lên"),
        _(
            "Thông báo khẩn. Nước đang lên nhanh. Bà con ở vùng thấp khẩn trương di chuyển người "
            "già, trẻ em và tài sản đến nơi cao, nghe theo hướng dẫn của chính quyền."
        ),
    ),
    (
        _("Bão gần bờ"),
        _(
            "Thông báo khẩn. Bão sắp đổ bộ. Bà con chằng chống nhà cửa, không ra khỏi nhà, "
            "theo dõi thông báo tiếp theo trên loa."
        ),
    ),
    (
        _("Cháy"),
        _(
            "Thông báo khẩn. Đang có cháy lớn. Bà con ở gần khẩn trương ra khỏi nhà, "
            "nhường đường cho xe chữa cháy, gọi 114 khi cần giúp."
        ),
    ),
    (
        _("Tìm người lạc"),
        _(
            "Thông báo khẩn, tìm người lạc. Ai nhìn thấy xin báo ngay cho công an xã "
            "hoặc Ủy ban nhân dân xã."
        ),
    ),
)
"""Told to be changed before they are heard; what a commune needs most often."""


class EmergencyForm(TidyForm):
    bulletin_id = SelectField(_("Tin có sẵn đã duyệt"))
    text = TextAreaField(_("Lời thông báo"), [Length(max=3_000)])
    sound = FileField(_("Tệp ghi âm"))
    kept_sound = HiddenField()
    zone_ids = SelectMultipleField(_("Khu vực"))
    repeat_minutes = SelectField(_("Nhắc lại"), choices=REPEATS, default="10")
    last_minutes = SelectField(_("Cho đến"), choices=LENGTHS, default="60")
    word = StringField(_("Gõ “PHÁT” để xác nhận"))

    def validate_text(self, field: TextAreaField) -> None:
        if not (field.data or "").strip() and not self.bulletin_id.data and not self.has_sound:
            raise ValidationError(
                gettext("Hãy gõ lời thông báo, thu âm, hoặc chọn một tin có sẵn.")
            )

    def validate_bulletin_id(self, field: SelectField) -> None:
        if field.data and self.has_sound:
            raise ValidationError(
                gettext("Chỉ phát một thứ: bỏ chọn tin có sẵn, hoặc bỏ bản ghi âm.")
            )

    @property
    def has_sound(self) -> bool:
        return bool(self.sound.data or self.kept_sound.data)

    def validate_word(self, field: StringField) -> None:
        if fold(field.data or "") != fold(WORD):
            raise ValidationError(gettext("Hãy gõ đúng chữ “%(word)s”.", word=WORD))

    def draft(self, now: datetime, zone: ZoneInfo, upload_name: str = "") -> EmergencyDraft:
        """A text beside a recording is what the recording says, for the log to show."""
        text = (self.text.data or "").strip()
        repeat = self.repeat_minutes.data
        return EmergencyDraft(
            title=_title(text, now.astimezone(UTC).astimezone(zone)),
            until=now + timedelta(minutes=int(self.last_minutes.data)),
            text=text,
            bulletin_id=self.bulletin_id.data or "",
            upload_name=upload_name,
            zone_ids=tuple(self.zone_ids.data or ()),
            repeat_minutes=int(repeat) if repeat else None,
        )


def _title(text: str, local: datetime) -> str:
    """The first words of what is said; the log lists it under them."""
    words = " ".join(text.split())
    if len(words) > 80:
        words = words[:80].rsplit(" ", 1)[0] + "…"
    return words or gettext("Thông báo khẩn lúc %(at)s", at=f"{local:%H:%M}")
