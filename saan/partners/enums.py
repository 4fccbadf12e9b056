"""Vocabularies of the partner registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.TextChoices):
    """The ministry's own classes and those the founding document names."""

    TEMPLE = "temple", _("temple")
    MOSQUE = "mosque", _("mosque")
    CHURCH = "church", _("church")
    FOUNDATION = "foundation", _("foundation")
    ASSOCIATION = "association", _("association")
    PUBLIC_BENEFIT = "public_benefit", _("public-benefit organisation")
    CLUB = "club", _("group or club")
    COMMUNITY = "community", _("community organisation")
    COMMUNITY_WELFARE = "community_welfare", _("community welfare organisation")
    BUSINESS = "business", _("business")
    EMPLOYER = "employer", _("individual employer")
    LOCAL_GOVERNMENT = "local_government", _("local government")
    EMPLOYMENT_OFFICE = "employment_office", _("employment office")
    HEALTH = "health", _("hospital or health centre")
    GOVERNMENT = "government", _("other government agency")
    INDIVIDUAL = "individual", _("capable individual")
    VOLUNTEER = "volunteer", _("volunteer")


class Stage(models.TextChoices):
    """How far the relation has come."""

    FOUND = "found", _("found")
    ANALYSED = "analysed", _("analysed")
    CONTACTED = "contacted", _("contacted")
    AGREED = "agreed", _("agreed")
    HOSTING = "hosting", _("hosting")
    RESTING = "resting", _("resting")
    ENDED = "ended", _("ended")


class Channel(models.TextChoices):
    """How the partner was found."""

    MEETING = "meeting", _("meeting")
    SOCIAL_MEDIA = "social_media", _("social media")
    PUBLIC_EVENT = "public_event", _("public event")
    WALK_IN = "walk_in", _("came by themselves")
    REFERRED = "referred", _("referred by a partner")
    WEB = "web", _("website")
    VOLUNTEER = "volunteer", _("volunteer")
    FIELD_VISIT = "field_visit", _("field visit")
    EXISTING = "existing", _("already known")
    OTHER = "other", _("other")


class OfferKind(models.TextChoices):
    """What a partner can give a person."""

    WORK = "work", _("work")
    RESIDENCE = "residence", _("residence")
    DHAMMA_STAY = "dhamma_stay", _("dhamma stay")
    CARE = "care", _("care")
    TRAINING = "training", _("training")


class Feature(models.TextChoices):
    """What a place has, or what a person needs, wishes or must avoid there."""

    LODGING = "lodging", _("a bed")
    FOOD = "food", _("meals")
    ADMITS_AT_NIGHT = "admits_at_night", _("admits at night")
    ALCOHOL_FREE = "alcohol_free", _("alcohol-free")
    NEAR_HOSPITAL = "near_hospital", _("near a hospital")
    MEDICINE = "medicine", _("helps with daily medicine")
    WHEELCHAIR = "wheelchair", _("wheelchair access")
    FAMILY_ROOM = "family_room", _("takes a family together")
    DHAMMA = "dhamma", _("dhamma practice")
    FARM_WORK = "farm_work", _("farm or garden work")
    INDOOR_WORK = "indoor_work", _("indoor work")
    HEAVY_WORK = "heavy_work", _("heavy lifting")
    NO_ID_NEEDED = "no_id_needed", _("no ID card needed")


class ImportState(models.TextChoices):
    """The life of one uploaded workbook."""

    READING = "reading", _("reading")
    PREVIEW = "preview", _("to check")
    APPLYING = "applying", _("being imported")
    APPLIED = "applied", _("imported")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("could not be read")


class RowStatus(models.TextChoices):
    """What becomes of one row of a workbook."""

    READY = "ready", _("ready")
    REVIEW = "review", _("to review")
    REFUSED = "refused", _("refused")
    DUPLICATE = "duplicate", _("already in the registry")
