"""The quick intake: what the form asks, and what it means."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.cases.enums import EntryRoute, Reporter, UrgentNeed
from saan.cases.queries import Spot, nearest_spot
from saan.centres.enums import Sex
from saan.kernel.clock import BANGKOK
from saan.kernel.thai.names import split_title
from saan.people.queries import Sought
from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelect,
    ChipSelectMultiple,
    PhoneField,
    ThaiIntegerField,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from saan.cases.actions import CaseFields
    from saan.people.actions import PersonFields

#: Bands of ages as seen → the age written down.
BANDS = {"child": 12, "young": 29, "middle": 50, "old": 67}
BAND_LABELS = (
    ("child", gettext_lazy("child")),
    ("young", "18–39"),
    ("middle", "40–59"),
    ("old", "60+"),
)
WHEN = (
    ("now", gettext_lazy("now")),
    ("last_night", gettext_lazy("last night")),
    ("day", gettext_lazy("choose a day")),
)
#: Letters that title, first and family name may have.
LONGEST_NAMES = (40, 100, 100)
LAST_NIGHT = time(22, 0)
NOON = time(12, 0)


class IntakeForm(BaseForm):
    """The least that must be known tonight; everything else can wait."""

    intake_key = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=5, max_value=21)
    longitude = forms.FloatField(
        required=False, widget=forms.HiddenInput, min_value=97, max_value=106
    )
    district = forms.ChoiceField(label=gettext_lazy("district"), required=False)
    subdistrict = forms.ChoiceField(label=gettext_lazy("subdistrict"), required=False)
    found_place = forms.CharField(label=gettext_lazy("or in words"), required=False, max_length=200)
    when = forms.ChoiceField(
        label=gettext_lazy("when"), choices=WHEN, initial="now", required=False, widget=ChipSelect
    )
    found_on = BuddhistDateField(label=gettext_lazy("day found"), required=False)
    entry_route = forms.ChoiceField(
        label=gettext_lazy("how it reached us"),
        choices=EntryRoute.choices,
        initial=EntryRoute.REPORTED,
        widget=ChipSelect,
    )
    reporter = forms.ChoiceField(
        label=gettext_lazy("who reported"),
        choices=Reporter.choices,
        required=False,
        widget=ChipSelect,
    )
    reporter_phone = PhoneField(label=gettext_lazy("reporter's number"), required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("sex as seen"), choices=Sex.choices, required=False, widget=ChipSelect
    )
    age_band = forms.ChoiceField(
        label=gettext_lazy("age about"), choices=BAND_LABELS, required=False, widget=ChipSelect
    )
    age = ThaiIntegerField(
        label=gettext_lazy("or age in years"), required=False, min_value=0, max_value=120
    )
    name = forms.CharField(label=gettext_lazy("name"), required=False, max_length=200)
    unknown = forms.BooleanField(label=gettext_lazy("name not known yet"), required=False)
    nickname = forms.CharField(label=gettext_lazy("called"), required=False, max_length=100)
    marks = forms.CharField(
        label=gettext_lazy("what they look like"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    urgent_needs = forms.MultipleChoiceField(
        label=gettext_lazy("needed at once"),
        choices=UrgentNeed.choices,
        required=False,
        widget=ChipSelectMultiple,
    )
    safeguarding = forms.BooleanField(
        label=gettext_lazy("perhaps forced or harmed"), required=False
    )

    def __init__(self, *args: Any, spots: Sequence[Spot], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spots = {spot.code: spot for spot in spots}
        self.today = today
        self.initial.setdefault("intake_key", uuid.uuid4())
        districts = dict.fromkeys((spot.district, spot.district_name) for spot in spots)
        self._choices("district", [("", _("district")), *districts])
        self._choices("subdistrict", [("", _("subdistrict")), *self._offered()])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def _offered(self) -> list[tuple[str, Any]]:
        """Subdistricts of the chosen district, or all of them under their districts."""
        chosen = self.data.get("district", "") if self.is_bound else ""
        groups: dict[str, list[tuple[str, str]]] = {}
        for spot in self.spots.values():
            if chosen in ("", spot.district):
                groups.setdefault(spot.district_name, []).append((spot.code, spot.name))
        return list(*groups.values()) if len(groups) == 1 else list(groups.items())

    def clean_name(self) -> str:
        """Each part of the name must fit where it is kept."""
        name: str = self.cleaned_data["name"]
        longest = zip(names({"name": name}), LONGEST_NAMES, strict=True)
        if any(len(part) > most for part, most in longest):
            raise ValidationError(_("This name is too long. Write only the name here."))
        return name

    def clean_found_on(self) -> date | None:
        """Nobody is found tomorrow."""
        day: date | None = self.cleaned_data["found_on"]
        if day and day > self.today:
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """Settle the place: a point gives its subdistrict, a subdistrict its district."""
        data = super().clean() or self.cleaned_data
        point = (data.get("latitude"), data.get("longitude"))
        spot = self.spots.get(data.get("subdistrict") or "")
        if spot is None and not data.get("district") and None not in point:
            spot = nearest_spot(self.spots.values(), *point)  # type: ignore[arg-type]
        if spot is not None:
            data["subdistrict"] = spot.code
            data["district"] = spot.district
        if not (data.get("district") or data.get("found_place")):
            self.add_error("found_place", _("Say where: a district or a few words are enough."))
        if data.get("when") == "day" and not data.get("found_on") and "found_on" not in self.errors:
            self.add_error("found_on", _("Write the day, such as 12/1/2567."))
        return data

    def settle(self) -> None:
        """Read the form without complaining: the officer is still typing."""
        if not self.is_bound:
            return
        self.full_clean()
        typed = cast("QueryDict", self.data).copy()
        district, subdistrict = (
            self.cleaned_data.get(name) or "" for name in ("district", "subdistrict")
        )
        if district:
            typed["district"] = district
        typed["subdistrict"] = subdistrict or typed.get("subdistrict", "")
        if typed["subdistrict"] not in self._codes(district):
            typed["subdistrict"] = ""
        self.data = typed
        self._choices("subdistrict", [("", _("subdistrict")), *self._offered()])
        self._errors = ErrorDict()

    def _codes(self, district: str | None) -> list[str]:
        return [spot.code for spot in self.spots.values() if district in (None, "", spot.district)]

    def sought(self) -> Sought:
        """Whom to look for among those known, from whatever is valid so far."""
        data = getattr(self, "cleaned_data", {})
        _title, first, last = names(data)
        return Sought(
            first_name=first,
            last_name=last,
            nickname=data.get("nickname") or "",
            sex=data.get("sex") or Sex.UNSURE,
            age=age(data),
            district=data.get("district") or "",
            marks=data.get("marks") or "",
        )

    def about(self) -> PersonFields:
        """What the form says about the person."""
        data = self.cleaned_data
        title, first, last = names(data)
        return {
            "title": title,
            "first_name": first,
            "last_name": last,
            "nickname": data["nickname"],
            "sex": data["sex"] or Sex.UNSURE,
            "age_estimate": age(data),
            "age_estimated_on": self.today if age(data) is not None else None,
            "marks": data["marks"],
            "suspected_victim": data["safeguarding"],
        }

    def episode(self, now: datetime, *, known: bool) -> CaseFields:
        """What the form says about the case. Looks of somebody known are part of the situation."""
        data = self.cleaned_data
        phones = data["reporter_phone"]
        return {
            "found_at": self._found_at(now),
            "entry_route": data["entry_route"],
            "reporter": data["reporter"],
            "reporter_phone": phones[0].e164 if phones else "",
            "found_place": data["found_place"],
            "found_district_id": data["district"] or None,
            "found_subdistrict_id": data["subdistrict"] or None,
            "latitude": data["latitude"],
            "longitude": data["longitude"],
            "urgent_needs": data["urgent_needs"],
            "situation": data["marks"] if known else "",
        }

    def _found_at(self, now: datetime) -> datetime:
        data = self.cleaned_data
        if data["when"] == "last_night":
            return datetime.combine(self.today - timedelta(days=1), LAST_NIGHT, BANGKOK)
        if data["when"] == "day" and data["found_on"]:
            return datetime.combine(data["found_on"], NOON, BANGKOK)
        return now


def names(data: dict[str, Any]) -> tuple[str, str, str]:
    """Title, first and family name out of one typed name."""
    if data.get("unknown"):
        return "", "", ""
    title, rest = split_title(data.get("name") or "")
    first, _gap, last = rest.strip().partition(" ")
    return title, first, last.strip()


def age(data: dict[str, Any]) -> int | None:
    """Years as typed, else the middle of the band."""
    years = data.get("age")
    return years if years is not None else BANDS.get(data.get("age_band") or "")
