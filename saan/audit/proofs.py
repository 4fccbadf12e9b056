"""Whether our keys are those of this data: asked before anything serves or writes.

Each key that ever sealed here left a known word behind. A key that does not open its word, data
whose key we do not have, a key that is still needed and was taken away: all three stop us before a
value is shown wrongly or written over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.translation import gettext as _

from saan.audit.columns import stores
from saan.audit.models import KeyProof
from saan.kernel import crypto
from saan.kernel.scope import within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

WORD = "saan"


class WrongKey(RuntimeError):  # noqa: N818 - it says what is wrong
    """The keys that are set are not those of this data; the message says so to the administrator."""


def faults(centre_ids: Iterable[int]) -> list[str]:
    """What is wrong with the keys, in words; nothing is written.

    An installation without proofs is judged by one value of each sealed column.
    """
    if KeyProof._meta.db_table not in connection.introspection.table_names():
        return []  # there is nothing yet that a wrong key could harm
    try:
        ours = crypto.identifiers()
        proofs = list(KeyProof.objects.filter(retired_at=None).order_by("pk"))
        if not proofs:
            return _judged_by_data(centre_ids)
    except (ImproperlyConfigured, OSError) as error:
        return [str(error)]
    missing = [proof.identifier for proof in proofs if proof.identifier not in ours]
    if len(missing) == len(proofs):
        return [_wrong(ours, missing)]
    found = [_still_needed(name) for name in missing]
    return found + [_damaged(p.identifier) for p in proofs if not _opens(p, ours)]


def require(centre_ids: Iterable[int], *, now: datetime) -> None:
    """Let nothing serve with a wrong key; leave the word of a new one.

    Raises:
        WrongKey: see `faults`.
    """
    centre_ids = list(centre_ids)
    if found := faults(centre_ids):
        raise WrongKey("\n".join(found))
    if KeyProof._meta.db_table in connection.introspection.table_names():
        leave(crypto.identifiers()[0], now)


def leave(identifier: str, now: datetime) -> None:
    """Write the word of the sealing key, once; a key that was retired is in use again."""
    fresh = {"proof": crypto.seal(WORD), "created_at": now}
    proof, is_new = KeyProof.objects.get_or_create(identifier=identifier, defaults=fresh)
    if not is_new and proof.retired_at is not None:
        KeyProof.objects.filter(pk=proof.pk).update(retired_at=None)


def _opens(proof: KeyProof, ours: list[str]) -> bool:
    if proof.identifier not in ours:
        return True  # said already
    try:
        return crypto.unseal(proof.proof) == WORD
    except crypto.CannotUnseal:
        return False


def _judged_by_data(centre_ids: Iterable[int]) -> list[str]:
    for centre_id in centre_ids:
        for store in stores():
            with within(centre_id if store.by_centre else 0):
                try:
                    store.sample(centre_id)
                except crypto.CannotUnseal:
                    return [_wrong(crypto.identifiers(), [store.name])]
    return []


def _wrong(ours: list[str], theirs: list[str]) -> str:
    text = _(
        "The key %(ours)s is not the key of this data, which was sealed with %(theirs)s."
        " Nothing was changed. Set ENCRYPTION_KEY or ENCRYPTION_KEY_FILE to the key of this data."
    )
    return text % {"ours": ", ".join(ours), "theirs": ", ".join(theirs)}


def _still_needed(name: str) -> str:
    text = _(
        "The key %(name)s is still needed and is not among those that are set. Nothing was"
        " changed. Add it after the first one; “manage.py keys” says when it may go."
    )
    return text % {"name": name}


def _damaged(name: str) -> str:
    text = _("The proof of the key %(name)s cannot be opened: the database was changed or damaged.")
    return text % {"name": name}
