"""Forms of reports, channels and the rule. What was typed stays when something is wrong."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from broadcast.errors import LoaError
from broadcast.forms import TidyForm
from broadcast.reports.channels import CHANNEL_NAMES, Source
from broadcast.reports.document import Authority
from broadcast.reports.errors import BareLuot, DateNotUnderstood
from broadcast.reports.numbers_vi import amount
from broadcast.reports.period_words import CUTOFFS, KINDS, named_period
from broadcast.reports.periods import EARLIEST_YEAR, LATEST_YEAR, Period, recognised_period
from broadcast.stations.models import MinutesKind

NEEDED = InputRequired(_("Cần điền mục này."))
IN_REACH = NumberRange(0, 2**31 - 1, _("Cần một số từ 0 trở lên."))
SOURCES = (
    (Source.MANUAL.value, _("Đếm tay, có sổ hoặc danh sách")),
    (Source.LOG.value, _("Lấy từ phần mềm khác")),
    (Source.ESTIMATE.value, _("Ước tính (báo cáo in kèm chữ “khoảng”)")),
)
AUTHORITIES = (
    (Authority.COLLECTIVE.value, _("TM. Ủy ban nhân dân")),
    (Authority.DEPUTY.value, _("KT. Chủ tịch")),
    (Authority.BY_ORDER.value, _("TL. Chủ tịch")),
    (Authority.BY_DELEGATION.value, _("TUQ. Chủ tịch")),
    (Authority.ACTING.value, _("Q. Chủ tịch")),
)


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Values with their words, as WTForms wants them."""
    return [SelectChoice(value, words) for value, words in pairs]


class RuleForm(TidyForm):
    threshold_percent = IntegerField(
        _("Tính là một lượt phát khi ít nhất một cụm loa phát được (%%)"),
        [NEEDED, NumberRange(1, 100, _("Cần một số từ 1 đến 100."))],
    )
    notices_count = BooleanField(_("Thông báo cũng tính là tin bài"))
    minutes = RadioField(
        _("Số phút ghi trong báo cáo"),
        choices=choices(
            (
                (MinutesKind.NET.value, _("Thời lượng thực phát của tin bài")),
                (MinutesKind.GROSS.value, _("Thời lượng cả buổi, gồm nhạc hiệu, lời dẫn, tiếp âm")),
            )
        ),
    )
    reason = TextAreaField(
        _("Lý do đổi"), [NEEDED, Length(5, 1000, _("Hãy ghi lý do bằng vài chữ."))]
    )

    @classmethod
    def of(cls, rule: Any) -> "RuleForm":
        """The rule in force, to be changed; the reason is always written anew."""
        return cls(
            threshold_percent=rule.threshold_percent,
            notices_count=rule.notices_count,
            minutes=rule.minutes.value,
        )

    @property
    def chosen_minutes(self) -> MinutesKind:
        return MinutesKind(self.minutes.data)


class ChannelForm(TidyForm):
    channel = SelectField(
        _("Kênh"), choices=choices((one.value, name) for one, name in CHANNEL_NAMES.items())
    )
    topic_id = SelectField(_("Chủ đề"), [Optional()])
    value = IntegerField(_("Số lượng"), [NEEDED, IN_REACH])
    measure = StringField(_("Đơn vị tính"), [NEEDED, Length(max=80)])
    first_day = DateField(_("Từ ngày"), [NEEDED])
    last_day = DateField(_("Đến hết ngày"), [NEEDED])
    source = SelectField(_("Số này từ đâu"), choices=choices(SOURCES))
    form = StringField(_("Hình thức"), [Optional(), Length(max=200)])
    evidence = StringField(_("Minh chứng (đường dẫn, số văn bản)"), [Optional(), Length(max=500)])

    def offer(self, topics: list[Any]) -> None:
        named = ((topic.id, topic.name) for topic in topics)
        self.topic_id.choices = choices((("", _("Không theo chủ đề")), *named))

    def validate_measure(self, field: StringField) -> None:
        try:
            amount(1, (field.data or "").strip())
        except BareLuot as err:
            raise ValidationError(err.message) from err

    def validate_last_day(self, field: DateField) -> None:
        if self.first_day.data and field.data and field.data < self.first_day.data:
            raise ValidationError(_("Ngày cuối đứng trước ngày đầu."))

    def validate_first_day(self, field: DateField) -> None:
        refuse_odd_year(field)


class PaperForm(TidyForm):
    row_version = HiddenField()
    kind = SelectField(_("Kỳ"), choices=choices((value, _(words)) for value, words in KINDS))
    year = StringField(_("Năm"), [Optional(), Length(max=4)])
    cutoff = SelectField(
        _("Chốt số liệu"), choices=choices((value, _(words)) for value, words in CUTOFFS)
    )
    first_day = DateField(_("Từ ngày"), [Optional()])
    last_day = DateField(_("Đến hết ngày"), [Optional()])
    template = SelectField(_("Mẫu Word"))
    topic_ids = SelectMultipleField(_("Chủ đề được tính trong báo cáo"))
    ground_ids = SelectMultipleField(_("Căn cứ"))
    addressees = TextAreaField(_("Kính gửi, mỗi nơi một dòng"), [Optional(), Length(max=2000)])
    recipients = TextAreaField(_("Nơi nhận, mỗi nơi một dòng"), [Optional(), Length(max=2000)])
    archive = StringField(_("Lưu"), [NEEDED, Length(max=100)])
    authority = SelectField(_("Ký thay mặt"), choices=choices(AUTHORITIES))
    position = StringField(_("Chức vụ người ký"), [NEEDED, Length(max=100)])
    signer = StringField(_("Họ tên người ký"), [Optional(), Length(max=100)])
    ratings = TextAreaField(
        _("Biểu tổng hợp, mỗi dòng: hình thức | mức độ"), [Optional(), Length(max=8000)]
    )
    is_electronic = BooleanField(_("Văn bản điện tử: để trống số và ngày trong phụ lục"))
    lists_exceptions = BooleanField(_("Liệt kê các buổi phát ngoài giờ quy định, nếu có"))
    implementation = TextAreaField(_("Công tác triển khai"), [Optional(), Length(max=20000)])
    forms = TextAreaField(_("Nội dung, hình thức tuyên truyền"), [Optional(), Length(max=20000)])
    further_results = TextAreaField(_("Kết quả khác"), [Optional(), Length(max=20000)])
    strengths = TextAreaField(_("Ưu điểm"), [Optional(), Length(max=20000)])
    weaknesses = TextAreaField(_("Tồn tại, hạn chế"), [Optional(), Length(max=20000)])
    proposals = TextAreaField(_("Đề xuất, kiến nghị"), [Optional(), Length(max=20000)])
    directions = TextAreaField(
        _("Phương hướng, nhiệm vụ năm sau, mỗi việc một dòng"), [Optional(), Length(max=20000)]
    )

    @property
    def period(self) -> Period:
        """:raises LoaError: what was picked is no period."""
        if self.kind.data != "free":
            return named_period(self.kind.data, self.year.data or "", self.cutoff.data)
        if not (self.first_day.data and self.last_day.data):
            raise DateNotUnderstood
        return recognised_period(self.first_day.data, self.last_day.data)

    def validate_kind(self, _field: SelectField) -> None:
        try:
            _period = self.period
        except LoaError as err:
            raise ValidationError(err.message) from err


class IssueForm(TidyForm):
    number = StringField(_("Số"), [NEEDED, Length(max=5)])
    issued_on = DateField(_("Ngày ban hành"), [NEEDED])

    def validate_issued_on(self, field: DateField) -> None:
        refuse_odd_year(field)


class GroundForm(TidyForm):
    number = StringField(_("Số, ký hiệu"), [NEEDED, Length(max=60)])
    issued_on = DateField(_("Ngày ban hành"), [NEEDED])
    sentence = TextAreaField(_("Trích dẫn đầy đủ"), [NEEDED, Length(max=2000)])
    year = IntegerField(_("Dùng cho năm"), [NEEDED, NumberRange(EARLIEST_YEAR, LATEST_YEAR)])


class FileForm(TidyForm):
    file = FileField(_("Tệp"), [NEEDED])


def refuse_odd_year(field: DateField) -> None:
    day: date | None = field.data
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValidationError(_("Năm này không đúng."))
