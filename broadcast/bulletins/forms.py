"""Forms of the bulletins. What was typed stays, whatever is wrong with it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from broadcast.bulletins.drafts import LONGEST_TITLE, SPEEDS_PERCENT, Draft, clean, problems_of
from broadcast.bulletins.rules import BulletinKind, BulletinState
from broadcast.forms import TidyForm

KIND_WORDS = [
    SelectChoice(BulletinKind.NEWS.value, _("Tin")),
    SelectChoice(BulletinKind.FEATURE.value, _("Bài")),
    SelectChoice(BulletinKind.NOTICE.value, _("Thông báo")),
]
STATE_WORDS = [
    SelectChoice("", _("Mọi bước")),
    SelectChoice(BulletinState.DRAFTED.value, _("Bản nháp")),
    SelectChoice(BulletinState.WAITING.value, _("Chờ duyệt")),
    SelectChoice(BulletinState.APPROVED.value, _("Đã duyệt")),
    SelectChoice(BulletinState.RETURNED.value, _("Trả lại")),
    SelectChoice(BulletinState.EXPIRED.value, _("Hết hạn phát")),
    SelectChoice(BulletinState.WITHDRAWN.value, _("Đã thu hồi")),
]
AUTHORITY_WORDS = [
    SelectChoice("", _("Ghi theo tài khoản")),
    SelectChoice("Chủ tịch", _("Chủ tịch")),
    SelectChoice("thay mặt", _("Thay mặt Ủy ban nhân dân")),
    SelectChoice("ủy quyền", _("Theo ủy quyền")),
]
NEEDED = DataRequired(_("Cần điền mục này."))
REASON = [DataRequired(_("Hãy ghi lý do, để người khác biết vì sao.")), Length(max=2000)]


UNKNOWN_CHOICE = _("Hãy chọn một mục trong danh sách.")


def as_choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, words) for value, words in pairs]


class DraftForm(TidyForm):
    """Title, words and voice. The choices of `topic_id` and `voice` come from the view."""

    title = StringField(_("Tiêu đề"), [InputRequired(_("Hãy đặt tiêu đề cho bài."))])
    kind = RadioField(
        _("Thể loại"),
        choices=KIND_WORDS,
        default=BulletinKind.NEWS.value,
        invalid_choice_message=UNKNOWN_CHOICE,
    )
    topic_id = SelectField(
        _("Chủ đề"),
        [InputRequired(_("Hãy chọn một chủ đề."))],
        invalid_choice_message=UNKNOWN_CHOICE,
    )
    text = TextAreaField(_("Văn bản"))
    voice = SelectField(_("Giọng đọc"), invalid_choice_message=UNKNOWN_CHOICE)
    speed_percent = SelectField(_("Tốc độ đọc"), coerce=int, default=100)
    row_version = HiddenField()

    def offer(self, topics: list[tuple[str, str]], voices: list[tuple[str, str]]) -> None:
        self.topic_id.choices = as_choices(topics)
        self.voice.choices = as_choices(voices)
        slowest, fastest = SPEEDS_PERCENT
        self.speed_percent.choices = [
            SelectChoice(speed, f"{speed} %") for speed in range(slowest, fastest + 1, 10)
        ]

    def draft(self) -> Draft:
        engine, _slash, voice = (self.voice.data or "").partition("/")
        return Draft(
            title=self.title.data or "",
            kind=BulletinKind(self.kind.data or BulletinKind.NEWS.value),
            topic_id=self.topic_id.data or "",
            text=self.text.data or "",
            engine=engine,
            voice=voice,
            speed_percent=self.speed_percent.data or 100,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """The form's own checks and the draft's, all said together."""
        good = super().validate(extra_validators)
        if not isinstance(self.kind.data, str) or self.kind.data not in set(BulletinKind):
            return False
        for name, sentence in problems_of(clean(self.draft())).items():
            field = getattr(self, name)
            if not field.errors:
                field.errors = [_(sentence)]
            good = False
        return good


class UploadForm(TidyForm):
    sound = FileField(
        _("Tệp âm thanh"), [FileRequired(_("Hãy chọn một tệp âm thanh hoặc thu một bản."))]
    )


class ApprovalForm(TidyForm):
    """`seen` is the hash of what the page showed: another content is not approved by it."""

    seen = HiddenField(validators=[NEEDED])
    authority = SelectField(_("Duyệt với tư cách"), choices=AUTHORITY_WORDS, validate_choice=False)


class ReasonForm(TidyForm):
    reason = TextAreaField(_("Lý do"), REASON)


class WordForm(TidyForm):
    written = StringField(_("Viết là"), [NEEDED, Length(max=120)])
    spoken = StringField(_("Đọc là"), [NEEDED, Length(max=300)])
    shared = BooleanField(_("Cho các đài khác dùng chung"))


class TopicForm(TidyForm):
    name = StringField(_("Tên chủ đề mới"), [NEEDED, Length(max=120)])


class FilterForm(TidyForm):
    """Kept in the address, so that a found list can be sent to somebody."""

    class Meta:
        csrf = False

    words = StringField(_("Tìm trong tiêu đề và văn bản"), [Length(max=LONGEST_TITLE)])
    state = SelectField(_("Bước"), choices=STATE_WORDS, default="", validate_choice=False)
    topic = SelectField(_("Chủ đề"), default="", validate_choice=False)
    archived = BooleanField(_("Trong kho lưu"))
    page = IntegerField(validators=[Optional()], default=1)

    @property
    def chosen_state(self) -> BulletinState | None:
        return BulletinState(self.state.data) if self.state.data in set(BulletinState) else None

    @property
    def chosen_page(self) -> int:
        return min(max(1, self.page.data or 1), 100_000)
