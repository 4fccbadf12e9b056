"""The letters about an account: subject and sentence of each."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

#: Where one looks at one's sessions and says *that was not me*.
PATH = "/account/sessions"
#: code → (subject, sentence) of the letter
LETTERS: dict[str, tuple[str, str]] = {
    "account.new_device": (
        gettext_noop("Saan: signed in from a new device"),
        gettext_noop("On %(when)s somebody signed in to your account with %(device)s."),
    ),
    "account.codes_locked": (
        gettext_noop("Saan: wrong codes after your password"),
        gettext_noop(
            "On %(when)s somebody typed your right password and then five wrong codes."
            " If it was not you, change your password now."
        ),
    ),
    "account.factors_reset": (
        gettext_noop("Saan: your second factor was taken away"),
        gettext_noop(
            "On %(when)s an administrator took away your second factor, because you could not"
            " sign in. If you did not ask for that, tell your centre at once."
        ),
    ),
    "account.password_changed": (
        gettext_noop("Saan: your password was changed"),
        gettext_noop("On %(when)s your password was changed."),
    ),
}


def letter(code: str, params: dict[str, str]) -> tuple[str, str]:
    """Subject and text, in Thai as all our letters are."""
    with override("th"):
        subject, sentence = LETTERS[code]
        parts = [_(sentence) % params]
        if settings.PUBLIC_URL:
            parts.append(
                _("See where you are signed in, or say that it was not you: %(address)s")
                % {"address": settings.PUBLIC_URL + PATH}
            )
        return _(subject), "\n\n".join(parts)
