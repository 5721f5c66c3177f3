"""Settings and zones as pages."""

from flask import Blueprint

pages = Blueprint("stations", __name__, url_prefix="/cai-dat")
