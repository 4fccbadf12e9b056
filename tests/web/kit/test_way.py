"""Where one is: the lit tab, and the way back."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from saan.web.templatetags.kit import breadcrumb
from tests.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def lit(client, path):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [(a["href"], a["aria-current"]) for a in page.select(".subnav a[aria-current]")]


def test_a_tab_is_lit_on_its_page_and_on_the_pages_below_it(client_for, centre):
    client, registry = client_for(), reverse("partners:list")
    partner = PartnerFactory.create(centre=centre)
    imports = reverse("imports:list")
    assert lit(client, registry) == [(registry, "page")]
    assert lit(client, reverse("partners:detail", args=[partner.pk])) == [(registry, "true")]
    assert lit(client, imports) == [(imports, "page")]


def test_the_way_back_ends_with_an_address_and_not_with_an_arrow_to_nowhere():
    way = BeautifulSoup(breadcrumb("People", "/people/", "A", "/people/1"), "html.parser")
    assert [a["href"] for a in way.select("a")] == ["/people/", "/people/1"]
    last = way.select("li")[-1]
    assert [c.name for c in last.find_all(True, recursive=False)][-1] == "a"
