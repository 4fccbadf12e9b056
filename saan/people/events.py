"""What history says about persons."""

from enum import StrEnum


class PersonEvent(StrEnum):
    """Codes of events in a person's life with us."""

    REGISTERED = "person.registered"
    UPDATED = "person.updated"
    NAMED = "person.named"
    VERIFIED = "person.verified"
    NATIONAL_ID_SET = "person.national_id_set"
    NATIONAL_ID_REVEALED = "person.national_id_revealed"
    SAFEGUARDED = "person.safeguarded"
    OPENED = "person.opened"
    ACCESS_ASKED = "person.access_asked"
    ACCESS_GRANTED = "person.access_granted"
    ACCESS_REFUSED = "person.access_refused"
    ACCESS_ENDED = "person.access_ended"
    ACCESS_OPENED = "person.access_opened"
    ERASED = "person.erased"
