"""From a filled form to the actions, and where the officer goes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from saan.cases import actions as cases
from saan.cases.enums import UrgentNeed
from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.people import actions as people
from saan.people.models import Person
from saan.people.queries import display_name
from saan.web.kit.pages import done
from saan.web.people.facts import CASE_FIELDS, HOME

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from saan.kernel.actors import Actor
    from saan.web.kit.http import Request
    from saan.web.people.facts import FactsForm
    from saan.web.people.intake import IntakeForm

#: Digits that a key of a row surely has not.
LONGEST_KEY = 18
#: Parts of the page that can be asked for alone.
PARTS = {"same", "place"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the officer decided beside the form: the record meant, those not meant."""

    person: Person | None
    dismissed: tuple[int, ...]
    asking: bool
    part: str


def choice_of(request: Request) -> Choice:
    """Read the buttons of the panel. `asking` is true when nothing is to be saved."""
    data = request.POST
    picked = data.get("pick", data.get("person", request.GET.get("person", "")))
    person = None
    if (pk := key_in(picked)) is not None:
        person = Person.objects.for_actor(request.actor).filter(pk=pk).first()
    dismissed = [*data.getlist("not"), *data.getlist("dismiss")]
    return Choice(
        person=person,
        dismissed=tuple(pk for text in dismissed if (pk := key_in(text)) is not None),
        asking=bool({"pick", "dismiss", "look"} & set(data)),
        part=data.get("look", "") if data.get("look") in PARTS else "",
    )


def key_in(text: str) -> int | None:
    """The key of a row as sent back by our own buttons; anything odd is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else None


def save(request: Request, form: IntakeForm, person: Person | None) -> HttpResponse:
    """Save the intake; go to find a bed when one is needed tonight, else to the person.

    Raises:
        Refused: by a rule; nothing was saved.
    """
    actor, now = request.actor, clock.now()
    key = form.cleaned_data["intake_key"]
    open_case = None
    if person is not None:
        mine = Case.objects.for_actor(actor).open().filter(person=person)
        open_case = mine.exclude(intake_key=key).order_by("pk").first()
    episode = form.episode(now, known=person is not None)
    if open_case is not None:
        case = cases.seen_again(
            actor=actor, case=open_case, now=now, intake_key=key, about=form.about(), **episode
        )
        message = _("Added to the open case %(number)s.") % {"number": case.number}
    else:
        case = cases.take_in(
            actor=actor,
            now=now,
            today=clock.today(),
            intake_key=key,
            person=person,
            about=form.about(),
            **episode,
        )
        message = _("Case %(number)s opened.") % {"number": case.number}
    name, pk = next_step(actor, case)
    return done(request, name, pk, message=message, clear="intake")


def next_step(actor: Actor, case: Case) -> tuple[str, int]:
    """A bed tonight comes first, for those who may look for one."""
    wants_bed = UrgentNeed.BED_TONIGHT in case.urgent_needs and not case.disposition
    if (
        wants_bed
        and actor.may(Permission.PLACEMENT_REQUEST)
        and address("placements:find", case.pk)
    ):
        return "placements:find", case.pk
    return "people:detail", case.person_id


def address(name: str, *args: int) -> str:
    """The address of a page of another area, or nothing when it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@transaction.atomic
def save_facts(actor: Actor, form: FactsForm, *, now: datetime) -> None:
    """Save both halves of the history form, or neither.

    Raises:
        Refused: by a rule; nothing was saved.
    """
    people.update(actor=actor, person=form.person, now=now, **form.for_person())
    if form.case is not None:
        cases.update_facts(actor=actor, case=form.case, now=now, **form.for_case())


#: The history form in sections: title, note, fields.
IDENTITY = ("title", "first_name", "last_name", "nickname", "sex", "birth", "age_estimate")
NUMBERS = ("national_id", "phone", "nationality")
LOOKS = ("marks", "suspected_victim")
SEARCH = ("kinds", "needs", "wishes", "avoids", "skills", "has_id_card")


def sections(form: FactsForm) -> dict[str, Any]:
    """The fields of the form, grouped as the page draws them; forbidden ones are not there."""

    def bound(names: tuple[str, ...]) -> list[Any]:
        return [form[name] for name in names if name in form.fields]

    episode = tuple(name for name in CASE_FIELDS if name not in SEARCH)
    return {
        "shown_name": display_name(form.person),
        "some_hidden": form.some_hidden,
        "identity": bound(IDENTITY),
        "numbers": bound(NUMBERS),
        "looks": bound(LOOKS),
        "home": bound(HOME),
        "episode": bound(episode),
        "search_for": bound(SEARCH),
    }
