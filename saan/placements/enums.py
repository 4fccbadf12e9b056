"""Vocabularies of requests, placements and follow-ups."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    """The life of one request to one partner."""

    SENT = "sent", _("waiting for an answer")
    TALK = "talk", _("wants to talk first")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("not convenient")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("accepted elsewhere")
    EXPIRED = "expired", _("not answered in time")


class AnswerChannel(models.TextChoices):
    """How the answer reached us."""

    LINK = "link", _("by link")
    PHONE = "phone", _("by phone")


class DeclineReason(models.TextChoices):
    """Why a partner said no this time."""

    FULL = "full", _("no place left")
    BAD_TIME = "bad_time", _("not a good time")
    NOT_SUITABLE = "not_suitable", _("not suitable for this person")
    NO_STAFF = "no_staff", _("not enough carers")
    PERSON_DECLINED = "person_declined", _("the person does not want to go")
    OTHER = "other", _("another reason")


class PlacementState(models.TextChoices):
    """The life of a place that was promised."""

    RESERVED = "reserved", _("place reserved")
    STAYING = "staying", _("staying")
    ENDED = "ended", _("ended")
    CANCELLED = "cancelled", _("did not arrive")


class EndReason(models.TextChoices):
    """Why a placement ended."""

    SELF_RELIANT = "self_reliant", _("succeeded, lives on their own")
    MOVED_JOB = "moved_job", _("moved to another job")
    DISMISSED = "dismissed", _("dismissed")
    RESIGNED = "resigned", _("left by own wish")
    RAN_AWAY = "ran_away", _("ran away")
    ILL = "ill", _("fell ill")
    ABUSED = "abused", _("was mistreated")
    ROAMING_AGAIN = "roaming_again", _("roams again")
    TO_FACILITY = "to_facility", _("sent to a state facility")
    HOME = "home", _("went home to family")
    DECEASED = "deceased", _("died")


class FollowUpOutcome(models.TextChoices):
    """How the person is, each time we ask."""

    WELL = "well", _("well, carries on")
    NEEDS_HELP = "needs_help", _("needs help")
    UNREACHABLE = "unreachable", _("could not be reached")
    LEFT = "left", _("has left")


class OpeningState(models.TextChoices):
    """The life of an opening-balance workbook."""

    PREVIEW = "preview", _("to check")
    ENTERED = "entered", _("entered")
    DROPPED = "dropped", _("put aside")
