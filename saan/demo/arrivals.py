"""Whom the centre meets: invented persons and the facts of their intake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saan.cases.enums import Cause, EntryRoute, LegalCategory, Reporter, UrgentNeed
from saan.centres.enums import Sex, TargetGroup
from saan.demo import names
from saan.partners.enums import Feature, OfferKind

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from saan.cases.actions import CaseFields
    from saan.people.actions import PersonFields

#: (weight, groups, causes, needs, wishes, kinds)
PATHS: tuple[tuple[int, tuple[Any, ...]], ...] = (
    (24, ([TargetGroup.ROAMING, TargetGroup.HOMELESS], [Cause.JOBLESS, Cause.NO_HOME],
          [Feature.LODGING], [Feature.FARM_WORK], [OfferKind.WORK])),
    (20, ([TargetGroup.ROAMING], [Cause.FAMILY, Cause.NO_HOME],
          [Feature.LODGING, Feature.FOOD], [Feature.DHAMMA], [])),
    (14, ([TargetGroup.ALCOHOL_DEPENDENT], [Cause.ALCOHOL, Cause.FAMILY],
          [Feature.LODGING, Feature.ALCOHOL_FREE], [Feature.DHAMMA], [OfferKind.DHAMMA_STAY])),
    (9, ([TargetGroup.EX_PRISONER], [Cause.RELEASED, Cause.JOBLESS],
         [Feature.LODGING], [Feature.INDOOR_WORK], [OfferKind.WORK])),
    (10, ([TargetGroup.ELDERLY, TargetGroup.DESTITUTE], [Cause.ABANDONED, Cause.OLD_AGE],
          [Feature.LODGING, Feature.FOOD], [Feature.NEAR_HOSPITAL],
          [OfferKind.CARE, OfferKind.RESIDENCE])),
    (9, ([TargetGroup.PSYCHIATRIC, TargetGroup.STREET_PATIENT], [Cause.PSYCHIATRIC],
         [Feature.LODGING, Feature.MEDICINE], [], [OfferKind.RESIDENCE, OfferKind.CARE])),
    (8, ([TargetGroup.TEMPORARY_PUBLIC], [Cause.NO_FARE, Cause.JOBLESS], [], [], [])),
    (6, ([TargetGroup.BEGGAR], [Cause.JOBLESS, Cause.DEBT], [Feature.LODGING], [], [])),
)  # fmt: skip

DISTRICTS = {
    "3601": 34, "3602": 4, "3603": 4, "3604": 5, "3605": 5, "3606": 8, "3607": 5, "3608": 3,
    "3609": 4, "3610": 11, "3611": 3, "3612": 7, "3613": 3, "3614": 2, "3615": 2, "3616": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """One intake: what is said about the person and about the episode."""

    about: PersonFields
    facts: CaseFields
    groups: tuple[str, ...]


def national_id(number: int) -> str:
    """A number with registration office 0000: right in form, belonging to nobody."""
    body = f"10000{number:07d}"
    check = (11 - sum(int(d) * (13 - i) for i, d in enumerate(body)) % 11) % 10
    return f"{body}{check}"


def invent(rng: Random, number: int, day: date, tambons: dict[str, list[str]]) -> Arrival:
    """One person found on the day."""
    sex = Sex.MALE if rng.random() < 0.68 else Sex.FEMALE
    groups, causes, needs, wishes, kinds = rng.choices(
        [path for _, path in PATHS], [weight for weight, _ in PATHS]
    )[0]
    old = TargetGroup.ELDERLY in groups
    age = rng.randint(61, 82) if old else rng.randint(22, 59)
    district = rng.choices(list(DISTRICTS), list(DISTRICTS.values()))[0]
    subdistrict = rng.choice(tambons[district])
    route = rng.choices(list(EntryRoute), [55, 18, 12, 15])[0]
    facts: CaseFields = {
        "entry_route": route,
        "reporter": rng.choice(list(Reporter)) if route != EntryRoute.WALK_IN else "",
        "found_place": rng.choice(names.FOUND_PLACES),
        "found_province_id": district[:2],
        "found_district_id": district,
        "found_subdistrict_id": subdistrict,
        "legal_category": rng.choice(list(LegalCategory)[:3]),
        "field_types": [str(group) for group in groups],
        "causes": [str(cause) for cause in causes],
        "urgent_needs": _urgent(rng),
        "needs": [str(need) for need in needs],
        "wishes": [str(wish) for wish in wishes],
        "avoids": [str(Feature.HEAVY_WORK)] if age > 52 else [],
        "kinds": [str(kind) for kind in kinds],
        "skills": rng.choice(names.SKILLS),
        "has_id_card": rng.choices([True, False, None], [60, 25, 15])[0],
    }
    return Arrival(_about(rng, number, day, sex, age), facts, tuple(groups))


def _urgent(rng: Random) -> list[str]:
    needs = [UrgentNeed.BED_TONIGHT, UrgentNeed.FOOD]
    if rng.random() < 0.3:
        needs.append(rng.choice([UrgentNeed.ILL, UrgentNeed.MEDICINE, UrgentNeed.CLOTHES]))
    return [str(need) for need in needs]


def _about(rng: Random, number: int, day: date, sex: Sex, age: int) -> PersonFields:
    about: PersonFields = {"sex": sex, "marks": rng.choice(names.MARKS)}
    if rng.random() < 0.08:
        return {**about, "age_estimate": age, "age_estimated_on": day}
    about["title"] = "นาย" if sex == Sex.MALE else rng.choice(["นาง", "นางสาว"])
    about["first_name"] = rng.choice(names.MEN if sex == Sex.MALE else names.WOMEN)
    about["last_name"] = rng.choice(names.SURNAME_HEADS) + rng.choice(names.SURNAME_TAILS)
    about["birth_year_be"] = day.year + 543 - age
    if rng.random() < 0.45:
        about["nickname"] = rng.choice(names.NICKNAMES)
    if rng.random() < 0.6:
        about["national_id"] = national_id(number)
    return about
