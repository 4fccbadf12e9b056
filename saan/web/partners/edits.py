"""Writing: a partner, what it offers, whether it may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.partners import actions, queries
from saan.partners.models import Offer, Partner
from saan.partners.rules import is_number_unknown
from saan.placements.queries import taken_places
from saan.web.kit.doors import door
from saan.web.kit.pages import Undo, done, page
from saan.web.partners.detail import Detail
from saan.web.partners.editor import Editor
from saan.web.partners.forms import ArchiveForm, OfferForm, RestForm, offer_initial

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.partners.queries import PartnerCard
    from saan.web.kit.http import Request

EDIT_PAGE = "partners/pages/edit.html"
OFFER_PAGE = "partners/pages/offer.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@door(Permission.PARTNER_EDIT)
@form_page
def new(request: Request) -> HttpResponse:
    """Enter a partner, unless it is in the registry already."""
    if request.method != "POST":
        return page(request, EDIT_PAGE, {"editor": Editor(request.actor)})
    editor = Editor(request.actor, data=request.POST)
    if editor.asks_for_more:
        return page(request, EDIT_PAGE, {"editor": editor}, part="form")
    if not editor.is_valid() or (editor.same and not editor.anyway):
        return page(request, EDIT_PAGE, {"editor": editor}, part="form", status=422)
    partner = editor.create(clock.now())
    return done(
        request,
        "partners:detail",
        partner.pk,
        message=_("%(name)s is in the registry now.") % {"name": partner.name},
    )


@door(Permission.PARTNER_EDIT)
@form_page
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a partner; two edits of one field are shown side by side."""
    card = _card(request, pk)
    if request.method != "POST":
        return page(request, EDIT_PAGE, {"editor": Editor(request.actor, card)})
    editor = Editor(request.actor, card, request.POST)
    if editor.asks_for_more:
        return page(request, EDIT_PAGE, {"editor": editor}, part="form")
    if not editor.is_valid() or not editor.save(card.partner, clock.now()):
        return page(request, EDIT_PAGE, {"editor": editor}, part="form", status=422)
    return done(request, "partners:detail", pk, message=_("Saved."))


@door(Permission.PARTNER_EDIT)
@require_POST
def archive(request: Request, pk: int) -> HttpResponse:
    """Take a partner out of the registry, with the reason."""
    card = _card(request, pk)
    form = ArchiveForm(request.POST)
    shown = Detail(request.actor, card, archive=form, rest=RestForm())
    if not form.is_valid():
        return page(request, "partners/pages/detail.html", {"detail": shown}, status=422)
    actions.archive(
        actor=request.actor,
        partner=card.partner,
        reason=form.cleaned_data["reason"],
        staying=shown.staying_count,
        now=clock.now(),
    )
    return done(
        request,
        "partners:list",
        message=_("%(name)s is archived.") % {"name": card.partner.name},
        undo=Undo("partners:restore", (pk,)),
    )


@door(Permission.PARTNER_EDIT)
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a partner back into the registry."""
    partner = get_object_or_404(Partner.objects.for_actor(request.actor), pk=pk)
    actions.restore(actor=request.actor, partner=partner, now=clock.now())
    message = _("%(name)s is in the registry again.") % {"name": partner.name}
    return done(request, "partners:detail", pk, message=message)


@door(Permission.PARTNER_EDIT)
@require_POST
def rest(request: Request, pk: int) -> HttpResponse:
    """Ask nothing of a partner until a day."""
    card = _card(request, pk)
    form = RestForm(request.POST)
    if not form.is_valid():
        shown = Detail(request.actor, card, archive=ArchiveForm(), rest=form)
        return page(request, "partners/pages/detail.html", {"detail": shown}, status=422)
    actions.rest(
        actor=request.actor,
        partner=card.partner,
        until=form.cleaned_data["until"],
        today=clock.today(),
        now=clock.now(),
    )
    return done(
        request, "partners:detail", pk, message=_("Resting."), undo=Undo("partners:wake", (pk,))
    )


@door(Permission.PARTNER_EDIT)
@require_POST
def wake(request: Request, pk: int) -> HttpResponse:
    """End a partner's rest."""
    partner = get_object_or_404(Partner.objects.for_actor(request.actor), pk=pk)
    actions.wake(actor=request.actor, partner=partner, now=clock.now())
    return done(request, "partners:detail", pk, message=_("May be asked again."))


@door(Permission.PARTNER_EDIT)
@form_page
def offer_new(request: Request, pk: int) -> HttpResponse:
    """Enter what a partner can give."""
    card = _card(request, pk)
    asked = request.method == "POST"
    form = OfferForm(request.POST if asked else None)
    if not asked or not form.is_valid():
        context = {"card": card, "form": form, "offer": None}
        return page(request, OFFER_PAGE, context, status=422 if asked else 200)
    confirmed = clock.today() if form.cleaned_data["confirmed"] else None
    actions.add_offer(
        actor=request.actor,
        partner=card.partner,
        now=clock.now(),
        confirmed_on=confirmed,
        once=True,
        **form.values(),
    )
    return done(request, "partners:detail", pk, message=_("The offer is entered."))


@door(Permission.PARTNER_EDIT)
@form_page
def offer_edit(request: Request, pk: int, offer: int) -> HttpResponse:
    """Change what a partner can give."""
    card, row = _card(request, pk), _offer(request, pk, offer)
    asked = request.method == "POST"
    form = OfferForm(request.POST if asked else None, initial=offer_initial(row))
    taken = taken_places(request.actor).get(row.pk, 0)
    if not asked or not form.is_valid() or not form.leaves_room_for(taken):
        context = {"card": card, "form": form, "offer": row}
        return page(request, OFFER_PAGE, context, status=422 if asked else 200)
    waited = is_number_unknown(row)
    actions.update_offer(
        actor=request.actor, offer=row, now=clock.now(), taken=taken, **form.values()
    )
    if waited:
        actions.reopen_offer(actor=request.actor, offer=row, now=clock.now())
    if form.cleaned_data["confirmed"]:
        _confirm(request, row)
    return done(request, "partners:detail", pk, message=_("Saved."))


@door(Permission.PARTNER_EDIT)
@require_POST
def offer_confirm(request: Request, pk: int, offer: int) -> HttpResponse:
    """Note that the partner confirmed its free places today."""
    _confirm(request, _offer(request, pk, offer))
    return done(request, "partners:detail", pk, message=_("Free places confirmed today."))


@door(Permission.PARTNER_EDIT)
@require_POST
def offer_close(request: Request, pk: int, offer: int) -> HttpResponse:
    """Ask for this offer no more."""
    row = _offer(request, pk, offer)
    actions.close_offer(actor=request.actor, offer=row, now=clock.now())
    undo = Undo("partners:offer_reopen", (pk, offer))
    return done(request, "partners:detail", pk, message=_("The offer is closed."), undo=undo)


@door(Permission.PARTNER_EDIT)
@require_POST
def offer_reopen(request: Request, pk: int, offer: int) -> HttpResponse:
    """Let the offer be asked for again."""
    row = _offer(request, pk, offer)
    actions.reopen_offer(actor=request.actor, offer=row, now=clock.now())
    return done(request, "partners:detail", pk, message=_("The offer is open again."))


def _card(request: Request, pk: int) -> PartnerCard:
    card = queries.partner_card(request.actor, pk)
    if card is None:
        raise Http404
    return card


def _offer(request: Request, pk: int, offer: int) -> Offer:
    return get_object_or_404(Offer.objects.for_actor(request.actor), pk=offer, partner_id=pk)


def _confirm(request: Request, offer: Offer) -> None:
    actions.confirm_offer(actor=request.actor, offer=offer, today=clock.today(), now=clock.now())
