"""The way of a bulletin, a page per step."""

from flask import Blueprint

pages = Blueprint("bulletins", __name__, url_prefix="/tin-bai")
