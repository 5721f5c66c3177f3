"""The door of the bulletins: one blueprint, its pages stand in the modules named views."""

from flask import Blueprint

pages = Blueprint("bulletins", __name__, url_prefix="/tin-bai")
