"""Signing in and out, accounts."""

from flask import Blueprint

pages = Blueprint("people", __name__)
