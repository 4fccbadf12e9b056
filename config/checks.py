"""What production needs, and lacks: `manage.py check --deploy` lists all of it, with what to write.

What it cannot do without (`required`) also stops every command and the server; the rest is advice.
"""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from config.env import BadEnvironment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.checks import CheckMessage

#: What a role must not be: the database would then not bind it (docs/adr/0011).
_ROLE = """
SELECT rolsuper OR rolbypassrls,
       EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
FROM pg_roles WHERE rolname = current_user
"""


def required(**_options: Any) -> list[CheckMessage]:
    """What an installation that people rely on cannot do without."""
    if not settings.PRODUCTION:
        return []
    lacks = [*_secret_key(), *_encryption_key()]
    if not settings.ALLOWED_HOSTS:
        hint = _("Write the names under which people reach Saan: ALLOWED_HOSTS=saan.example.go.th")
        lacks.append(checks.Error(_("ALLOWED_HOSTS is not set."), hint=hint, id="saan.E012"))
    return lacks


def advised(**_options: Any) -> list[CheckMessage]:
    """What an installation that people rely on should have."""
    found: list[CheckMessage] = []
    for part in (_production, _addresses, _mail, _backups, _key_files, _roles):
        found += [checks.Warning(text, hint=hint, id=code) for code, text, hint in part()]
    return found


def refuse_to_serve() -> None:
    """Let no server start without what it cannot do without.

    Raises:
        BadEnvironment: names all of it.
    """
    if lacks := required():
        raise BadEnvironment("\n".join(f"{one.msg} {one.hint or ''}" for one in lacks))


def register() -> None:
    """Tell Django; from the settings, so that no command comes before it."""
    checks.register(required)
    checks.register(advised, deploy=True)


def _secret_key() -> Iterator[CheckMessage]:
    hint = _("Make one: %(command)s") % {
        "command": 'SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(50))")'
    }
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if not key:
        yield checks.Error(_("SECRET_KEY is not set."), hint=hint, id="saan.E010")
    elif key == settings.DEVELOPMENT_KEY:
        text = _("SECRET_KEY is the one of development, which everybody knows.")
        yield checks.Error(text, hint=hint, id="saan.E011")


def _encryption_key() -> Iterator[CheckMessage]:
    from saan.kernel import crypto

    hint = _("Make one, and keep a copy apart from the backups: %(command)s") % {
        "command": "openssl rand -base64 32 > /etc/saan/encryption.key"
        " && chmod 600 /etc/saan/encryption.key; ENCRYPTION_KEY_FILE=/etc/saan/encryption.key"
    }
    if not (settings.ENCRYPTION_KEY or settings.ENCRYPTION_KEY_FILE):
        text = _("Neither ENCRYPTION_KEY nor ENCRYPTION_KEY_FILE is set.")
        yield checks.Error(text, hint=hint, id="saan.E013")
        return
    try:
        crypto.identifiers()
    except (ImproperlyConfigured, OSError, ValueError) as error:
        yield checks.Error(str(error), hint=hint, id="saan.E014")


def _production() -> Iterator[tuple[str, str, str]]:
    if not settings.PRODUCTION:
        hint = "DJANGO_SETTINGS_MODULE=config.settings.prod"
        yield "saan.W010", _("These are not the settings of production."), hint
    if settings.DEBUG:
        yield "saan.W011", _("DEBUG is on: pages of faults show data."), "DEBUG=0"


def _addresses() -> Iterator[tuple[str, str, str]]:
    hint = "PUBLIC_URL=https://saan.example.go.th"
    if not settings.PUBLIC_URL:
        text = _("PUBLIC_URL is not set: partners get no links, answers come by telephone only.")
        yield "saan.W012", text, hint
    elif not settings.PUBLIC_URL.startswith("https://"):
        yield "saan.W013", _("PUBLIC_URL is not https: links could be read on the way."), hint


def _mail() -> Iterator[tuple[str, str, str]]:
    if "console" in settings.EMAIL_BACKEND:
        text = _("No mail server: invitations and notices of sign-ins are not sent by e-mail.")
        yield "saan.W014", text, "EMAIL_URL=smtp://user:password@mail.example.go.th:587"


def _backups() -> Iterator[tuple[str, str, str]]:
    folder = Path(settings.BACKUP_DIR)
    if not settings.BACKUP_AT:
        text = _("BACKUP_AT is empty: no backup is made by itself.")
        yield "saan.W015", text, "BACKUP_AT=02:30"
    if folder.is_relative_to(settings.VAR):
        text = _("Backups lie beside the data: one broken disk takes both.")
        yield (
            "saan.W016",
            text,
            _("Write a folder on another disk: %(example)s")
            % {"example": "BACKUP_DIR=/mnt/backup/saan"},
        )
    if settings.BACKUP_KEEP < 2:
        yield "saan.W017", _("BACKUP_KEEP keeps a single backup."), "BACKUP_KEEP=14"


def _key_files() -> Iterator[tuple[str, str, str]]:
    from saan.kernel.crypto import DEVELOPMENT_KEY

    files = [Path(settings.VAR) / DEVELOPMENT_KEY]
    if settings.ENCRYPTION_KEY_FILE:
        files.append(Path(settings.ENCRYPTION_KEY_FILE))
    for file in files:
        if file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            text = _("Others can read the key in %(file)s.") % {"file": file}
            yield "saan.W018", text, f"chmod 600 {file}"
    folder = Path(settings.BACKUP_DIR)
    if settings.ENCRYPTION_KEY_FILE:
        key = Path(settings.ENCRYPTION_KEY_FILE).resolve()
        if key.is_relative_to(folder.resolve()):
            text = _("The key lies among the backups: whoever takes one takes all.")
            yield "saan.W019", text, _("Move the key to a folder of its own.")


def _roles() -> Iterator[tuple[str, str, str]]:
    if connection.vendor != "postgresql":
        return
    hint = _("Two roles: DATABASE_URL of one that owns nothing, DATABASE_OWNER_URL of the owner.")
    if not settings.APPLICATION_ROLE:
        text = _("DATABASE_OWNER_URL is not set: centres are kept apart by the program alone.")
        yield "saan.W020", text, hint
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ROLE)
            is_above, owns = cursor.fetchone()
    except DatabaseError as error:
        yield "saan.W021", _("The database cannot be asked: %(error)s") % {"error": error}, ""
        return
    if is_above:
        text = _("The role of DATABASE_URL is above row security: the second lock is open.")
        yield "saan.W022", text, hint
    if owns:
        text = _("The role of DATABASE_URL owns the tables: it could take the locks away.")
        yield "saan.W023", text, hint
