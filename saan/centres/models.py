"""The provincial centres, who works there, and what they set."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saan.centres.enums import RatioDefinition
from saan.kernel.constraints import one_of
from saan.places.models import Province


def default_follow_ups() -> list[str]:
    """Common practice, not confirmed by any centre: `15d` is days, `3m` is calendar months."""
    return ["15d", "1m", "3m", "6m", "12m"]


class Centre(models.Model):
    """A provincial protection centre: the boundary of what its staff see, and its settings.

    Figures that no centre has confirmed (7/15 days, 90 days, 180 days) are settings here.
    """

    name = models.CharField(_("name"), max_length=150)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="centres")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_demo = models.BooleanField(default=False)
    facility_window_days = models.PositiveIntegerField(default=180)
    ratio_definition = models.CharField(
        max_length=20, choices=RatioDefinition, default=RatioDefinition.COHORT
    )
    offer_fresh_days = models.PositiveIntegerField(default=90)
    follow_up_schedule = models.JSONField(default=default_follow_ups)
    intake_days = models.PositiveIntegerField(default=7)
    protection_days = models.PositiveIntegerField(default=15)
    answer_hours = models.PositiveIntegerField(default=48)
    link_days = models.PositiveIntegerField(default=7)
    minimum_wage = models.PositiveIntegerField(null=True)
    match_other_provinces = models.BooleanField(default=True)

    class Meta:
        ordering = ["province_id", "pk"]
        constraints = [one_of("ratio_definition", RatioDefinition, "centre_ratio_definition_known")]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A named set of permissions. Data, not code: an installation may edit it."""

    code = models.CharField(max_length=30, primary_key=True)
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    permissions = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class Membership(models.Model):
    """A user works at a centre in a role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "centre"], name="one_role_per_user_and_centre")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.centre} · {self.role}"
