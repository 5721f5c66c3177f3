"""`_(…)` of the pages: the catalogue's words are text, and so is everything that is put into them.

Jinja's own takes whatever it is given for markup, because it is meant for words of the page itself.
But a page also translates what it was handed, `_(job.error_message)`, and there a title may stand.
"""

from typing import Any

from flask import Flask
from flask_babel import get_translations
from markupsafe import Markup, escape


def install(app: Flask) -> None:
    """In place of what Flask-Babel has put there."""
    app.jinja_env.globals.update(gettext=gettext, ngettext=ngettext)


def gettext(words: str, **values: Any) -> Markup:
    return _filled(get_translations().ugettext(words), values)


def ngettext(singular: str, plural: str, num: int, **values: Any) -> Markup:
    """`%(num)s` is the number when nothing else is given for it."""
    return _filled(get_translations().ungettext(singular, plural, num), {"num": num} | values)


def _filled(words: str, values: dict[str, Any]) -> Markup:
    """Values that are markup already, such as a badge, stay what they are. Words without values may
    hold a per cent sign of their own: nobody has written them for filling in.
    """
    text = escape(words)
    return text % values if values else text.replace("%%", "%")
