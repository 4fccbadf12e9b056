"""A link as a picture that a phone reads."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def qr(address: str) -> SafeString:
    """A link as a QR code, always dark on white so that every phone reads it."""
    code = segno.make(address, error="m", micro=False)
    return SafeString(
        code.svg_inline(
            scale=4,
            border=3,
            dark="#000",
            light="#fff",
            omitsize=True,
            title=_("QR code of the link"),
        )
    )
