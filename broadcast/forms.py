"""The form all forms are made of: what is typed arrives without letters that nobody can see."""

import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

INVISIBLE = {"Cc", "Cf", "Cs"}
"""Controls, formats and lone surrogates: a right-to-left override turns the rest of a line round
and makes `gpj.exe` of `exe.jpg`; no name and no title of a commune needs one."""
BREAKS = {"Zl", "Zp"}
LEFT_AS_SENT = (PasswordField, HiddenField)


def one_line(typed: Any) -> Any:
    """Visible letters with single spaces between them; what is no text stays what it is."""
    if not isinstance(typed, str):
        return typed
    broken = "".join(" " if _breaks(letter) else letter for letter in typed)
    return " ".join("".join(filter(_is_seen, broken)).split())


def some_lines(typed: Any) -> Any:
    """The same for an area of lines: breaks, tabs and spaces stay."""
    if not isinstance(typed, str):
        return typed
    return "".join(letter for letter in typed if letter in "\n\r\t" or _is_seen(letter))


def _breaks(letter: str) -> bool:
    return letter in "\n\r\t" or unicodedata.category(letter) in BREAKS


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in INVISIBLE


class TidyForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        def bind_field(
            self, form: Any, unbound_field: "UnboundField[Any]", options: dict[str, Any]
        ) -> Any:
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, LEFT_AS_SENT):
                tidy = some_lines if issubclass(kind, TextAreaField) else one_line
                own = unbound_field.kwargs.get("filters", ())
                options = options | {"filters": (tidy, *own)}
            return super().bind_field(form, unbound_field, options)
