"""The relays of a slot as its form shows them: a stream, its time, what to play when it fails."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Form, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, Regexp

from broadcast.bulletins.models import Bulletin
from broadcast.timetable.fallbacks import of_bulletin, of_tune


class RelayForm(Form):
    """One stream that is joined; an empty address is none."""

    name = StringField(_("Tên"), [Length(max=60)])
    stream = StringField(
        _("Địa chỉ luồng"),
        [
            Optional(),
            Regexp(r"https?://\S+$", message=_("Địa chỉ bắt đầu bằng http:// hoặc https://.")),
            Length(max=500),
        ],
    )
    offset_minutes = IntegerField(_("Từ phút thứ"), [Optional(), NumberRange(0, 720)], default=0)
    minutes = IntegerField(_("Trong mấy phút"), [Optional(), NumberRange(1, 720)], default=15)
    fallback = SelectField(_("Khi luồng hỏng, phát thay"), default="")

    def kept(self) -> dict[str, object]:
        return {
            "name": (self.name.data or "").strip() or gettext("Tiếp âm"),
            "stream": (self.stream.data or "").strip(),
            "offset_ms": (self.offset_minutes.data or 0) * 60_000,
            "duration_ms": (self.minutes.data or 15) * 60_000,
            "fallback": self.fallback.data or "",
        }


def relay_values(kept: Iterable[Mapping[str, Any]]) -> list[dict[str, object]]:
    """A slot's relays as the form shows them."""
    return [
        {
            "name": relay["name"],
            "stream": relay["stream"],
            "offset_minutes": relay["offset_ms"] // 60_000,
            "minutes": relay["duration_ms"] // 60_000,
            "fallback": relay.get("fallback", ""),
        }
        for relay in kept
    ]


def fallback_choices(
    named_tunes: Iterable[SelectChoice], ready: Iterable[Bulletin], kept: str
) -> list[SelectChoice]:
    """Silence, a tune, an approved bulletin (read or recorded); what stands stays to be chosen."""
    tunes = [SelectChoice(of_tune(one.value), one.label) for one in named_tunes if one.value]
    bulletins = [SelectChoice(of_bulletin(row.id), row.title) for row in ready]
    choices = [SelectChoice("", _("Im lặng tới khi luồng trở lại")), *tunes, *bulletins]
    if kept not in {choice.value for choice in choices}:
        choices.append(SelectChoice(kept, _("Bài đã chọn trước, nay không phát được")))
    return choices
