"""For migrations that put old values under the keys of persons and centres.

They work on historical models, in batches of a few hundred rows, in one transaction: with a wrong
key they stop before anything is changed, and stopped half-way they leave everything as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.audit import centre_keys, person_keys
from saan.kernel import clock, crypto

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

BATCH = 500


class WrongKey(RuntimeError):  # noqa: N818 - it says what is wrong
    """The data was sealed with another key."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The key that is set does not open this data. Nothing was changed. Set"
                " ENCRYPTION_KEY or ENCRYPTION_KEY_FILE to the key of this data and run it again."
            )
        )


def opened(data: bytes | memoryview) -> str:
    """A value that the installation's key sealed.

    Raises:
        WrongKey: it cannot be opened.
    """
    try:
        return crypto.unseal(data)
    except crypto.CannotUnseal as error:
        raise WrongKey from error


def batches(rows: QuerySet[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The rows in the order of their keys, a few at a time."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield found
        last = found[-1].pk


class OldKeyring:
    """The keys of persons and centres, made where there is none; models as they were then."""

    def __init__(self, apps: Any, using: str) -> None:
        self._persons = apps.get_model("audit", "PersonKey").objects.using(using)
        self._centres = apps.get_model("audit", "CentreKey").objects.using(using)
        self._of_centre: dict[int, bytes] = {}
        self._of_person: dict[int, bytes] = {}

    def meet(self, persons: dict[int, int]) -> None:
        """Have the keys of these persons ready: {person: centre}. Those of before are forgotten."""
        self._of_person = {}
        for row in self._persons.filter(person_id__in=persons):
            self._of_person[row.person_id] = crypto.unwrap(row.wrapped)
        made = []
        for person, centre in persons.items():
            if person not in self._of_person:
                self._of_person[person], wrapped = crypto.new_data_key()
                made.append(
                    self._persons.model(
                        person_id=person, centre_id=centre, wrapped=wrapped, created_at=clock.now()
                    )
                )
        self._persons.bulk_create(made)

    def for_person(self, person: int, text: str) -> bytes:
        """The text under the key of a person that was met."""
        key, about = self._of_person[person], person_keys.about(person)
        return crypto.seal_under(key, person_keys.VERSION, about, text)

    def for_centre(self, centre: int, text: str) -> bytes:
        """The text under the key of the centre."""
        if centre not in self._of_centre:
            row = self._centres.filter(centre_id=centre).first()
            if row is not None:
                self._of_centre[centre] = crypto.unwrap(row.wrapped)
            else:
                self._of_centre[centre], wrapped = crypto.new_data_key()
                self._centres.create(centre_id=centre, wrapped=wrapped, created_at=clock.now())
        key, about = self._of_centre[centre], centre_keys.about(centre)
        return crypto.seal_under(key, centre_keys.VERSION, about, text)
