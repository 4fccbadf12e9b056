"""Opening the sealed columns of a person. Whoever shows the result asks and records first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saan.kernel import crypto

if TYPE_CHECKING:
    from collections.abc import Callable

    from saan.people.models import Person


def national_id_of(person: Person) -> str:
    """The 13 digits, or "" when not recorded."""
    return crypto.unseal(bytes(person.national_id_sealed)) if person.national_id_sealed else ""


def phone_of(person: Person) -> str:
    """The person's own number (E.164), or ""."""
    return crypto.unseal(bytes(person.phone_sealed)) if person.phone_sealed else ""


def readable(read: Callable[[Person], str], person: Person) -> str | None:
    """What `read` gives; None when this one value is damaged and cannot be opened."""
    try:
        return read(person)
    except crypto.CannotUnseal:
        return None
