"""One person who stays somewhere already: first where, then who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saan.cases.models import Case
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.partners.models import Offer
from saan.partners.queries import find_by_text
from saan.people.models import Person
from saan.people.queries import Sought, display_name, possible_same
from saan.placements.actions import record_opening
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.opening import places
from saan.web.opening.forms import PersonForm, chosen

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from saan.kernel.actors import Actor
    from saan.people.queries import SamePerson
    from saan.web.kit.http import Request

PERSON = "opening/pages/person.html"
MOST_PLACES = 12


@door(Permission.OPENING_RECORD)
@require_safe
def place(request: Request) -> HttpResponse:
    """Find the partner the person stays with."""
    text = request.GET.get("q", "").strip()[:100]
    found = find_by_text(request.actor, text, limit=MOST_PLACES) if text else []
    context = {"q": text, "partners": places.of(request.actor, found)}
    return page(request, "opening/pages/place.html", context, part="found")


@door(Permission.OPENING_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: Request, pk: int) -> HttpResponse:
    """Write down who stays there, since when."""
    actor, today = request.actor, clock.today()
    offers = Offer.objects.for_actor(actor).select_related("partner", "partner__district")
    offer = get_object_or_404(offers.defer("partner__district__shape"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = PersonForm(data, offer=offer, today=today, started_on=centre_of(actor).started_on)
    context: dict[str, Any] = {"form": form, "place": places.one(actor, offer), "same": []}
    if data is None:
        return page(request, PERSON, context)
    if form.is_valid():
        picked = chosen(data).get("person")
        context["same"] = [] if picked or _is_sent_again(actor, form) else _same(actor, form, today)
        if not context["same"]:
            try:
                return _saved(request, form, offer, picked)
            except Refused as no:
                context["refusal"] = no.reason
    return page(request, PERSON, context, status=422)


def _is_sent_again(actor: Actor, form: PersonForm) -> bool:
    """Whether this very form was saved already: it is one record, not somebody alike."""
    key = form.cleaned_data["key"]
    return Case.objects.for_actor(actor).filter(intake_key=key, opening_balance=True).exists()


def _same(actor: Actor, form: PersonForm, today: date) -> list[tuple[SamePerson, str]]:
    """Who may be meant among those who are known here."""
    about = form.about()
    year = about.get("birth_year_be")
    sought = Sought(
        first_name=about["first_name"],
        last_name=about["last_name"],
        sex=about["sex"],
        age=today.year + 543 - year if year else about.get("age_estimate"),
        national_id=about["national_id"],
    )
    return [(one, display_name(one.person)) for one in possible_same(actor, sought, today=today)]


def _saved(request: Request, form: PersonForm, offer: Offer, picked: Any) -> HttpResponse:
    """Enter, and offer the next one at the same place.

    Raises:
        Refused: by a rule; nothing was saved.
    """
    actor = request.actor
    known = Person.objects.for_actor(actor).filter(pk=picked if isinstance(picked, int) else 0)
    placement = record_opening(
        actor=actor,
        offer=offer,
        stay=form.stay(),
        now=clock.now(),
        key=form.cleaned_data["key"],
        about=form.about(),
        person=known.first(),
    )
    message = _("%(name)s is entered. The next one who stays there?") % {
        "name": display_name(placement.person)
    }
    return done(request, "opening:person", offer.pk, message=message)
