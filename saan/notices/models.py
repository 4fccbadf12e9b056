"""Links that let somebody without an account do one thing, and notices to staff."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from saan.centres.models import Centre
from saan.centres.querysets import CentreQuerySet
from saan.notices.querysets import NoticeQuerySet


class SignedLink(models.Model):
    """A single-purpose, expiring link. The address is signed; the row allows to revoke it.

    `purpose` names the page (`referral.answer`), `subject_id` the row it is about.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    nonce = models.CharField(max_length=43, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CentreQuerySet["SignedLink"].as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["purpose", "subject_id"], name="link_of_subject")]

    def __str__(self) -> str:
        return f"{self.purpose}:{self.subject_id}"


class Notice(models.Model):
    """Something staff should know: `code` chooses the sentence, `params` fill it, `path` opens it.

    Holds no personal data: the page behind `path` shows it to those who may see it.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    user_id = models.BigIntegerField(_("for user"), null=True)
    permission = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    path = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["centre", "read_at", "-created_at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.code
