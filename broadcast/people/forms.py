"""Forms of signing in, setting up and accounts. What was typed stays when something is wrong."""

import re
import unicodedata
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length

from broadcast.console.forms import DeedForm
from broadcast.forms import TidyForm
from broadcast.people.passwords import LONGEST, SHORTEST
from broadcast.people.rules import Role

ROLE_WORDS = [
    SelectChoice(Role.OPERATOR.value, _("Cán bộ vận hành: viết, thu, xếp lịch")),
    SelectChoice(Role.APPROVER.value, _("Người duyệt: nghe và duyệt")),
    SelectChoice(Role.ADMINISTRATOR.value, _("Quản trị: mọi việc")),
    SelectChoice(Role.VIEWER.value, _("Người xem: chỉ xem")),
]
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,118}")
NEEDED = InputRequired(_("Cần điền mục này."))
STRONG = Length(
    min=SHORTEST,
    max=LONGEST,
    message=_("Mật khẩu cần ít nhất %(min)d ký tự. Một câu ngắn dễ nhớ là tốt."),
)


class SignInForm(TidyForm):
    login = StringField(_("Tên đăng nhập"), [NEEDED, Length(max=120)])
    password = PasswordField(_("Mật khẩu"), [NEEDED, Length(max=LONGEST)])


class SetUpForm(TidyForm):
    station_name = StringField(_("Tên đài"), [NEEDED, Length(max=200)])
    commune_name = StringField(_("Xã, phường, đặc khu"), [NEEDED, Length(max=200)])
    time_zone = StringField(_("Múi giờ"), [NEEDED, Length(max=64)], default="Asia/Ho_Chi_Minh")
    display_name = StringField(_("Họ tên của bạn"), [NEEDED, Length(max=120)])
    login = StringField(_("Tên đăng nhập"), [NEEDED, Length(max=120)])
    password = PasswordField(_("Mật khẩu"), [NEEDED, STRONG])
    again = PasswordField(
        _("Nhập lại mật khẩu"), [NEEDED, EqualTo("password", _("Hai lần nhập chưa giống nhau."))]
    )
    one_person = BooleanField(_("Đài chỉ có một người: người viết được tự duyệt (có ghi lại)"))

    def validate_login(self, field: StringField) -> None:
        refuse_odd_login(field)

    def validate_time_zone(self, field: StringField) -> None:
        if (field.data or "").strip() not in available_timezones():
            raise ValidationError(_("Không có múi giờ này. Việt Nam là Asia/Ho_Chi_Minh."))

    @property
    def station_code(self) -> str:
        return slug(self.commune_name.data or "")


class AccountForm(DeedForm):
    display_name = StringField(_("Họ tên"), [NEEDED, Length(max=120)])
    login = StringField(_("Tên đăng nhập"), [NEEDED, Length(max=120)])
    role = SelectField(_("Vai trò"), choices=ROLE_WORDS)
    password = PasswordField(_("Mật khẩu ban đầu"), [NEEDED, STRONG])

    def validate_login(self, field: StringField) -> None:
        refuse_odd_login(field)


class PasswordForm(DeedForm):
    old = PasswordField(_("Mật khẩu đang dùng"), [NEEDED])
    new = PasswordField(_("Mật khẩu mới"), [NEEDED, STRONG])
    again = PasswordField(
        _("Nhập lại mật khẩu mới"), [NEEDED, EqualTo("new", _("Hai lần nhập chưa giống nhau."))]
    )


class NewPasswordForm(DeedForm):
    new = PasswordField(_("Mật khẩu mới"), [NEEDED, STRONG])


class CodeForm(DeedForm):
    code = StringField(_("Mã 6 số"), [NEEDED, Length(max=12)])


class RemovalForm(DeedForm):
    password = PasswordField(_("Mật khẩu đang dùng"), [NEEDED])


def refuse_odd_login(field: StringField) -> None:
    if not LOGIN.fullmatch((field.data or "").strip().lower()):
        raise ValidationError(
            _("Tên đăng nhập gồm chữ thường không dấu, số, dấu chấm hoặc gạch nối, từ 2 ký tự.")
        )


def slug(name: str) -> str:
    """`xã Ngọc Kỳ` -> `xa-ngoc-ky`: the station's code in commands and files."""
    apart = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40] or "dai"
