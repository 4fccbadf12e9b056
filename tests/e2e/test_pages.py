"""Every page of settings, of the account and of the department, in both widths and themes.

Journeys look at the pages they pass; here are those that no journey passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.screens import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]

#: Who opens which page; the name is that of its picture.
PAGES = {
    "admin": {
        "settings_home": "/settings/",
        "settings_centre": "/settings/centre",
        "settings_standards": "/settings/standards",
        "settings_facilities": "/settings/facilities",
        "settings_wages": "/settings/wages",
        "settings_signatories": "/settings/signatories",
        "codes": "/settings/codes/",
        "codes_list": "/settings/codes/service",
        "codes_edit": "/settings/codes/service/meals",
        "staff": "/settings/staff/",
        "staff_invite": "/settings/staff/invite",
        "audit": "/settings/audit/",
        "jobs": "/settings/jobs/",
        "backups": "/settings/backups/",
    },
    "director": {
        "opening": "/settings/opening/",
        "opening_place": "/settings/opening/person",
        "erasing": "/settings/erasing/",
        "access": "/settings/access/",
        "account": "/account/",
        "account_app": "/account/app",
        "account_sessions": "/account/sessions",
        "account_password": "/account/password",
        "more": "/_kit/more",
    },
    "department": {
        "national": "/national/",
        "national_add": "/national/centres/add",
        "national_staff": "/national/staff",
    },
}


@pytest.mark.parametrize("user", PAGES)
def test_axe_and_the_width_of_the_screen_have_nothing_to_say(
    sign_in: Callable[..., Page], user: str
) -> None:
    page = sign_in(user)
    for name, path in PAGES[user].items():
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        look(page, name)
