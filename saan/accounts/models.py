"""Who can sign in, and what proves that it is them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from saan.accounts.passwords import composed
from saan.kernel.privacy import Sealed


class User(AbstractUser):
    """A member of staff. Partners have no account: they answer by signed links.

    `suspected_at`: the user said that somebody else signed in with the password; until they set a
    new one, in the session in which they said so, the password opens nothing.
    """

    display_name = models.CharField(_("name"), max_length=150, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    suspected_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.display_name or self.username

    def set_password(self, raw_password: str | None) -> None:
        """Keep the password in one spelling, for Thai can be typed in several that look alike.

        A new password is nobody else's.
        """
        super().set_password(None if raw_password is None else composed(raw_password))
        self.suspected_at = None

    def check_password(self, raw_password: str | None) -> bool:
        """Compare in that spelling."""
        return super().check_password(None if raw_password is None else composed(raw_password))


class AuthenticatorApp(models.Model):
    """The app that shows a code every 30 seconds. `last_step` is that of the last code accepted."""

    SEALED: ClassVar[dict[str, Sealed]] = {"secret_sealed": Sealed()}

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="authenticator_app")
    secret_sealed = models.BinaryField()
    last_step = models.BigIntegerField()
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"app of {self.user_id}"


class Passkey(models.Model):
    """A key that a device holds. `credential` is its public half, good for one host only."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=80)
    host = models.CharField(max_length=253)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    counter = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.name


class RecoveryCodes(models.Model):
    """The codes on paper: salted digests of those that were not used yet."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="recovery_codes")
    salt = models.CharField(max_length=32)
    digests = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"codes of {self.user_id}"


class WrongCodes(models.Model):
    """How often in a row a wrong code was typed after the right password, from anywhere."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="wrong_codes")
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.count} wrong codes of {self.user_id}"


class KnownDevice(models.Model):
    """A browser that a user signed in with: it keeps a random cookie, we keep the digest of it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64)
    agent = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-last_seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="device_once_per_user")
        ]

    def __str__(self) -> str:
        return f"device of {self.user_id}"
