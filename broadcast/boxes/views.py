"""Boxes as pages."""

from flask import Blueprint

pages = Blueprint("boxes", __name__, url_prefix="/cum-loa")
