"""What may happen to a person's record, and how alike two descriptions are. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from saan.centres.enums import Sex
from saan.kernel.decisions import ALLOWED, Decision
from saan.kernel.thai.text import sort_key, sound_key, squeeze

if TYPE_CHECKING:
    from saan.people.models import Person

#: Ages this far apart still speak for the same person; further apart than FAR they speak against.
NEAR_YEARS = 6
FAR_YEARS = 12
#: Below this score two descriptions are not worth an officer's look.
WORTH_A_LOOK = 38
ALIKE = 82
SOUNDS_NEAR = 66
#: After every Thai letter: persons without a name stand at the end of the list.
LAST = "\U0010fffd"


@dataclass(frozen=True, slots=True)
class Keys:
    """What a name is found and sorted by."""

    name_key: str
    sound_key: str
    sort_key: str


def keys(
    first_name: str, last_name: str, nickname: str = "", unknown_no: int | None = None
) -> Keys:
    """Search and sort keys of a name.

    The sound key starts with the family name, so that one index answers both "whole name" and
    "family name sounds like".
    """
    first, last = first_name.strip(), last_name.strip()
    called = f"{first} {last}".strip() or nickname.strip()
    sounds = f"{sound_key(last) if last else ''}.{sound_key(first) if first else ''}"
    return Keys(
        name_key=squeeze(f"{first}{last}")[:250],
        sound_key="" if sounds == "." else sounds[:60],
        sort_key=(sort_key(called) if called else f"{LAST}{unknown_no or 0:08d}")[:500],
    )


def can_change(person: Person) -> Decision:
    """Nothing is written about somebody whose data was erased."""
    if person.erased_at is not None:
        return Decision(_("The data of this person was erased. Write them down as somebody new."))
    return ALLOWED


def can_verify(person: Person) -> Decision:
    """An identity can be verified once there is a name."""
    if not (allowed := can_change(person)):
        return allowed
    if not person.first_name:
        return Decision(_("The name is not known yet."), _("Write down the name first."))
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of somebody, ready to be compared. `name_key`, `nickname_key` are squeezed."""

    name_key: str = ""
    sound_key: str = ""
    nickname_key: str = ""
    sex: str = Sex.UNSURE
    age: int | None = None
    national_id_keys: tuple[str, ...] = ()
    home_district: str = ""
    marks: str = ""


@dataclass(slots=True)
class Likeness:
    """How alike, 0 … about 200, with what speaks for it, against it, and what is not known."""

    score: float = 0
    reasons: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    def add(self, points: float, reason: str) -> None:
        """Something speaks for it."""
        self.score += points
        self.reasons.append(reason)

    def doubt(self, points: float, caution: str) -> None:
        """Something speaks against it."""
        self.score -= points
        self.cautions.append(caution)


def likeness(sought: Traits, known: Traits) -> Likeness:
    """Compare two descriptions."""
    found = Likeness()
    _compare_numbers(sought, known, found)
    _compare_names(sought, known, found)
    if sought.marks and known.marks:
        _compare_marks(sought.marks, known.marks, found)
    if sought.home_district and sought.home_district == known.home_district:
        found.add(8, _("home in the same district"))
    _compare_sex(sought, known, found)
    _compare_ages(sought.age, known.age, found)
    return found


def _compare_numbers(sought: Traits, known: Traits, found: Likeness) -> None:
    if not sought.national_id_keys:
        return
    if not known.national_id_keys:
        found.gaps.append(_("national ID not recorded, cannot be compared"))
    elif set(sought.national_id_keys) & set(known.national_id_keys):
        found.add(150, _("same national ID"))
    else:
        found.doubt(60, _("another national ID"))


def _compare_names(sought: Traits, known: Traits, found: Likeness) -> None:
    alike = _alike(sought.name_key, known.name_key)
    if sought.name_key and sought.name_key == known.name_key:
        found.add(70, _("same name"))
    elif alike >= ALIKE:
        found.add(alike * 0.6, _("name spelt nearly the same"))
    elif _sounds_alike(sought, known) and alike >= SOUNDS_NEAR:
        found.add(46, _("name sounds alike"))
    elif _family_sounds_alike(sought.sound_key, known.sound_key):
        found.add(24, _("family name sounds alike"))
    if _called_alike(sought, known):
        found.add(40, _("called by the same name"))


def _called_alike(sought: Traits, known: Traits) -> bool:
    """A nickname on one side is the nickname, or the only name, on the other."""
    if known.nickname_key and known.nickname_key in (sought.nickname_key, sought.name_key):
        return True
    return bool(sought.nickname_key) and sought.nickname_key == known.name_key


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(one, other) if one and other else 0.0


def _sounds_alike(sought: Traits, known: Traits) -> bool:
    if sought.sound_key and sought.sound_key == known.sound_key:
        return True
    if _family_sounds_alike(sought.sound_key, known.sound_key):
        return True
    if not (sought.name_key and known.name_key):
        return False
    return fuzz.partial_ratio(sought.name_key, known.name_key) >= ALIKE


def _family_sounds_alike(one: str, other: str) -> bool:
    family = one.partition(".")[0]
    return bool(family) and family == other.partition(".")[0]


def _compare_marks(one: str, other: str, found: Likeness) -> None:
    """Every phrase of the one description that stands in the other as well."""
    elsewhere = squeeze(other)
    phrases = [phrase for phrase in one.replace(",", " ").split() if len(squeeze(phrase)) >= 4]
    same = [phrase for phrase in phrases if squeeze(phrase) in elsewhere]
    if same:
        found.add(12 * len(same), _("looks alike: %(marks)s") % {"marks": ", ".join(same[:3])})


def _compare_sex(sought: Traits, known: Traits, found: Likeness) -> None:
    if Sex.UNSURE in (sought.sex, known.sex):
        return
    if sought.sex != known.sex:
        found.doubt(30, _("the other sex is recorded"))


def _compare_ages(sought: int | None, known: int | None, found: Likeness) -> None:
    if sought is None or known is None:
        found.gaps.append(_("age cannot be compared yet"))
        return
    apart = abs(sought - known)
    if apart <= NEAR_YEARS:
        found.add(12, _("about the same age"))
    elif apart > FAR_YEARS and known < sought:
        found.doubt(apart * 0.8, _("recorded %(years)d years younger") % {"years": apart})
    elif apart > FAR_YEARS:
        found.doubt(apart * 0.8, _("recorded %(years)d years older") % {"years": apart})
