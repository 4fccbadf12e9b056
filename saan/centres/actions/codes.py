"""Every write to a centre's code lists. The centre's row is the lock: one edit after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from saan.audit.models import AuditEvent
from saan.audit.record import record
from saan.centres import codes, codes_rules, queries
from saan.centres.codes_events import CodeEvent
from saan.centres.models import Centre, CodeEntry
from saan.kernel.decisions import Refused
from saan.kernel.merging import EditedMeanwhile, merge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from saan.centres.codes import Value
    from saan.kernel.actors import Actor

FIELDS = ("label_th", "label_en", "valid_from", "valid_to")


class ValueFields(TypedDict, total=False):
    """What a centre may say of a value. `valid_to` is the last day on which it may be chosen."""

    label_th: str
    label_en: str
    valid_from: date | None
    valid_to: date | None


@transaction.atomic
def add(
    *,
    actor: Actor,
    which: str,
    base: str,
    label_th: str,
    now: datetime,
    label_en: str = "",
    valid_from: date | None = None,
) -> Value:
    """Add a value of the centre's own, which counts as the built-in `base`.

    Raises:
        Refused: there is no such base, or the word is taken.
    """
    _lock(actor)
    if base not in codes.builtin(which).values:
        raise Refused(_("Choose what it counts as."))
    codes_rules.can_name("", label_th, _words(actor, which), is_own=True).require()
    entry = CodeEntry.objects.create(
        centre_id=actor.centre_id,
        list=which,
        code=f"{base}.{_next_number(actor, which, base)}",
        label_th=label_th.strip(),
        label_en=label_en.strip(),
        valid_from=valid_from,
    )
    _record(actor, CodeEvent.ADDED, entry, _facts(entry), now)
    return _value(actor, which, entry.code)


@transaction.atomic
def change(
    *,
    actor: Actor,
    which: str,
    code: str,
    now: datetime,
    seen: Mapping[str, Any] | None = None,
    reason: str = "",
    **fields: Unpack[ValueFields],
) -> Value:
    """Rename a value, or say from when to when it may be chosen; old records keep it.

    `seen` is what `Value.facts` gave when the form was opened; `reason` goes into history.

    Raises:
        EditedMeanwhile: somebody else changed the same fields since.
        Refused: the word is taken, the product needs the value, or it is the last one.
    """
    _lock(actor)
    before = _value(actor, which, code)
    now_there = before.facts()
    mine = {name: _plain(value) for name, value in fields.items()}
    merged = merge(now_there if seen is None else seen, now_there, mine)
    if merged.clashes:
        raise EditedMeanwhile(merged.clashes)
    wanted: dict[str, Any] = {name: fields[name] for name in FIELDS if name in merged.values}  # type: ignore[literal-required]
    changed: dict[str, Any] = {name: [now_there[name], mine[name]] for name in wanted}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    if not changed:
        return before
    _require(actor, before, wanted)
    entry, _is_new = CodeEntry.objects.get_or_create(
        centre_id=actor.centre_id, list=which, code=code
    )
    _set(entry, wanted)
    if reason.strip():
        changed["reason"] = reason.strip()
    _record(actor, CodeEvent.CHANGED, entry, changed, now)
    return _value(actor, which, code)


@transaction.atomic
def reset(*, actor: Actor, which: str, code: str, now: datetime) -> Value:
    """Make a built-in value what it was: its words, no end. Its place in the order stays.

    Raises:
        Refused: it is one of the centre's own.
    """
    _lock(actor)
    before = _value(actor, which, code)
    if before.is_own:
        raise Refused(_("A value of your own has no built-in words."))
    entry = _entry(actor, which, code)
    if entry is None or not before.is_changed:
        return before
    changed = {name: [value, None] for name, value in before.facts().items() if value}
    entry.label_th = entry.label_en = ""
    entry.valid_from = entry.valid_to = None
    entry.save()
    _record(actor, CodeEvent.RESET, entry, changed, now)
    return _value(actor, which, code)


@transaction.atomic
def delete(*, actor: Actor, which: str, code: str, now: datetime) -> None:
    """Take away a value of the centre's own that no record holds; its number is not given again.

    Raises:
        Refused: it is built in, or a record holds it.
    """
    _lock(actor)
    value = _value(actor, which, code)
    codes_rules.can_delete(value, codes.uses(actor, which)[code]).require()
    entry = _entry(actor, which, code)
    assert entry is not None  # noqa: S101 - a value of its own is an entry
    _record(actor, CodeEvent.DELETED, entry, {n: v for n, v in value.facts().items() if v}, now)
    entry.delete()


@transaction.atomic
def move(
    *,
    actor: Actor,
    which: str,
    code: str,
    step: int,
    now: datetime,
    seen: Sequence[str] | None = None,
) -> None:
    """Move a value up (-1) or down (1). `seen` is the order the page showed.

    Raises:
        Refused: it stands at the end, or somebody else has moved something since.
    """
    _lock(actor)
    order = [one.code for one in codes.values(which, actor.centre_id)]
    if code not in order:
        raise Refused(_("This is not in the list."))
    if seen is not None and list(seen) != order:
        raise Refused(
            _("Somebody else changed this list meanwhile. Nothing was moved: look again.")
        )
    codes_rules.can_move(order, code, step).require()
    at = order.index(code)
    order[at], order[at + step] = order[at + step], order[at]
    _put_in_order(actor, which, order)
    entry = _entry(actor, which, code)
    assert entry is not None  # noqa: S101 - it has just been put in order
    _record(actor, CodeEvent.ORDERED, entry, {"position": [at + 1, at + 1 + step]}, now)


@transaction.atomic
def reset_order(*, actor: Actor, which: str, now: datetime) -> None:
    """Put the list into its built-in order; doing it twice changes nothing."""
    centre = _lock(actor)
    rows = CodeEntry.objects.for_actor(actor).filter(list=which, position__isnull=False)
    if not rows.exists():
        return
    rows.update(position=None)
    queries.forget()
    record(actor, CodeEvent.ORDERED, centre, changes={"list": which, "position": None}, at=now)


def _set(entry: CodeEntry, wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        setattr(entry, name, value.strip() if isinstance(value, str) else value)
    entry.save()


def _require(actor: Actor, before: Value, wanted: Mapping[str, Any]) -> None:
    """Ask every rule about the value as it would become."""
    begins = wanted.get("valid_from", before.valid_from)
    ends = wanted.get("valid_to", before.valid_to)
    if "label_th" in wanted:
        words = _words(actor, before.list)
        codes_rules.can_name(before.code, wanted["label_th"], words, is_own=before.is_own).require()
    codes_rules.can_begin(before, begins).require()
    if {"valid_from", "valid_to"} & wanted.keys():
        others = codes.values(before.list, actor.centre_id)
        codes_rules.can_last(before, others, begins, ends).require()


def _lock(actor: Actor) -> Centre:
    """The centre's row, so that no two edits of its lists happen at once."""
    centre = Centre.objects.select_for_update().get(pk=actor.centre_id)
    queries.forget()
    return centre


def _words(actor: Actor, which: str) -> dict[str, str]:
    """code → the Thai word it has now."""
    with override("th"):
        return {
            one.code: codes.label(which, one.code, actor.centre_id)
            for one in codes.values(which, actor.centre_id)
        }


def _value(actor: Actor, which: str, code: str) -> Value:
    found = codes.value(which, code, actor.centre_id)
    if found is None:
        raise Refused(_("This is not in the list."))
    return found


def _entry(actor: Actor, which: str, code: str) -> CodeEntry | None:
    return CodeEntry.objects.for_actor(actor).filter(list=which, code=code).first()


def _next_number(actor: Actor, which: str, base: str) -> int:
    """Never one that was given before: old history would read as the new value."""
    events = AuditEvent.objects.filter(
        centre_id=actor.centre_id,
        event=CodeEvent.ADDED,
        changes__list=which,
        changes__code__startswith=f"{base}.",
    )
    given = [str(code) for code in events.values_list("changes__code", flat=True)]
    given += [one.code for one in codes.values(which, actor.centre_id) if one.base == base]
    return max((int(code.partition(".")[2] or 0) for code in given), default=0) + 1


def _put_in_order(actor: Actor, which: str, order: list[str]) -> None:
    for place, code in enumerate(order, 1):
        CodeEntry.objects.update_or_create(
            centre_id=actor.centre_id, list=which, code=code, defaults={"position": place}
        )
    queries.forget()


def _facts(entry: CodeEntry) -> dict[str, Any]:
    told = {name: _plain(getattr(entry, name)) for name in FIELDS}
    return {name: value for name, value in told.items() if value}


def _record(
    actor: Actor, event: CodeEvent, entry: CodeEntry, changes: dict[str, Any], now: datetime
) -> None:
    queries.forget()
    record(actor, event, entry, changes={"list": entry.list, "code": entry.code, **changes}, at=now)


def _plain(value: Any) -> Any:
    """As JSON: days as text, words without blanks around them."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value
