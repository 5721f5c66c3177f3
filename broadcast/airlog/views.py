"""The log as pages."""

from flask import Blueprint

pages = Blueprint("airlog", __name__, url_prefix="/nhat-ky")
