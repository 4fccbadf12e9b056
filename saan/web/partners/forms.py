"""What an officer may write about a partner, and how it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saan.centres import codes
from saan.centres.enums import CodeList, Sex
from saan.kernel import clock
from saan.kernel.thai.digits import to_arabic
from saan.partners.enums import Channel, Feature, OfferKind, Stage
from saan.partners.queries import Filters
from saan.partners.rules import can_set_places, is_number_unknown
from saan.partners.values import ContactValues, PartnerFields
from saan.places import queries as places
from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelect,
    ChipSelectMultiple,
    PartialDateField,
    PhoneField,
    ThaiIntegerField,
    dress,
    offer_codes,
)
from saan.web.partners.words import place_name

if TYPE_CHECKING:
    from saan.partners.models import Contact, Offer, Partner, Phone

Choices = list[tuple[str, Any]]


#: Filters chosen from a list: they look like the chips beside them.
CHIPS = ("district", "kind", "accepts", "offers")
CHIP_SELECT = (
    "select chip h-9 w-auto max-w-60 cursor-pointer border-line bg-base-100 pr-8 pointer-coarse:h-11"
    " [&:has(option:checked:not([value='']))]:border-primary"
    " [&:has(option:checked:not([value='']))]:bg-tint-primary"
    " [&:has(option:checked:not([value='']))]:text-primary"
)


class FilterForm(BaseForm):
    """The search box and the chips of the registry. Anything odd in the address is ignored."""

    q = forms.CharField(required=False, max_length=100)
    district = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    offers = forms.ChoiceField(required=False, choices=[("", _("Offers")), *OfferKind.choices])
    accepts = forms.ChoiceField(required=False)
    free = forms.BooleanField(required=False)
    fresh = forms.BooleanField(required=False)
    outside = forms.BooleanField(required=False)
    view = forms.ChoiceField(required=False, choices=[("list", _("List")), ("map", _("Map"))])

    def __init__(self, *args: Any, province: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(o.code, place_name(o)) for o in places.districts_of(province)]
        self._offer("district", _("District"), options)
        today = clock.today()
        kinds = codes.search_choices(CodeList.PARTNER_KIND, today)
        self._offer("kind", _("Kind"), kinds)
        self._offer("accepts", _("Accepts"), codes.search_choices(CodeList.TARGET_GROUP, today))
        for name in CHIPS:
            self.fields[name].widget.attrs["class"] = CHIP_SELECT

    def _offer(self, name: str, empty: Any, options: Choices) -> None:
        self.fields[name].choices = [("", empty), *options]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """What is asked for."""
        self.is_valid()
        data = self.cleaned_data
        return Filters(
            text=data.get("q", ""),
            district=data.get("district", ""),
            kind=data.get("kind", ""),
            offers=data.get("offers", ""),
            accepts=data.get("accepts", ""),
            free=data.get("free", False),
            fresh=data.get("fresh", False),
            outside=data.get("outside", False),
        )

    @property
    def shows_map(self) -> bool:
        """Whether the map was asked for."""
        return self.is_valid() and self.cleaned_data["view"] == "map"


#: A place was chosen: fetch what lies in it. The form is sent, but not to be saved.
CASCADE = {
    "hx-post": "",
    "hx-vals": '{"more": "place"}',
    "hx-target": "#places",
    "hx-select": "#places",
    "hx-swap": "outerHTML",
}


class PartnerForm(BaseForm):
    """A partner's own facts. The place is chosen from the province down."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, initial=Stage.FOUND)
    address = forms.CharField(
        label=_("House number, village, road"), max_length=200, required=False
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    subdistrict = forms.ChoiceField(label=_("Subdistrict"), required=False)
    point = forms.CharField(
        label=_("Coordinates"),
        required=False,
        max_length=60,
        help_text=_(
            "Latitude, longitude as copied from a map. Without them the subdistrict counts."
        ),
    )
    phones = PhoneField(
        label=_("Telephone"),
        required=False,
        max_length=200,
        help_text=_("Several with a comma. Thai digits are fine."),
    )
    found_via = forms.ChoiceField(
        label=_("Found via"), required=False, choices=[("", _("Not recorded")), *Channel.choices]
    )
    found_on = PartialDateField(
        label=_("Found on"), required=False, help_text=_("A month or a year is enough.")
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    partner = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "kind", CodeList.PARTNER_KIND, first=("", _("Choose")))
        province = self["province"].value() or ""
        district = self["district"].value() or ""
        district = district if district.startswith(province) else ""
        self._offer("province", places.provinces())
        self._offer("district", places.districts_of(province) if province else [])
        self._offer("subdistrict", places.subdistricts_of(district) if district else [])

        watch = {
            "hx-get": reverse("partners:same"),
            "hx-target": "#same",
            "hx-include": "#id_name, #id_phones, #id_district, #id_partner",
        }
        typing = {"hx-trigger": "input changed delay:400ms, change"}
        for name in ("name", "phones"):
            self.fields[name].widget.attrs.update(watch | typing)
        for name in ("province", "district"):
            self.fields[name].widget.attrs.update(CASCADE)

    def _offer(self, name: str, options: list[places.Option]) -> None:
        chosen: Choices = [(option.code, place_name(option)) for option in options]
        self.fields[name].choices = [("", _("Choose")), *chosen]  # type: ignore[attr-defined]

    def clean_point(self) -> tuple[float, float] | None:
        """Read two numbers inside Thailand.

        Raises:
            ValidationError: they are not.
        """
        text = to_arabic(self.cleaned_data["point"]).replace(",", " ").split()
        if not text:
            return None
        try:
            latitude, longitude = (float(part) for part in text)
        except ValueError:
            raise ValidationError(_("Write two numbers, such as 15.806, 102.031.")) from None
        if not (5 <= latitude <= 21 and 97 <= longitude <= 106):
            raise ValidationError(_("This point is not in Thailand."))
        return latitude, longitude

    def values(self) -> PartnerFields:
        """As the actions take it."""
        data = self.cleaned_data
        point = data["point"] or (None, None)
        found = data["found_on"]
        whole = found.day if found else None
        return {
            "name": data["name"],
            "kind": data["kind"],
            "stage": data["stage"],
            "address": data["address"],
            "province_code": data["province"],
            "district_code": data["district"],
            "subdistrict_code": data["subdistrict"],
            "latitude": point[0],
            "longitude": point[1],
            "found_via": data["found_via"],
            "found_on": whole,
            "found_on_text": "" if whole or not found else str(self["found_on"].value())[:40],
            "note": data["note"],
        }


class ContactForm(BaseForm):
    """A person at the partner. Left empty, it is no contact."""

    name = forms.CharField(label=_("Contact person"), required=False, max_length=150)
    position = forms.CharField(label=_("Position"), required=False, max_length=100)
    phones = PhoneField(label=_("Telephone"), required=False, max_length=200)
    line_id = forms.CharField(label=_("LINE ID"), required=False, max_length=60)

    def values(self) -> ContactValues:
        """As the actions take it."""
        data = self.cleaned_data
        return ContactValues(
            data["name"], data["position"], data["line_id"].lstrip("@~ "), tuple(data["phones"])
        )


class BaseContactFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """All contacts of a partner."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Give the box that takes a contact away the look of the others."""
        super().add_fields(form, index)
        dress(form.fields["DELETE"])

    def contacts(self) -> list[ContactValues]:
        """Those that are filled in and not to be deleted."""
        kept = [f for f in self.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        return [values for values in (form.values() for form in kept) if values]


ContactFormSet = forms.formset_factory(
    ContactForm, formset=BaseContactFormSet, extra=0, can_delete=True, max_num=20
)

ANYONE = [
    ("", _("Everybody")),
    (Sex.MALE.value, _("Men only")),
    (Sex.FEMALE.value, _("Women only")),
]


class OfferForm(BaseForm):
    """What a partner can give, and to whom."""

    kind = forms.ChoiceField(
        label=_("What is offered"), choices=OfferKind.choices, widget=ChipSelect
    )
    places = ThaiIntegerField(label=_("Places"), required=False, min_value=0, max_value=5000)
    unlimited = forms.BooleanField(label=_("No limit"), required=False)
    confirmed = forms.BooleanField(label=_("The partner confirmed this today"), required=False)
    sex = forms.ChoiceField(label=_("For"), required=False, choices=ANYONE, widget=ChipSelect)
    min_age = ThaiIntegerField(label=_("From age"), required=False, min_value=0, max_value=120)
    max_age = ThaiIntegerField(label=_("To age"), required=False, min_value=0, max_value=120)
    groups = forms.MultipleChoiceField(
        label=_("Accepts only"),
        help_text=_("Choose none when everybody is accepted."),
        required=False,
        widget=ChipSelectMultiple,
    )
    features = forms.MultipleChoiceField(
        label=_("The place has"), required=False, choices=Feature.choices, widget=ChipSelectMultiple
    )
    needs_id_card = forms.BooleanField(label=_("An ID card is needed"), required=False)
    wage_per_day = ThaiIntegerField(
        label=_("Baht per day"), required=False, min_value=0, max_value=100_000
    )
    conditions = forms.CharField(
        label=_("In the partner's words"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_codes(self, "groups", CodeList.TARGET_GROUP)

    def clean(self) -> dict[str, Any]:
        """See that places and ages make sense together."""
        data = super().clean() or {}
        if data.get("places") is None and not data.get("unlimited") and "places" not in self.errors:
            self.add_error("places", _("Write how many places, or tick that there is no limit."))
        low, high = data.get("min_age"), data.get("max_age")
        if low is not None and high is not None and high < low:
            self.add_error("max_age", _("This is younger than the lowest age."))
        return data

    def leaves_room_for(self, taken: int) -> bool:
        """Whether the people who are there still have their places; says so at the field if not."""
        decision = can_set_places(places=self.values()["places"], taken=taken)
        if not decision:
            self.add_error("places", decision.reason)
        return bool(decision)

    def values(self) -> dict[str, Any]:
        """As the actions take it, except when it was confirmed."""
        data = dict(self.cleaned_data)
        unlimited = data.pop("unlimited")
        data.pop("confirmed")
        return data | {"places": None if unlimited else data["places"]}


class ArchiveForm(BaseForm):
    """Why a partner leaves the registry."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class RestForm(BaseForm):
    """How long nothing is asked of a partner."""

    until = BuddhistDateField(label=_("Rest until"))


class SameForm(BaseForm):
    """What has been typed so far of a partner that may be in the registry already."""

    name = forms.CharField(required=False, max_length=200)
    phones = PhoneField(required=False, max_length=200)
    district = forms.CharField(required=False, max_length=4)
    partner = forms.IntegerField(required=False, min_value=1)


def initial_of(partner: Partner) -> dict[str, Any]:
    """The partner as the form shows it."""
    own = partner.point_source == "own"
    return {
        "name": partner.name,
        "kind": partner.kind_code,
        "stage": partner.stage,
        "address": partner.address,
        "province": partner.province_id or "",
        "district": partner.district_id or "",
        "subdistrict": partner.subdistrict_id or "",
        "point": f"{partner.latitude}, {partner.longitude}" if own else "",
        "found_via": partner.found_via,
        "found_on": partner.found_on or partner.found_on_text,
        "note": partner.note,
    }


def phones_text(phones: list[Phone]) -> str:
    """Numbers as people type them."""
    from saan.kernel.thai.phones import display

    return ", ".join(display(phone.e164, phone.extension) for phone in phones)


def contact_initial(contact: Contact, phones: list[Phone]) -> dict[str, str]:
    """A contact as its form shows it."""
    own = [phone for phone in phones if phone.contact_id == contact.pk]
    return {
        "name": contact.name,
        "position": contact.position,
        "line_id": contact.line_id,
        "phones": phones_text(own),
    }


def offer_initial(offer: Offer) -> dict[str, Any]:
    """An offer as its form shows it."""
    names = ("kind", "places", "sex", "min_age", "max_age", "groups", "features")
    more = ("needs_id_card", "wage_per_day", "conditions")
    facts = {name: getattr(offer, name) for name in (*names, *more)}
    return facts | {"unlimited": offer.places is None and not is_number_unknown(offer)}
