"""Hangs the words of `wording.py` into the templates, in the station's time zone."""

from flask import Flask


def configure(app: Flask) -> None:
    app.jinja_env.filters.update({})
