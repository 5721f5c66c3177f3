"""Forms of the log: corrections and incidents."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, DecimalField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from broadcast.airlog.corrections import LEAST_REASON
from broadcast.airlog.words import INCIDENTS, PLAY_OUTCOMES
from broadcast.forms import TidyForm

NEEDED = InputRequired(_("Cần điền mục này."))


def _choices(words: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in words.items()]


class CorrectionForm(TidyForm):
    outcome = RadioField(_("Kết quả đúng"), [NEEDED], choices=_choices(PLAY_OUTCOMES))
    seconds = DecimalField(
        _("Thực phát (giây)"), [NEEDED, NumberRange(0, 86_400, _("Từ 0 đến 86 400 giây."))]
    )
    reason = TextAreaField(
        _("Lý do đính chính"),
        [NEEDED, Length(LEAST_REASON, 1000, _("Hãy ghi rõ lý do, ít nhất vài chữ."))],
    )


class IncidentForm(TidyForm):
    kind = SelectField(_("Loại sự cố"), choices=_choices(INCIDENTS))
    at = DateTimeLocalField(_("Lúc"), [NEEDED])
    box = SelectField(_("Cụm loa"), validate_choice=True)
    sentence = TextAreaField(_("Điều gì đã xảy ra"), [NEEDED, Length(max=2000)])

    def offer_boxes(self, boxes: list[tuple[str, str]]) -> None:
        self.box.choices = [("", _("Không rõ, hoặc nhiều cụm")), *boxes]
