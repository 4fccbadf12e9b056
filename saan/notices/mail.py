"""Sending an e-mail, where an installation sends any. A mail is a courtesy: nothing depends on it."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

#: Backends that tell nobody.
SILENT = ("console", "dummy")
log = logging.getLogger(__name__)


def is_on() -> bool:
    """Whether this installation sends e-mails (EMAIL_URL)."""
    return not any(f".{name}." in settings.EMAIL_BACKEND for name in SILENT)


def send(to: str, subject: str, text: str) -> bool:
    """Send a plain letter; False when the server did not take it. The log names no address."""
    try:
        return send_mail(subject, text, None, [to]) == 1
    except (SMTPException, OSError) as fault:
        log.warning("An e-mail was not taken: %s", type(fault).__name__)
        return False
