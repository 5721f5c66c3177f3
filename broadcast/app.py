"""The Flask application, put together from small steps; the only place that knows them all."""

from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from broadcast import blueprints, page_words, tables
from broadcast.clock import Clock, wall_clock
from broadcast.compression import compress
from broadcast.config import Settings
from broadcast.console.context import configure_context
from broadcast.db import make_engine, make_sessions
from broadcast.error_pages import configure_error_pages
from broadcast.errors import NotFound
from broadcast.jobs.queue import JobQueue
from broadcast.limiting import limiter
from broadcast.people.signed_in import recognise_person
from broadcast.web import Parts, close_session, is_fragment, link

LANGUAGES = ("vi", "en")
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "media-src 'self' blob:",
        "style-src 'self'",
        "script-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    )
)


def create_app(settings: Settings, *, jobs: JobQueue, clock: Clock = wall_clock) -> Flask:
    """A station's application. `jobs` carries messages away after commits; `clock` tells UTC."""
    app = Flask("broadcast", template_folder=str(template_folder()))
    _configure_flask(app, settings)
    _configure_parts(app, settings, clock, jobs)
    _configure_languages(app)
    _configure_security(app, settings)
    _configure_limits(app, settings)
    configure_error_pages(app)
    blueprints.register(app)
    configure_context(app)
    return app


def template_folder() -> Path:
    """Beside the packages in a checkout, inside the package in a wheel."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def _configure_flask(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=settings.upload_limit_bytes + 1_000_000,
        MAX_FORM_MEMORY_SIZE=8_000_000,
        SESSION_COOKIE_NAME="loa",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        # Sent when it changes, not with every answer: a cache may keep a style sheet for everybody.
        SESSION_REFRESH_EACH_REQUEST=False,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _configure_parts(app: Flask, settings: Settings, clock: Clock, jobs: JobQueue) -> None:
    assert tables.Base.metadata.tables  # noqa: S101 -- the mapper must know every table by now
    engine = make_engine(settings.database_url)
    reading = engine.execution_options(loa_read_only=True)
    app.extensions["loa"] = Parts(
        settings, clock, jobs, make_sessions(engine), make_sessions(reading)
    )
    app.teardown_request(close_session)


def _configure_languages(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    Babel(app, locale_selector=_language, default_translation_directories="translations")
    page_words.install(app)
    app.jinja_env.globals.update(link=link, get_locale=get_locale, is_fragment=is_fragment)


def _language() -> str:
    person = g.get("person")
    if person is not None and person.language in LANGUAGES:
        return str(person.language)
    return "en" if request.cookies.get("language") == "en" else "vi"


def refuse_nul() -> None:
    """:raises NotFound: an address that no text of a database can hold names nothing."""
    if "\x00" in request.path:
        raise NotFound


def _configure_security(app: Flask, settings: Settings) -> None:
    csrf = CSRFProtect(app)
    blueprints.exempt_machines(csrf)
    app.before_request(refuse_nul)
    app.before_request(recognise_person)
    app.after_request(compress)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
        if g.get("person") is not None:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "microphone=(self), camera=()")
        if settings.secure_cookies:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response


def _configure_limits(app: Flask, settings: Settings) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_HEADERS_ENABLED"] = False
    limiter.init_app(app)
