"""The provincial centres, who works there, and what they set."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from saan.centres.enums import (
    CodeList,
    FacilityAct,
    RatioDefinition,
    SatisfactionScale,
    SetupStep,
)
from saan.centres.querysets import CentreQuerySet
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
    match_other_provinces = models.BooleanField(default=True)
    fiscal_year_start = models.PositiveSmallIntegerField(_("fiscal year begins in"), default=10)
    satisfaction_scale = models.CharField(
        max_length=1, choices=SatisfactionScale, default=SatisfactionScale.A
    )
    retention_years = models.PositiveSmallIntegerField(default=10)
    #: Codes of roles that must have a second factor.
    second_factor_roles = models.JSONField(default=list)
    #: The first day whose cases are all here; before it only reported figures count.
    started_on = models.DateField(null=True)
    setup_step = models.CharField(max_length=12, choices=SetupStep, blank=True)
    #: Names the picture in `Logo`, so that pages know whether there is one without reading it.
    logo_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["province_id", "pk"]
        constraints = [
            one_of("ratio_definition", RatioDefinition, "centre_ratio_definition_known"),
            one_of("satisfaction_scale", SatisfactionScale, "centre_scale_known"),
            one_of("setup_step", SetupStep, "centre_setup_step_known", blank=True),
            models.CheckConstraint(
                condition=models.Q(fiscal_year_start__gte=1, fiscal_year_start__lte=12),
                name="centre_fiscal_year_starts_in_a_month",
            ),
        ]

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
    """A user works at a centre in a role. Suspended, they cannot enter; their deeds stay."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    suspended_at = models.DateTimeField(null=True)

    objects = CentreQuerySet["Membership"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "centre"], name="one_role_per_user_and_centre")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.centre} · {self.role}"


class NationalStaff(models.Model):
    """A user of the department: sees every centre's figures, opens centres, belongs to none."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="national"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Invitation(models.Model):
    """Somebody is to work here: a signed link (purpose `staff.invite`) lets them make an account."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_user_id = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = CentreQuerySet["Invitation"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class NationalInvitation(models.Model):
    """Somebody is to work at the department. It belongs to no centre, so it carries its own link."""

    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=43, unique=True)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_user_id = models.BigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Facility(models.Model):
    """A state facility a centre may send people to. Retired ones stay for old records."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="facilities")
    name = models.CharField(_("name"), max_length=150)
    act = models.CharField(_("under"), max_length=20, choices=FacilityAct)
    province = models.ForeignKey(
        Province, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    retired_on = models.DateField(null=True)

    objects = CentreQuerySet["Facility"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            one_of("act", FacilityAct, "facility_act_known"),
            models.UniqueConstraint(fields=["centre", "name"], name="facility_once_per_centre"),
        ]

    def __str__(self) -> str:
        return self.name


class MinimumWage(models.Model):
    """The province's minimum wage (baht per day) from a day on, as the centre knows it."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="minimum_wages")
    valid_from = models.DateField(_("from"))
    baht_per_day = models.PositiveIntegerField(_("baht per day"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = CentreQuerySet["MinimumWage"].as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "valid_from"], name="one_wage_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.baht_per_day}"


class Signatory(models.Model):
    """Who signs what the centre issues."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="signatories")
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True)

    objects = CentreQuerySet["Signatory"].as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Logo(models.Model):
    """The centre's own emblem: a small PNG, checked and drawn anew when uploaded."""

    centre = models.OneToOneField(Centre, on_delete=models.PROTECT, related_name="logo")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    objects = CentreQuerySet["Logo"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256


class Installation(models.Model):
    """The one row of an installation that is being set up: who may take it, and how far they are.

    The set-up code is shown on the server's own screen and kept here as a hash; the first
    administrator waits here until there is a centre to belong to.
    """

    code_hash = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.ForeignKey(Role, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"set-up code of {self.made_at}"


class CodeEntry(models.Model):
    """What a centre changed in one code list: a label, an order, an end, or a code of its own.

    A built-in code without an entry is as it comes. A code of the centre's own is `base.n`
    (`temple.1`): it counts wherever its built-in `base` counts, so that no rule and no figure
    depends on words. `valid_to` is the last day it may be chosen; old records keep showing it.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    list = models.CharField(max_length=20, choices=CodeList)
    code = models.CharField(max_length=40)
    label_th = models.CharField(_("Thai"), max_length=120)
    label_en = models.CharField(_("English"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    objects = CentreQuerySet["CodeEntry"].as_manager()

    class Meta:
        ordering = ["list", "position", "pk"]
        constraints = [
            one_of("list", CodeList, "code_list_known"),
            models.UniqueConstraint(fields=["centre", "list", "code"], name="one_entry_per_code"),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="code_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list}:{self.code}"
