"""What was known when a request was sent, kept under the person's key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from saan.audit import person_keys

if TYPE_CHECKING:
    from saan.kernel.actors import Actor
    from saan.placements.models import Referral


def sealed(actor: Actor, person_id: int, snapshot: dict[str, Any]) -> bytes:
    """The snapshot as it is stored."""
    return person_keys.seal(actor.centre_id, person_id, json.dumps(snapshot, ensure_ascii=False))


def of(referral: Referral, person_id: int) -> dict[str, Any]:
    """The snapshot; {} when there is none, or when the person was erased."""
    data = bytes(referral.snapshot_sealed)
    if not data or (text := person_keys.Keyring().unseal(person_id, data)) is None:
        return {}
    found: dict[str, Any] = json.loads(text)
    return found
