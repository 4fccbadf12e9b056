"""A partner opens the page on an old phone and a slow line."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.urls import reverse

from saan.notices import links
from saan.notices.models import SignedLink
from saan.placements import actions
from tests.factories import CaseFactory, OfferFactory

ROOT = Path(__file__).resolve().parents[3]
LIMIT = 60 * 1024


@pytest.mark.django_db
def test_the_page_with_all_it_loads_stays_under_sixty_kilobytes(client, actor, centre, now):
    case = CaseFactory.create(person__centre=centre, skills="ทำสวน", avoids=["heavy_work"])
    offer = OfferFactory.create(partner__centre=centre, features=["lodging"])
    referral = actions.request(actor=actor, case=case, offer=offer, now=now)
    token = links.token(SignedLink.objects.get(subject_id=referral.pk))
    page = client.get(reverse("answer:answer", args=[token])).content
    named = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page.decode()))
    if not any(name.startswith("build/assets/") for name in named):
        pytest.skip("nothing is built")
    assert not [name for name in named if "icons-" in name and "icons-few" not in name]
    found = {name: _file(name) for name in named}
    style = next(text.decode() for name, text in found.items() if name.endswith(".css"))
    fonts = re.findall(r'font-family:\s*"?Saan Few"?;[^}]*?url\(/static/([^)]+)\)', style)
    assert len(fonts) == 2
    packed = [len(gzip.compress(body)) for body in (page, *found.values())]
    assert sum(packed) + sum(len(_file(name)) for name in fonts) < LIMIT


def _file(name: str) -> bytes:
    return (ROOT / "saan" / "web" / "static" / name).read_bytes()
