"""Vocabularies that more than one domain shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As seen or as stated; never guessed from a title."""

    MALE = "male", _("male")
    FEMALE = "female", _("female")
    UNSURE = "unsure", _("not sure")


class TargetGroup(models.TextChoices):
    """Field typology of the people a centre serves (several may apply to one person)."""

    DESTITUTE = "destitute", _("destitute person")
    ROAMING = "roaming", _("roaming person")
    HOMELESS = "homeless", _("homeless person")
    ROAMING_FAMILY = "roaming_family", _("roaming family")
    TEMPORARY_PUBLIC = "temporary_public", _("sleeping in a public place for now")
    BEGGAR = "beggar", _("beggar")
    ALCOHOL_DEPENDENT = "alcohol_dependent", _("alcohol-dependent person")
    STREET_PATIENT = "street_patient", _("person ill on the street")
    PSYCHIATRIC = "psychiatric", _("person with a mental illness")
    EX_PRISONER = "ex_prisoner", _("released prisoner")
    ELDERLY = "elderly", _("elderly person without support")
    DISABLED = "disabled", _("disabled person without support")
    STREET_CHILD = "street_child", _("roaming child")
    UNREGISTERED = "unregistered", _("person without civil registration")
    FOREIGN = "foreign", _("roaming foreigner")


class RatioDefinition(models.TextChoices):
    """How the facility share is counted; its name stands on every output."""

    COHORT = "cohort", _("cases of the year ever sent within the window")
    TRANSFERS = "transfers", _("transfers in the year per case opened in the year")


class SatisfactionScale(models.TextChoices):
    """Two ways in use to name a mean of five levels; which one is printed on every table."""

    A = "A", _("4.21–5.00 is the highest level")
    B = "B", _("4.51–5.00 is the highest level")


class FacilityAct(models.TextChoices):
    """Under which Act a state facility takes people in."""

    DESTITUTE = "shelter", _("state facility (2557 Act)")
    BEGGING = "shelter_beggar", _("state facility (2559 Act)")


class CodeList(models.TextChoices):
    """Lists of words that a centre may adapt: rename, retire, divide. The built-in codes stay."""

    PARTNER_KIND = "partner_kind", _("kinds of partner")
    TARGET_GROUP = "target_group", _("groups of people")
    CAUSE = "cause", _("causes")
    PROBLEM = "problem", _("problems")
    SERVICE = "service", _("services")
    DISPOSITION = "disposition", _("outcomes of a case")
    DECLINE_REASON = "decline_reason", _("why a partner declines")
    END_REASON = "end_reason", _("why a stay ends")


class SetupStep(models.TextChoices):
    """Where the first-run wizard stands; empty when it is done."""

    STANDARDS = "standards", _("times and standards")
    FACILITIES = "facilities", _("state facilities and minimum wage")
    STAFF = "staff", _("staff")
