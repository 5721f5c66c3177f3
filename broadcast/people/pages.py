"""The door of the people: one blueprint, its pages stand in the modules named views."""

from flask import Blueprint

pages = Blueprint("people", __name__)
