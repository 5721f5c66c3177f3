"""What the report module asks."""

from flask import Blueprint

api = Blueprint("report_api", __name__, url_prefix="/api/v1")
