"""Vocabularies of cases."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryRoute(models.TextChoices):
    """How the person came to the centre (sections of the 2557 Act)."""

    REPORTED = "reported", _("somebody reported")
    FOUND = "found", _("found by our officers")
    WALK_IN = "walk_in", _("came in person")
    BROUGHT = "brought", _("brought by another agency")


class Reporter(models.TextChoices):
    """Who told us."""

    CITIZEN = "citizen", _("citizen")
    HOTLINE = "1300", _("1300")
    POLICE = "police", _("police")
    HOSPITAL = "hospital", _("hospital")
    LOCAL_GOVERNMENT = "local_government", _("local authority")
    RELATIVE = "relative", _("relative")
    FOUNDATION = "foundation", _("foundation")
    OTHER = "other", _("other")


class LegalCategory(models.TextChoices):
    """The five announced types; their wording is to be confirmed in the Gazette."""

    HARDSHIP = "hardship", _("person in hardship")
    ROAMING = "roaming", _("roaming person")
    PUBLIC_PLACE = "public_place", _("sleeping in a public place")
    STATELESS = "stateless", _("registered but without nationality")
    UNREGISTERED = "unregistered", _("without civil registration")


class Cause(models.TextChoices):
    """Why the person came into this situation (several may apply)."""

    JOBLESS = "jobless", _("lost work or has no income")
    FAMILY = "family", _("family problems")
    ABANDONED = "abandoned", _("abandoned")
    NO_HOME = "no_home", _("no dwelling")
    ILLNESS = "illness", _("illness")
    PSYCHIATRIC = "psychiatric", _("mental illness")
    DISABILITY = "disability", _("disability")
    OLD_AGE = "old_age", _("old age")
    ALCOHOL = "alcohol", _("alcohol")
    DRUGS = "drugs", _("drugs")
    RELEASED = "released", _("released from prison")
    DEBT = "debt", _("debt")
    LOST = "lost", _("lost or forgetful")
    NO_FARE = "no_fare", _("no fare home")
    EXPLOITED = "exploited", _("deceived or exploited")
    NO_STATUS = "no_status", _("no civil status")
    EPIDEMIC = "epidemic", _("epidemic")
    BY_CHOICE = "by_choice", _("chose to roam")


class Problem(models.TextChoices):
    """What has to be solved with the person (several may apply)."""

    NO_INCOME = "no_income", _("no income")
    NO_DWELLING = "no_dwelling", _("nowhere to live")
    NO_DOCUMENTS = "no_documents", _("no documents")
    BODY = "body", _("physical health")
    MIND = "mind", _("mental health")
    ADDICTION = "addiction", _("alcohol or drugs")
    CARE = "care", _("cannot care for themselves")
    RELATIVES = "relatives", _("relatives not found or not willing")
    VIOLENCE = "violence", _("violence or exploitation")
    DEBTS = "debts", _("debts")
    LAW = "law", _("legal matters")
    RIGHTS = "rights", _("does not receive welfare rights")


class Service(models.TextChoices):
    """What a centre does for a person."""

    MEALS = "meals", _("food and water")
    CLOTHING = "clothing", _("clothes and things of daily use")
    NIGHT_SHELTER = "night_shelter", _("a bed for some nights")
    BATH = "bath", _("bath and hygiene")
    FIRST_AID = "first_aid", _("first aid or to hospital")
    HEALTH_CHECK = "health_check", _("health check")
    RELATIVES_SEARCH = "relatives_search", _("search for relatives")
    TRAVEL_HOME = "travel_home", _("fare or journey home")
    MONEY = "money", _("welfare money")
    ID_CARD = "id_card", _("ID card or civil status")
    DISABILITY_CARD = "disability_card", _("disability card or allowance")
    TREATMENT_RIGHT = "treatment_right", _("right to treatment")
    TRAINING = "training", _("vocational training")
    JOB = "job", _("help to find work")
    COUNSEL = "counsel", _("counselling")
    THERAPY = "therapy", _("treatment of addiction")
    LEGAL = "legal", _("legal help")


class UrgentNeed(models.TextChoices):
    """What cannot wait until tomorrow."""

    BED_TONIGHT = "bed_tonight", _("a bed tonight")
    FOOD = "food", _("food and water")
    ILL = "ill", _("ill or injured")
    MEDICINE = "medicine", _("regular medicine")
    CLOTHES = "clothes", _("clothes")
    RELATIVES = "relatives", _("contact relatives")
    CHILD = "child", _("a child is with them")


class CaseState(models.TextChoices):
    """The life of an episode of protection."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class DispositionCode(models.TextChoices):
    """What became of the person: one current disposition per case, with history."""

    FAMILY = "family", _("back with family or community")
    HOMETOWN = "hometown", _("returned to home area")
    EMPLOYER = "employer", _("working with a partner employer")
    JOB_OFFICE = "job_office", _("referred to the employment office")
    TEMPLE = "temple", _("staying at a temple")
    FOUNDATION = "foundation", _("with a foundation")
    COMMUNITY_HOST = "community_host", _("cared for by a community or individual")
    SHELTER = "shelter", _("state facility (2557 Act)")
    SHELTER_BEGGAR = "shelter_beggar", _("state facility (2559 Act)")
    OTHER_LAW_AGENCY = "other_law_agency", _("agency under another law")
    HOSPITAL = "hospital", _("hospital")
    PSYCHIATRIC = "psychiatric", _("psychiatric hospital")
    REHAB = "rehab", _("rehabilitation")
    IMMIGRATION = "immigration", _("immigration")
    POLICE = "police", _("police")
    TRAFFICKING_REFERRAL = "trafficking_referral", _("referred as trafficking victim")
    TEMPORARY_STAY = "temporary_stay", _("temporary stay")
    SELF_RELEASE = "self_release", _("left at own request")
    ABSCONDED = "absconded", _("lost contact")
    REFUSED = "refused", _("refused help")
    DECEASED = "deceased", _("deceased")
    NOT_TARGET = "not_target", _("not a target person")


#: The numerator of the facility share (domain facts, section 6).
FACILITY = frozenset({DispositionCode.SHELTER, DispositionCode.SHELTER_BEGGAR})
#: The partner share.
PARTNER = frozenset(
    {
        DispositionCode.EMPLOYER,
        DispositionCode.TEMPLE,
        DispositionCode.FOUNDATION,
        DispositionCode.COMMUNITY_HOST,
        DispositionCode.JOB_OFFICE,
    }
)
#: Counted apart from both.
HOME = frozenset({DispositionCode.FAMILY, DispositionCode.HOMETOWN})
