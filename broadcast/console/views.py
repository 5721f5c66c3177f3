"""The frame: today's page and the on-air strip."""

from flask import Blueprint

pages = Blueprint("console", __name__)
