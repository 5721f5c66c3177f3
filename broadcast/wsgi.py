"""What gunicorn serves: `broadcast.wsgi:app`. Made from the environment when it is asked for."""

import logging
import os

from flask import Flask

from broadcast.app import create_app
from broadcast.config import Settings
from broadcast.jobs.celery_queue import CeleryQueue, make_sender


def make_app() -> Flask:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    settings = Settings.from_env(os.environ)
    return create_app(settings, jobs=CeleryQueue(make_sender(settings.redis_url)))


def __getattr__(name: str) -> Flask:
    if name != "app":
        raise AttributeError(name)
    made = make_app()
    globals()["app"] = made
    return made
