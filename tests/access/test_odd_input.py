"""Whatever stands in an address or in a form that nobody of ours drew: an answer, never a crash."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access import matrix, world
from tests.architecture.source import ROOT

pytestmark = pytest.mark.django_db
READ = re.compile(r"(?:GET|POST|data|query)(?:\.get(?:list)?\(\s*|\[)\"([a-z_]+)\"")
ODD = {
    "nul": "ก\x00ข",
    "an endless number": "9" * 5000,
    "a script": "<script>alert(1)</script>\"'",
    "superscript": "²³",
}


def names_read() -> set[str]:
    """Every parameter that a view asks for by its name, from the source."""
    files = (ROOT / "saan" / "web").rglob("*.py")
    return {name for file in files for name in READ.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_parameter_breaks_no_address(odd, client_for, centre):
    own = world.build(centre)
    browser = client_for("director")
    sent = dict.fromkeys(sorted(names_read()), ODD[odd])
    assert len(sent) > 15
    for address in matrix.addresses():
        path = reverse(address.name, kwargs=world.kwargs_for(address.name, address.kwargs, own))
        if "sign" in path:  # leaving would end the walk
            continue
        for response in (browser.get(f"{path}?{urlencode(sent)}"), posted(browser, path, sent)):
            assert response.status_code < 500, path
            assert b"<script>alert" not in response.content, path


def posted(browser, path, sent):
    """What a POST answers; nothing of it is kept."""
    with transaction.atomic():
        response = browser.post(path, sent)
        transaction.set_rollback(True)
    return response
