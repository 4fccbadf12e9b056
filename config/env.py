"""The environment, read once, typed, failing loudly.

Every setting that an installation may change comes through here. Development needs none of them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent

#: Commands that act on tables as a whole: they run as the owner of the tables, all others and every
#: server and worker as the application's role, which row security binds (docs/adr/0011).
OWNER_COMMANDS = frozenset(
    {
        "migrate",
        "makemigrations",
        "sqlmigrate",
        "squashmigrations",
        "showmigrations",
        "flush",
        "sqlflush",
        "dumpdata",
        "loaddata",
        "inspectdb",
        "backup",
        "restore",
    }
)

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class BadEnvironment(RuntimeError):  # noqa: N818 - it says what is bad
    """A variable is missing or cannot be understood; the message names it and says what to write."""


@dataclass(frozen=True, slots=True)
class Env:
    """What the installation said.

    `public_url` is the address partners can reach from outside, without a trailing slash, or empty:
    then no link is offered to them and *answered by phone* is the path. `database_owner_url` is the
    same database by the role that owns the tables; `as_owner` says that this process is to use it.
    """

    secret_key: str
    debug: bool
    allowed_hosts: tuple[str, ...]
    public_url: str
    database_url: str
    database_owner_url: str
    as_owner: bool
    var: Path
    encryption_key: str
    encryption_key_file: str
    breached_passwords: str
    second_factor_roles: tuple[str, ...]
    email_url: str
    email_from: str
    backup_dir: Path
    backup_keep: int
    backup_at: str
    read_only: bool
    log_format: str
    log_level: str


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Read the environment.

    Raises:
        BadEnvironment: a value is of the wrong shape.
    """
    var = Path(environ.get("SAAN_VAR") or ROOT / "var")
    return Env(
        secret_key=environ.get("SECRET_KEY", ""),
        debug=_bool(environ, "DEBUG", default=False),
        allowed_hosts=_list(environ, "ALLOWED_HOSTS"),
        public_url=_url(environ, "PUBLIC_URL"),
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{var / 'saan.sqlite3'}",
        database_owner_url=environ.get("DATABASE_OWNER_URL", ""),
        as_owner=_bool(environ, "SAAN_AS_OWNER", default=False),
        var=var,
        encryption_key=environ.get("ENCRYPTION_KEY", ""),
        encryption_key_file=environ.get("ENCRYPTION_KEY_FILE", ""),
        breached_passwords=_file(environ, "BREACHED_PASSWORDS"),
        second_factor_roles=_list(environ, "SECOND_FACTOR_ROLES"),
        email_url=environ.get("EMAIL_URL", ""),
        email_from=environ.get("EMAIL_FROM", ""),
        backup_dir=Path(environ.get("BACKUP_DIR") or var / "backups"),
        backup_keep=_number(environ, "BACKUP_KEEP", 14),
        backup_at=_time(environ, "BACKUP_AT", "02:30"),
        read_only=_bool(environ, "READ_ONLY", default=False),
        log_format=_one_of(environ, "LOG_FORMAT", ("", "json", "plain")),
        log_level=_one_of(environ, "LOG_LEVEL", ("", "DEBUG", "INFO", "WARNING", "ERROR")),
    )


def _bool(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    if name not in environ:
        return default
    text = environ[name].strip().lower()
    if text in TRUE | FALSE:
        return text in TRUE
    raise BadEnvironment(f"{name}={environ[name]!r}: write 1 or 0.")


def _file(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip()
    if text and not Path(text).is_file():
        raise BadEnvironment(f"{name}={text!r}: there is no such file.")
    return text


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if text.isdecimal():
        return int(text)
    raise BadEnvironment(f"{name}={text!r}: write a number such as {default}.")


def _time(environ: Mapping[str, str], name: str, default: str) -> str:
    """A time of day in Bangkok; "" is never."""
    text = environ.get(name, default).strip()
    if not text or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        return text
    raise BadEnvironment(f"{name}={text!r}: write a time such as {default}, or nothing for never.")


def _one_of(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = environ.get(name, "").strip()
    if text in choices:
        return text
    raise BadEnvironment(f"{name}={text!r}: write one of {', '.join(filter(None, choices))}.")


def _list(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in environ.get(name, "").split(",") if part.strip())


def _url(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip().rstrip("/")
    if text and urlsplit(text).scheme not in {"http", "https"}:
        raise BadEnvironment(
            f"{name}={text!r}: write an address such as https://saan.example.go.th"
        )
    return text


def owner_database(env: Env) -> dict[str, Any] | None:
    """The database by the role that owns the tables; None where there is one role for all.

    Raises:
        BadEnvironment: the two addresses do not lead to the same database.
    """
    if not env.database_owner_url:
        return None
    owner, application = database(env.database_owner_url), database(env.database_url)
    if any(owner.get(part) != application.get(part) for part in ("ENGINE", "HOST", "PORT", "NAME")):
        raise BadEnvironment(
            "DATABASE_OWNER_URL: write DATABASE_URL with another user, to the same database."
        )
    return owner


def application_role(env: Env) -> str:
    """The role that serves people, to be given its rights; "" where there is one role for all."""
    owner = owner_database(env)
    user = str(database(env.database_url).get("USER", ""))
    return user if owner and owner.get("USER") != user else ""


def database(url: str) -> dict[str, Any]:
    """Turn `sqlite:///file` or `postgresql://user:password@host:port/name` into Django's settings.

    Raises:
        BadEnvironment: another kind of database.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(url.removeprefix("sqlite:///"))
        # SQLite makes the file but not its folder.
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                # A writer asks for the lock at once instead of failing half-way through.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                " PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
                # What is deleted is overwritten: a person who is forgotten is gone from the file.
                " PRAGMA secure_delete=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise BadEnvironment(
        f"DATABASE_URL: {parts.scheme!r} is not known; use sqlite:/// or postgresql://"
    )


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mails are given; without a host none is sent, and no page says that one was."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_ssl: bool = False

    @property
    def use_tls(self) -> bool:
        """STARTTLS; a server without an account is one of the house, and may not know it."""
        return bool(self.user) and not self.use_ssl

    @property
    def backend(self) -> str:
        """Django's way to send."""
        return f"django.core.mail.backends.{'smtp' if self.host else 'console'}.EmailBackend"


def mail_server(url: str) -> MailServer:
    """Read `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465`.

    Raises:
        BadEnvironment: it is no address of a mail server.
    """
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadEnvironment("EMAIL_URL: write an address such as smtp://user:password@host:587")
    return MailServer(
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
    )
