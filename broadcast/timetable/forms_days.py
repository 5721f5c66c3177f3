"""Forms about days: silence, holidays, and what is different on one day."""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from broadcast.forms import TidyForm
from broadcast.timetable.closures import ClosureDraft
from broadcast.timetable.forms import DAY_NEEDED, NEEDED, ONE_DAY, TIME_NEEDED
from broadcast.timetable.moving import Scope
from scheduler.timetable.closures import ClosureKind


class ClosureForm(TidyForm):
    kind = SelectField(
        _("Vì sao"),
        choices=[
            SelectChoice(ClosureKind.MOURNING.value, _("Quốc tang, việc tang")),
            SelectChoice(ClosureKind.EXAM.value, _("Kỳ thi")),
            SelectChoice(ClosureKind.OTHER.value, _("Việc khác")),
        ],
    )
    from_day = DateField(_("Từ ngày"), [DAY_NEEDED])
    last_day = DateField(_("Đến hết ngày"), [DAY_NEEDED])
    from_time = TimeField(_("Từ giờ"), [Optional()])
    until_time = TimeField(_("Đến giờ"), [Optional()])
    zone_ids = SelectMultipleField(_("Khu vực ngừng phát"))
    reason = StringField(_("Lý do"), [NEEDED, Length(max=300)])

    def draft(self) -> ClosureDraft:
        return ClosureDraft(
            from_day=self.from_day.data,
            until_day=self.last_day.data + ONE_DAY,
            reason=self.reason.data,
            kind=ClosureKind(self.kind.data),
            from_time=self.from_time.data,
            until_time=self.until_time.data,
            zone_ids=tuple(self.zone_ids.data or ()),
        )


class HolidayForm(TidyForm):
    day = DateField(_("Ngày"), [DAY_NEEDED])
    name = StringField(_("Tên ngày lễ"), [Length(max=120)])


class ChangeForm(TidyForm):
    """Lengthen, replace or cancel one session; which of them says the button that was pressed."""

    planned_minutes = IntegerField(_("Dài bao nhiêu phút"), [Optional(), NumberRange(1, 720)])
    name = StringField(_("Tên riêng của buổi này"), [Length(max=120)])
    zone_ids = SelectMultipleField(_("Chỉ nghe ở"))
    reason = StringField(_("Lý do"), [Length(max=300)])
    row_version = HiddenField()


class MoveForm(TidyForm):
    """Where a session goes, and whether the rule goes with it."""

    to_day = DateField(_("Sang ngày"), [DAY_NEEDED])
    to_time = TimeField(_("Lúc"), [TIME_NEEDED])
    scope = RadioField(
        _("Áp dụng cho"),
        choices=[
            SelectChoice(Scope.ONE.value, _("Chỉ buổi này")),
            SelectChoice(Scope.FOLLOWING.value, _("Buổi này và mọi buổi sau")),
        ],
        default=Scope.ONE.value,
    )
    reason = StringField(_("Lý do"), [Length(max=300)])
    may_overlap = BooleanField(_("Vẫn dời, để hai buổi trùng nhau"))
    row_version = IntegerField(validators=[Optional()], widget=HiddenInput())
