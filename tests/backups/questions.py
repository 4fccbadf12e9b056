"""What these tests ask of an installation, in a process of its own."""

from __future__ import annotations

import django

django.setup()

from django.test import Client
from django.urls import reverse

from saan.accounts.models import User
from saan.audit import chain, person_keys
from saan.audit.models import AuditEvent
from saan.audit.record import personal_values
from saan.centres.models import Centre
from saan.kernel import clock, crypto
from saan.people.models import Person
from saan.people.sealed import national_id_of
from saan.placements import snapshots
from saan.placements.models import Referral

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = ("today:home", "people:list", "partners:list", "placements:queue", "statistics:home")


def seal() -> int:
    """Link every event into its centre's chain; how many centres."""
    for centre in Centre.objects.all():
        chain.seal_chain(centre.pk, now=clock.now())
    return Centre.objects.count()


def national_ids() -> list[str]:
    """Opened with the installation's key."""
    return sorted(filter(None, map(national_id_of, Person.objects.all())))


def ids_that_are_found_again() -> list[str]:
    """Of those numbers, the ones that the blind index still finds."""
    return [
        number
        for number in national_ids()
        if Person.objects.filter(national_id_key__in=crypto.blind_indexes(number)).exists()
    ]


def snapshots_that_open() -> int:
    """Requests whose sealed snapshot is still readable."""
    rows = Referral.objects.select_related("case")
    return sum("rank" in snapshots.of(row, row.case.person_id) for row in rows)


def events_that_open() -> int:
    """Events about a person whose personal values are still readable."""
    rows = AuditEvent.objects.exclude(person_id=None).exclude(sealed=b"")
    return sum(bool(personal_values(row)) for row in rows)


def events_under_the_wrong_key() -> int:
    """Events about a person that are not sealed under the person's own key."""
    rows = AuditEvent.objects.exclude(person_id=None).exclude(sealed=b"")
    return sum(not person_keys.is_personal(bytes(row.sealed)) for row in rows)


def pages_that_fail(username: str) -> list[str]:
    """Signed in as this user: the pages that do not open."""
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(User.objects.get(username=username), backend=BACKEND)
    return [page for page in PAGES if browser.get(reverse(page)).status_code != 200]
