"""The description of both interfaces."""

from flask import Blueprint

api = Blueprint("openapi", __name__, url_prefix="/api")
