"""Accounts, sign-ins, keys of the report module, and the trail of who did what."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broadcast.db import Base, EnumText, HasId, OfStation
from broadcast.people.rules import Role


class User(HasId, OfStation, Base):
    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("login"),)

    login: Mapped[str] = mapped_column(String(120))
    "Lower case, one namespace for the whole deployment: people sign in before a station is known."
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(EnumText(Role))
    totp_secret: Mapped[str] = mapped_column(String(64), default="")
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    "Of the code that was taken last; neither it nor an older one opens again."
    language: Mapped[str] = mapped_column(String(5), default="vi")
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SignIn(HasId, OfStation, Base):
    """A signed-in browser. The cookie holds a secret; the row holds its hash and can be revoked."""

    __tablename__ = "sign_in"

    user_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(60), default="")
    agent: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship()


class SignInFailure(HasId, Base):
    """A wrong password. Counted per login and per address, forgotten after the window."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_recent", "login", "at"),)

    login: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(60), index=True)
    at: Mapped[datetime]


class ApiKey(HasId, OfStation, Base):
    """A key of the report module: shown once, kept as a hash."""

    __tablename__ = "api_key"

    name: Mapped[str] = mapped_column(String(120))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[str] = mapped_column(String(40), default="report:read")
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SetupLink(HasId, Base):
    """The one-time door to the set-up page, printed in the terminal of the first start."""

    __tablename__ = "setup_link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AuditEntry(HasId, OfStation, Base):
    """Who did what, when, to which row. Written in the transaction of the deed itself."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_when", "station_id", "at"),)

    at: Mapped[datetime]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    actor_name: Mapped[str] = mapped_column(String(120))
    deed: Mapped[str] = mapped_column(String(60))
    "Stable and dotted: `bulletins.approved`."
    subject_kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[str] = mapped_column(String(80), default="")
    facts: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
