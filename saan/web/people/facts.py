"""The history form: what is known of a person and of the current case, and two who edit at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saan.cases.actions import LISTS
from saan.cases.enums import EntryRoute, LegalCategory, Reporter, UrgentNeed
from saan.cases.models import Case
from saan.centres.enums import Sex
from saan.centres.permissions import Permission
from saan.kernel.privacy import Privacy
from saan.kernel.thai import national_id
from saan.kernel.thai.dates import ThaiDate, written
from saan.partners.enums import Feature, OfferKind
from saan.people.models import Person
from saan.people.queries import masked_national_id, shown_phone
from saan.people.sealed import national_id_of, phone_of, readable
from saan.places import queries as places
from saan.web.kit.forms import (
    BaseForm,
    ChipSelect,
    ChipSelectMultiple,
    PartialDateField,
    PhoneField,
    ThaiIntegerField,
    offer_codes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import QueryDict

    from saan.kernel.actors import Actor

    Pairs = Iterable[tuple[Any, Any]]

SALT = "people.facts"
CARD = (
    ("yes", gettext_lazy("has one")),
    ("no", gettext_lazy("has none")),
    ("", gettext_lazy("unknown")),
)
CARD_VALUES = {"yes": True, "no": False, "": None}
CARD_TEXTS = {value: text for text, value in CARD_VALUES.items()}

#: Sections of the form, in order: code → fields. The template draws them in this order.
PERSON_FIELDS = (
    "title",
    "first_name",
    "last_name",
    "nickname",
    "sex",
    "birth",
    "age_estimate",
    "national_id",
    "phone",
    "nationality",
    "marks",
    "home_province",
    "home_district",
    "home_subdistrict",
    "suspected_victim",
)
CASE_FIELDS = (
    "entry_route",
    "reporter",
    "found_place",
    "urgent_needs",
    "legal_category",
    "field_types",
    "causes",
    "problems",
    "situation",
    "has_id_card",
    "skills",
    "kinds",
    "needs",
    "wishes",
    "avoids",
)
HOME = ("home_province", "home_district", "home_subdistrict")


def sensitive_fields() -> frozenset[str]:
    """Fields of the form that are declared sensitive by their models."""
    declared = {**Case.PRIVACY, **Person.PRIVACY}
    sensitive = {name for name, privacy in declared.items() if privacy is Privacy.SENSITIVE}
    return frozenset(sensitive & {*PERSON_FIELDS, *CASE_FIELDS})


def forbidden(actor: Actor) -> set[str]:
    """Fields that the actor may neither see nor change."""
    return set() if actor.may(Permission.PERSON_SENSITIVE) else set(sensitive_fields())


def chips(
    label: Any, choices: Iterable[tuple[str, Any]], *, many: bool = True
) -> forms.ChoiceField:
    """A field of chips that may stay empty."""
    if many:
        return forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=ChipSelectMultiple
        )
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=ChipSelect)


def line(label: Any, length: int = 100) -> forms.CharField:
    """One line that may stay empty."""
    return forms.CharField(label=label, required=False, max_length=length)


class FactsForm(BaseForm):
    """Everything that is known, to be corrected. Fields the actor may not see are not in it."""

    seen = forms.CharField(widget=forms.HiddenInput)
    title = line(gettext_lazy("title"), 40)
    first_name = line(gettext_lazy("first name"))
    last_name = line(gettext_lazy("last name"))
    nickname = line(gettext_lazy("called"))
    sex = chips(gettext_lazy("sex"), Sex.choices, many=False)
    birth = PartialDateField(
        label=gettext_lazy("born"),
        required=False,
        help_text=gettext_lazy("such as 2511 or 12/1/2511"),
    )
    age_estimate = ThaiIntegerField(
        label=gettext_lazy("age about"), required=False, min_value=0, max_value=120
    )
    national_id = line(gettext_lazy("national ID"), 40)
    phone = PhoneField(label=gettext_lazy("own phone"), required=False)
    nationality = line(gettext_lazy("nationality"), 40)
    marks = forms.CharField(
        label=gettext_lazy("what they look like"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    home_province = forms.ChoiceField(label=gettext_lazy("province"), required=False)
    home_district = forms.ChoiceField(label=gettext_lazy("district"), required=False)
    home_subdistrict = forms.ChoiceField(label=gettext_lazy("subdistrict"), required=False)
    suspected_victim = forms.BooleanField(
        label=gettext_lazy("perhaps forced or harmed"), required=False
    )
    entry_route = chips(gettext_lazy("how it reached us"), EntryRoute.choices, many=False)
    reporter = chips(gettext_lazy("who reported"), Reporter.choices, many=False)
    found_place = line(gettext_lazy("found where"), 200)
    urgent_needs = chips(gettext_lazy("needed at once"), UrgentNeed.choices)
    legal_category = chips(gettext_lazy("type under the Act"), LegalCategory.choices, many=False)
    field_types = chips(gettext_lazy("groups"), ())
    causes = chips(gettext_lazy("causes"), ())
    problems = chips(gettext_lazy("problems"), ())
    situation = forms.CharField(
        label=gettext_lazy("in the person's own words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    has_id_card = forms.ChoiceField(
        label=gettext_lazy("ID card"), choices=CARD, required=False, widget=ChipSelect
    )
    skills = line(gettext_lazy("can do"), 200)
    kinds = chips(gettext_lazy("looks for"), OfferKind.choices)
    needs = chips(gettext_lazy("must have"), Feature.choices)
    wishes = chips(gettext_lazy("would like"), Feature.choices)
    avoids = chips(gettext_lazy("must not be"), Feature.choices)

    def __init__(
        self, data: Any = None, *, actor: Actor, person: Person, case: Case | None, today: date
    ) -> None:
        self.person, self.case, self.today = person, case, today
        values = current_values(person, case)
        super().__init__(data, initial=values)
        for name, which in LISTS.items():
            offer_codes(self, name, which)
        hidden = forbidden(actor) | (set(CASE_FIELDS) if case is None else set())
        kept = masked_national_id(readable(national_id_of, person) or "")
        if kept:
            self.fields["national_id"].help_text = _(
                "%(number)s is kept; leave empty to keep it"
            ) % {"number": kept}
        self.some_hidden = bool(forbidden(actor))
        for name in hidden:
            del self.fields[name]
        self.values = {name: value for name, value in values.items() if name in self.fields}
        if "seen" in self.data:
            self._offer_homes(self.data.get)
        else:
            self._offer_homes(values.get)
        self.initial["seen"] = signing.dumps(marks_of(self.values), salt=SALT)
        self.conflicts: list[Conflict] = []

    def _offer_homes(self, chosen: Any) -> None:
        province, district = chosen("home_province") or "", chosen("home_district") or ""
        self._offer("home_province", _("choose a province"), places.provinces())
        districts = places.districts_of(province) if province else []
        self._offer("home_district", _("choose a district"), districts)
        if district not in {option.code for option in districts}:
            district = ""
        tambons = places.subdistricts_of(district) if district else []
        self._offer("home_subdistrict", _("choose a subdistrict"), tambons)

    def _offer(self, name: str, empty: str, options: list[places.Option]) -> None:
        english = get_language() == "en"
        choices = [(o.code, o.name_en if english else o.name_th) for o in options]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", empty), *sorted(choices, key=lambda choice: choice[1])]

    def only_show(self) -> None:
        """Show what was typed without complaining: the officer is still typing."""
        self._errors = ErrorDict()

    def person_fields(self) -> list[str]:
        """Fields about the person that are in the form."""
        return [name for name in PERSON_FIELDS if name in self.fields]

    def clean_national_id(self) -> str:
        """The 13 digits, or "" to leave the number as it is."""
        text: str = self.cleaned_data["national_id"]
        try:
            return national_id.parse(text) if text.strip() else ""
        except national_id.BadNationalId as bad:
            raise ValidationError(bad.reason, code="national_id") from bad

    def clean_birth(self) -> ThaiDate | None:
        """Nobody was born tomorrow."""
        born: ThaiDate | None = self.cleaned_data["birth"]
        if born and (born.day or self.today) > self.today:
            raise ValidationError(_("This day has not come yet."))
        return born

    def clean(self) -> dict[str, Any]:
        """Find fields that somebody else changed meanwhile and this officer changed too."""
        data = super().clean() or self.cleaned_data
        before = self._seen()
        now = marks_of(self.values)
        for name, mark in now.items():
            if before.get(name, mark) == mark or name not in data:
                continue
            mine, theirs = comparable(data[name]), comparable(self.values[name])
            if marks_of({name: mine})[name] == before[name]:
                data[name] = self._theirs(name)
            elif mine != theirs:
                self._clash(name, theirs, mine)
        if self.conflicts:
            # Saving again means: mine, now that I have seen theirs.
            data_again = cast("QueryDict", self.data).copy()
            data_again["seen"] = signing.dumps(now, salt=SALT)
            self.data = data_again
        return data

    def _seen(self) -> dict[str, str]:
        try:
            seen: dict[str, str] = signing.loads(self.data.get("seen", ""), salt=SALT)
        except signing.BadSignature:
            return {}
        return seen

    def _theirs(self, name: str) -> Any:
        """What stands there now, as this field would clean it."""
        field, value = self.fields[name], self.values[name]
        return field.clean(value)

    def _clash(self, name: str, theirs: Any, mine: Any) -> None:
        theirs_text, mine_text = self._words(name, theirs), self._words(name, mine)
        label = str(self.fields[name].label)
        self.conflicts.append(Conflict(label, theirs_text, mine_text))
        self.add_error(
            name,
            _("Somebody changed this to “%(theirs)s” meanwhile; you wrote “%(mine)s”.")
            % {"theirs": theirs_text, "mine": mine_text},
        )

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            labels = {str(code): str(label) for code, label in cast("Pairs", field.choices)}
            codes = value if isinstance(value, list) else [value]
            return ", ".join(labels.get(str(code), str(code)) for code in codes) or "–"
        return str(value) or "–"

    def for_person(self) -> dict[str, Any]:
        """Values for people.actions.update."""
        data = dict(self.cleaned_data)
        fields = {name: data[name] for name in self.person_fields()}
        born: ThaiDate | None = fields.pop("birth")
        fields["birth_date"] = born.day if born else None
        fields["birth_year_be"] = born.year_be if born else None
        if fields["age_estimate"] != self.person.age_estimate:
            fields["age_estimated_on"] = self.today
        if not fields["national_id"]:
            del fields["national_id"]
        fields["phone"] = fields["phone"][0].e164 if fields["phone"] else ""
        fields["sex"] = fields["sex"] or Sex.UNSURE
        for name in HOME:
            fields[f"{name}_id"] = fields.pop(name) or None
        return fields

    def for_case(self) -> dict[str, Any]:
        """Values for cases.actions.update_facts."""
        fields = {name: self.cleaned_data[name] for name in CASE_FIELDS if name in self.fields}
        fields["has_id_card"] = CARD_VALUES[fields["has_id_card"]]
        fields["entry_route"] = fields["entry_route"] or (
            self.case.entry_route if self.case else ""
        )
        return fields


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two officers changed at once, with both values."""

    label: str
    theirs: str
    mine: str


def current_values(person: Person, case: Case | None) -> dict[str, Any]:
    """What the record says now, as the form shows it."""
    values: dict[str, Any] = {name: getattr(person, name, "") for name in PERSON_FIELDS}
    for name in HOME:
        values[name] = getattr(person, f"{name}_id") or ""
    born = ThaiDate(person.birth_date, person.birth_year_be or 0, None)
    values["birth"] = written(born) if person.birth_date or person.birth_year_be else ""
    values["national_id"] = ""
    values["phone"] = shown_phone(readable(phone_of, person) or "")
    if case is not None:
        values.update({name: getattr(case, name) for name in CASE_FIELDS})
        values["has_id_card"] = CARD_TEXTS[case.has_id_card]
    return values


def comparable(value: Any) -> Any:
    """One writing for what the form cleaned and for what the record holds."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, ThaiDate):
        return written(value)
    if isinstance(value, list):
        numbers = [shown_phone(one.e164) if hasattr(one, "e164") else one for one in value]
        return numbers[0] if value and hasattr(value[0], "e164") else sorted(numbers)
    return value


def marks_of(values: dict[str, Any]) -> dict[str, str]:
    """A short mark per value: tells whether it changed and gives nothing away."""
    return {
        name: salted_hmac(SALT, repr(comparable(value))).hexdigest()[:12]
        for name, value in values.items()
        if name != "national_id"
    }
