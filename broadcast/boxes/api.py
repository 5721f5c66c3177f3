"""What boxes ask (protocol, Box)."""

from flask import Blueprint

api = Blueprint("box_api", __name__, url_prefix="/api/box/v1")
