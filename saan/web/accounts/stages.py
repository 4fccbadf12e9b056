"""What stands between the right password and being signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.stages import LoginStage
from django.http import HttpResponseRedirect
from django.urls import reverse

from saan.accounts.queries import has_second_factor

#: Under this key a sign-in notes that a passkey alone proved everything.
BY_PASSKEY = "by_passkey"


class SecondFactorStage(LoginStage):  # type: ignore[misc]
    """Ask for a code or a passkey, if the user has any."""

    key = "second_factor"
    urlname = "account_second_step"

    def handle(self) -> tuple[Any, bool]:
        """Stop here until it is proved; the sign-in waits in the session."""
        user = self.login.user
        if user is None or self.login.state.get(BY_PASSKEY) or not has_second_factor(user):
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True
