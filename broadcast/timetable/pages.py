"""The door of the timetable: one blueprint, its pages stand in the modules named views."""

from flask import Blueprint
from flask_babel import gettext

from broadcast.timetable.values import WHOLE_COMMUNE

pages = Blueprint("timetable", __name__, url_prefix="/lich-phat")


@pages.app_template_filter("zones_said")
def zones_said(zones: str) -> str:
    """In the language of the page: the whole commune is a word, zones keep their names."""
    return gettext(zones) if zones == WHOLE_COMMUNE else zones
