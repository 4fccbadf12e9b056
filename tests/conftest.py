"""What every test can ask for, and what every test refuses."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase
from django.utils import translation

from saan.centres.permissions import ROLES, Permission
from saan.centres.staff_rules import is_national
from saan.kernel.actors import Actor
from saan.web.kit.actors import CHOSEN
from tests.factories import (
    CentreFactory,
    MembershipFactory,
    NationalStaffFactory,
    UserFactory,
    province,
    role,
)
from tests.strict import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from saan.centres.models import Centre

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def today() -> date:
    """Sunday 22 November 2569 B.E., fiscal year 2570."""
    return date(2026, 11, 22)


@pytest.fixture
def now() -> datetime:
    """Ten in the morning of `today` in Bangkok."""
    return datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def centre(db: None) -> Centre:
    """The centre of Chaiyaphum (36)."""
    return CentreFactory.create()


@pytest.fixture
def other_centre(db: None) -> Centre:
    """The centre of Nakhon Ratchasima (30), whose rows `actor` must never see."""
    return CentreFactory.create(province=province("30"))


def everything(centre: Centre) -> Actor:
    """Somebody of the centre with every permission."""
    user = UserFactory.create()
    return Actor(
        centre_id=centre.pk,
        user_id=user.pk,
        name=str(user),
        permissions=frozenset(str(p) for p in Permission),
    )


@pytest.fixture
def actor(centre: Centre) -> Actor:
    """Staff of `centre` with every permission."""
    return everything(centre)


@pytest.fixture
def stranger(other_centre: Centre) -> Actor:
    """Staff of `other_centre` with every permission."""
    return everything(other_centre)


@pytest.fixture
def client_for(centre: Centre) -> Callable[..., Client]:
    """client_for("case", other_centre) is a browser in which that role is signed in.

    The department's roles have chosen the centre.
    """
    own = centre

    def signed_in(code: str = "director", centre: Centre | None = None) -> Client:
        where, client = centre or own, Client()
        if is_national(ROLES[code][2]):
            somebody = NationalStaffFactory.create(role=role(code)).user
        else:
            somebody = MembershipFactory.create(centre=where, role=role(code)).user
        client.force_login(somebody, backend=BACKEND)
        if is_national(ROLES[code][2]):
            session = client.session
            session[CHOSEN] = where.pk
            session.save()
        return client

    return signed_in


def pytest_configure() -> None:
    """A hole in a template is an error, from the first rendering on."""
    options: Any = settings.TEMPLATES[0]["OPTIONS"]
    options["string_if_invalid"] = rules.Undefined()


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See tests/strict."""
    rules.dates_are_not_datetimes(monkeypatch)
    rules.unordered_comes_back_reversed(monkeypatch)
    kept = Client.request

    def request(self: Client, **environ: Any) -> Any:
        response = kept(self, **environ)
        rules.check(response)
        return response

    monkeypatch.setattr(Client, "request", request)
    with translation.override("th"):
        yield


def _suspended() -> Any:
    """Lift the append-only triggers, so that the tables can be emptied after a test."""
    try:
        from saan.audit.triggers import suspended
    except ImportError:
        return contextlib.nullcontext()
    return suspended()


_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _flush_history_too(self: TransactionTestCase) -> None:
    with _suspended():
        _flush(self)


TransactionTestCase._fixture_teardown = _flush_history_too  # type: ignore[attr-defined]
