"""A mail server that takes nothing."""

from smtplib import SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Fails as a server does that is not there."""

    def send_messages(self, email_messages):
        raise SMTPServerDisconnected
