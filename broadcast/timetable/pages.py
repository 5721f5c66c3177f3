"""The door of the timetable: one blueprint, its pages stand in the modules named views."""

from flask import Blueprint

pages = Blueprint("timetable", __name__, url_prefix="/lich-phat")
