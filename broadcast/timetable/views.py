"""The calendar as pages."""

from flask import Blueprint

pages = Blueprint("timetable", __name__, url_prefix="/lich-phat")
