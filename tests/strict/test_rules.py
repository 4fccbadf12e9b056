"""What the suite refuses is really refused."""

from __future__ import annotations

import socket
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from pytest_socket import SocketConnectBlockedError

from saan.audit.models import AuditEvent
from saan.cases.models import Case
from saan.partners.models import Partner
from saan.places.models import Province
from saan.web.kit.safe_methods import SafeMethodsDoNotWrite, WroteOnRead
from tests.factories import CaseFactory, PartnerFactory
from tests.strict import rules

CLEAN = (
    '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>'
    '<script src="/static/a.js"></script><p title="onclick=\'go()\'">'
)


def test_an_undefined_variable_in_a_page_of_ours_is_an_error(tmp_path):
    template = engines["django"].from_string("{{ nobody.set.this }}")
    inner: Any = template
    inner.template.origin.name = str(rules.OURS / "web" / "x.html")
    with pytest.raises(rules.UndefinedVariable, match="nobody"):
        template.render({})


def test_a_template_of_others_may_have_holes():
    assert engines["django"].from_string("({{ nobody }})").render({}) == "()"


@pytest.mark.django_db
def test_a_naive_datetime_is_an_error(now):
    with pytest.raises(RuntimeWarning, match="naive"):
        PartnerFactory.create(created_at=datetime(2026, 11, 22, 10, 0))


@pytest.mark.django_db
def test_a_datetime_is_not_a_date(now):
    with pytest.raises(TypeError, match="not a date"):
        CaseFactory.create(opened_on=now)
    with pytest.raises(TypeError, match="not a date"):
        Case.objects.filter(opened_on=now).exists()


@pytest.mark.django_db
def test_without_an_order_rows_come_the_other_way_round(centre):
    first, second = PartnerFactory.create_batch(2, centre=centre)
    assert list(Partner.objects.order_by("pk")) == [first, second]
    assert list(Partner.objects.order_by()) != list(Partner.objects.order_by("pk"))


def test_nobody_reaches_the_internet():
    with pytest.raises((SocketConnectBlockedError, UserWarning), match="tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.django_db
def test_a_get_that_writes_is_an_error(rf, centre):
    def view(request):
        Province.objects.filter(code="36").update(name_en="written")
        return HttpResponse()

    assert SafeMethodsDoNotWrite(view)(rf.post("/")).status_code == 200
    with pytest.raises(WroteOnRead), transaction.atomic():
        SafeMethodsDoNotWrite(view)(rf.get("/"))


@pytest.mark.parametrize(
    "html",
    [
        '<button onclick="go()">',
        "<p style='color:red'>",
        '<p class="a" style="color:red">',
        "<script>go()</script>",
        "<p>{{ name }}</p>",
        "<p>{% if x %}</p>",
        '<form method="post" action="/x"><button>go</button></form>',
    ],
)
def test_a_page_with_a_fault_is_refused(html):
    assert list(rules.faults(html))


def test_a_clean_page_passes():
    assert list(rules.faults(CLEAN)) == []


@pytest.mark.django_db
def test_history_cannot_be_changed_in_the_database_itself(actor, centre):
    from saan.audit.record import record

    event = record(actor, "test.done", centre)
    with pytest.raises(TypeError):
        AuditEvent.objects.filter(pk=event.pk).update(event="x")
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET event = 'x' WHERE id = %s", [event.pk])


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_can_be_cleaned_up(centre):
    """The flush after this test must get past the triggers; the next test would see the rest."""
    from saan.audit.record import record
    from saan.kernel.actors import Actor

    record(Actor.system(centre.pk), "test.done", centre)
    assert AuditEvent.objects.count() == 1
