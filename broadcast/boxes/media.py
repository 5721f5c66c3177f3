"""Audio files by their hash."""

from flask import Blueprint

media = Blueprint("media", __name__, url_prefix="/media")
