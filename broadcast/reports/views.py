"""Figures and reports as pages."""

from flask import Blueprint

pages = Blueprint("reports", __name__, url_prefix="/bao-cao")
