"""The form of one partner: its facts, its contacts, what it was opened with, and two edits that met."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.kernel.merging import EditedMeanwhile
from saan.partners import actions, queries
from saan.partners.values import snapshot
from saan.web.partners import timeline
from saan.web.partners.forms import (
    ContactFormSet,
    PartnerForm,
    contact_initial,
    initial_of,
    phones_text,
)
from saan.web.partners.timeline import value_words as words
from saan.web.partners.words import district_line, subdistrict_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.http import QueryDict
    from django.utils.safestring import SafeString

    from saan.kernel.actors import Actor
    from saan.partners.models import Partner
    from saan.partners.queries import PartnerCard

SALT = "partners.editor"
THEIRS = "theirs"
MINE = "mine"


@dataclass(frozen=True, slots=True)
class ClashView:
    """One field that both changed, in words."""

    field: str
    label: str
    theirs: str
    mine: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class SameView:
    """A partner that may be the one being written, and why."""

    partner: Partner
    place: str
    reasons: tuple[str, ...]


REASONS = {
    "name": gettext_lazy("the same name"),
    "near": gettext_lazy("a name like it"),
    "phone": gettext_lazy("the same number"),
    "place": gettext_lazy("the same district"),
}


class Editor:
    """A partner being written. `card` is None for a new one."""

    def __init__(
        self, actor: Actor, card: PartnerCard | None = None, data: QueryDict | None = None
    ) -> None:
        self.actor = actor
        self.card = card
        self.data = _with_room(data) if data is not None else None
        self.clashes: list[ClashView] = []
        self.form = PartnerForm(self.data, initial=self._initial())
        self.contacts = ContactFormSet(self.data, prefix="contacts", initial=self._contacts())

    @property
    def partner(self) -> Partner | None:
        """The row that is being changed."""
        return self.card.partner if self.card else None

    @property
    def asks_for_more(self) -> bool:
        """Whether the form was sent for more fields or places, not to be saved."""
        return self.data is not None and bool(self.data.get("more"))

    @property
    def anyway(self) -> bool:
        """Whether the officer has said that it is another one."""
        return self.data is not None and bool(self.data.get("anyway"))

    def is_valid(self) -> bool:
        """Whether everything typed can be used and every clash is decided."""
        valid = self.form.is_valid() & self.contacts.is_valid()
        return valid and not self._undecided()

    @cached_property
    def same(self) -> list[SameView]:
        """Who may be in the registry already."""
        data = getattr(self.form, "cleaned_data", {})
        return same_as(self.actor, data, besides=self.partner.pk if self.partner else None)

    @property
    def must_confirm_other(self) -> bool:
        """Whether only a word of the officer can tell that it is not one of `same`."""
        asked = self.card is None and self.data is not None and not self.asks_for_more
        return asked and self.form.is_valid() and bool(self.same)

    @property
    def seen_field(self) -> SafeString:
        """What the form was opened with, and who it is, hidden in the form."""
        return self.form["seen"].as_hidden() + self.form["partner"].as_hidden()

    def create(self, now: datetime) -> Partner:
        """Enter the partner; the same form sent twice is one."""
        return actions.create_once(
            actor=self.actor,
            now=now,
            contacts=self.contacts.contacts(),  # type: ignore[attr-defined]
            phones=self.form.cleaned_data["phones"],
            **self.form.values(),
        )

    def save(self, partner: Partner, now: datetime) -> bool:
        """Write the changes; False when somebody else changed the same fields meanwhile."""
        left = self._left_to_them()
        values: Any = {k: v for k, v in self.form.values().items() if k not in left}
        contacts = None if "contacts" in left else self.contacts.contacts()  # type: ignore[attr-defined]
        phones = None if "phones" in left else self.form.cleaned_data["phones"]
        try:
            actions.update(
                actor=self.actor,
                partner=partner,
                now=now,
                seen=self._seen(),
                contacts=contacts,
                phones=phones,
                **values,
            )
        except EditedMeanwhile as met:
            self._show(met)
            return False
        return True

    def _initial(self) -> dict[str, Any]:
        if self.card is None:
            return {}
        own = [phone for phone in self.card.phones if phone.contact_id is None]
        return initial_of(self.card.partner) | {
            "phones": phones_text(own),
            "seen": _sealed(snapshot(self.card.partner)),
            "partner": self.card.partner.pk,
        }

    def _contacts(self) -> list[dict[str, str]]:
        if self.card is None:
            return [{}]
        phones = list(self.card.phones)
        return [contact_initial(contact, phones) for contact in self.card.contacts] or [{}]

    def _seen(self) -> Mapping[str, Any] | None:
        """What the form was opened with; nonsense counts as the state now."""
        try:
            seen: dict[str, Any] = signing.loads(self.form.cleaned_data["seen"], salt=SALT)
        except signing.BadSignature:
            return None
        return seen

    def _left_to_them(self) -> set[str]:
        keys = [] if self.data is None else list(self.data)
        names = {key.removeprefix("keep_") for key in keys if key.startswith("keep_")}
        return {name for name in names if self._kept(name) == THEIRS}

    def _undecided(self) -> bool:
        """Whether a clash shown before waits for a choice; then all of them are shown again."""
        asked = self.data.getlist("clash") if self.data is not None else []
        open_ = [name for name in asked if self._kept(name) not in (THEIRS, MINE)]
        if open_:
            self.form.add_error(None, _("Choose which value is right for each field below."))
            self.clashes = [self._again(name) for name in asked]
        return bool(open_)

    def _kept(self, name: str) -> str:
        return str(self.data.get(f"keep_{name}", "")) if self.data is not None else ""

    def _again(self, name: str) -> ClashView:
        seen = self._seen() or {}
        mine = _("what you typed below")
        return ClashView(name, label(name), words(name, seen.get(name)), mine, self._kept(name))

    def _show(self, met: EditedMeanwhile) -> None:
        """Keep what was typed; from now on the officer has seen the other's values of these fields."""
        seen = dict(self._seen() or {})
        for clash in met.clashes:
            seen[clash.field] = clash.theirs
            self.clashes.append(
                ClashView(
                    clash.field,
                    label(clash.field),
                    words(clash.field, clash.theirs),
                    words(clash.field, clash.mine),
                )
            )
        if self.data is not None:
            self.data["seen"] = _sealed(seen)


def label(name: str) -> str:
    """What a field is called."""
    return str(timeline.FIELDS.get(name, name))


def same_as(actor: Actor, data: Mapping[str, Any], *, besides: int | None) -> list[SameView]:
    """Who in the registry may be what has been typed, in words."""
    found = queries.possible_same(
        actor,
        name=data.get("name") or "",
        phones=[number.e164 for number in data.get("phones") or []],
        district_code=data.get("district") or "",
        besides=besides,
    )
    return [
        SameView(
            one.partner,
            " ".join(
                x for x in (subdistrict_line(one.partner), district_line(one.partner, "")) if x
            ),
            tuple(str(REASONS[reason]) for reason in one.reasons),
        )
        for one in found
    ]


def _sealed(facts: Mapping[str, Any]) -> str:
    return signing.dumps(dict(facts), salt=SALT, compress=True)


def _with_room(data: QueryDict) -> QueryDict:
    """What was sent, with an empty contact more if that was asked for."""
    data = data.copy()
    if data.get("more") == "contact":
        count = data.get("contacts-TOTAL_FORMS", "0")
        data["contacts-TOTAL_FORMS"] = str(
            int(count) + 1 if count.isdecimal() and len(count) < 4 else 1
        )
    return data
