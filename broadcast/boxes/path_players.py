"""For players nobody here wrote."""

from flask import Blueprint

players = Blueprint("players", __name__, url_prefix="/p")
