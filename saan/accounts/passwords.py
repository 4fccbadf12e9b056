"""What a password must be: long, not one's own name, and not known from somebody else's breach."""

from __future__ import annotations

import mmap
import re
import unicodedata
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from typing import BinaryIO

HASH = re.compile(rb"^[0-9A-Fa-f]{40}(:\d+)?$")
HASH_LENGTH = 40
#: What must be left of a password when one's own name is taken out of it.
OWN_PART = 8
#: Shorter words (initials, titles) are in too many good passwords by chance.
SHORTEST_NAME = 3
#: A list of plain words is searched from its start to its end; a longer one has to be hashes.
LARGEST_PLAIN = 200 * 1024 * 1024
#: Longest line of a list of hashes: the hash, a colon, a count, an end of line.
LINE = 80
PROBES = 64


def composed(text: str) -> str:
    """One spelling of what looks alike: NFKC joins nikhahit and sara aa, orders vowels and tones."""
    return unicodedata.normalize("NFKC", text)


class LongEnough:
    """At least so many characters of any kind; no rule about which."""

    def __init__(self, min_length: int = 12) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature
        """Count characters after composing.

        Raises:
            ValidationError: too short.
        """
        if len(composed(password)) < self.min_length:
            raise ValidationError(self.get_help_text(), code="password_too_short")

    def get_help_text(self) -> str:
        """What to do."""
        words = ngettext(
            "Write at least %(n)d character; a sentence you remember is best.",
            "Write at least %(n)d characters; a sentence you remember is best.",
            self.min_length,
        )
        return words % {"n": self.min_length}


class NotOneself:
    """One's own name, sign-in name or e-mail may be in it, but must not be most of it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Take one's own names out and look at what is left.

        Raises:
            ValidationError: too little.
        """
        if user is None:
            return
        own = f"{user.get_username()} {user.display_name} {user.email}"
        text = composed(password).casefold()
        for word in re.split(r"[\s@._-]+", composed(own).casefold()):
            is_in = len(word) >= SHORTEST_NAME and word in text
            if is_in and len(text.replace(word, "")) < OWN_PART:
                raise ValidationError(self.get_help_text(), code="password_too_similar")

    def get_help_text(self) -> str:
        """What to do."""
        return _("It is too close to your name: add words that have nothing to do with you.")


class NotBreached:
    """Not in the list the installation was given (BREACHED_PASSWORDS)."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature
        """Look it up.

        Raises:
            ValidationError: it is known.
        """
        path = settings.BREACHED_PASSWORDS
        if path and is_listed(composed(password), Path(path)):
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self) -> str:
        """What to do."""
        return _("This password is known from a breach somewhere else: choose another one.")


def is_listed(password: str, path: Path) -> bool:
    """Whether a list has the password; either kind of list, whatever its size, in little memory."""
    with path.open("rb") as file:
        if _has_hashes(file):
            digest = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
            return _find_hash(file, path.stat().st_size, digest)
        return _find_line(file, path.stat().st_size, password.encode())


def fault(path: Path) -> str:
    """What is wrong with a list, in words for whoever runs the installation; empty when nothing."""
    try:
        size = path.stat().st_size
        file = path.open("rb")
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    with file:
        if not size:
            return "it is empty"
        if _has_hashes(file):
            return "" if _is_sorted(file, size) else "its hashes are not sorted: sort the file"
    return "" if size <= LARGEST_PLAIN else "plain words above 200 MB: use sorted SHA-1 hashes"


def _has_hashes(file: BinaryIO) -> bool:
    file.seek(0)
    return bool(HASH.match(file.readline(LINE).strip()))


def _find_line(file: BinaryIO, size: int, password: bytes) -> bool:
    if not size or b"\n" in password or b"\r" in password:
        return False
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        at = text.find(password)
        while at >= 0:
            end = at + len(password)
            if (at == 0 or text[at - 1] == 10) and (end == size or text[end] in b"\r\n"):
                return True
            at = text.find(password, at + 1)
    return False


def _line_at(file: BinaryIO, offset: int) -> tuple[int, bytes]:
    """The first whole line that starts at an offset or after it: where it starts, and its hash."""
    file.seek(offset and offset - 1)
    if offset:
        file.readline(LINE)
    start = file.tell()
    return start, file.readline(LINE)[:HASH_LENGTH].upper()


def _find_hash(file: BinaryIO, size: int, wanted: bytes) -> bool:
    """Halve the file until the line is found: 35 reads for 30 GB."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        start, found = _line_at(file, middle)
        if found == wanted:
            return True
        if found and found < wanted:
            low = start + 1
        else:
            high = middle
    return False


def _is_sorted(file: BinaryIO, size: int) -> bool:
    """Whether lines taken all over the file rise."""
    probes = [_line_at(file, size * n // PROBES)[1] for n in range(PROBES)]
    found = [hash_ for hash_ in probes if hash_]
    return found == sorted(found) and all(HASH.match(hash_) for hash_ in found)
