"""The 13-digit number of the civil registration.

Its first digit may be 0 to 8: 0 is a person without civil status, 6 and 7 minorities and their
children, 8 aliens and the naturalised. Libraries that follow the citizens' rules refuse them.
Digits 2 to 5 name the registration office and never the home.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from saan.kernel.thai.digits import to_arabic

_SEPARATORS = re.compile(r"[\s.\-–—/]+")
_FLOAT_TAIL = re.compile(r"\.0+$")


class BadNationalId(ValueError):  # noqa: N818 - it is an answer, not a fault
    """Not a 13-digit number; `reason` is for the person who typed it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_digit(first_twelve: str) -> str:
    """The thirteenth digit: (11 - sum of d_i x (14 - i) mod 11) mod 10."""
    total = sum(int(digit) * (13 - i) for i, digit in enumerate(first_twelve[:12]))
    return str((11 - total % 11) % 10)


def parse(text: str) -> str:
    """Read a number as people write it, with dashes, spaces or Thai digits.

    Raises:
        BadNationalId: wrong length, a first digit nobody has, or a wrong check digit.
    """
    digits = _SEPARATORS.sub("", _FLOAT_TAIL.sub("", to_arabic(text).strip()))
    if not re.fullmatch(r"[0-9]*", digits):
        raise BadNationalId(_("The ID number may only hold digits."))
    if len(digits) != 13:
        raise BadNationalId(
            _("The ID number has 13 digits; this one has %(count)d.") % {"count": len(digits)}
        )
    if digits[0] == "9":
        raise BadNationalId(_("No ID number begins with 9."))
    if check_digit(digits) != digits[12]:
        raise BadNationalId(
            _("The ID number does not add up: a digit is wrong or two are swapped.")
        )
    return digits


def display(digits: str) -> str:
    """`1-2345-45678-78-1`."""
    return f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}"


def mask(digits: str) -> str:
    """`1-xxxx-xxxxx-78-1`: enough to tell two apart, not enough to use."""
    return f"{digits[0]}-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"
