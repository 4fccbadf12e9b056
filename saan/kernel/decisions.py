"""May this happen? Yes, or a reason that a person will read."""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A rule said no. The message is for the person who tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Decision:
    """Truthy when allowed; otherwise `reason` says why not and `remedy` what would change it."""

    reason: str = ""
    remedy: str = ""

    def __bool__(self) -> bool:
        return not self.reason

    def require(self) -> None:
        """Go on only if allowed.

        Raises:
            Refused: with the reason.
        """
        if self.reason:
            raise Refused(self.reason)


ALLOWED = Decision()
