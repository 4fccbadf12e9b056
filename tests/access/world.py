"""One row of everything at a centre, so that every address can be opened with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from openpyxl import Workbook

from saan.accounts.models import Passkey
from saan.centres.models import CodeEntry, Facility, Logo, MinimumWage, Signatory
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.scope import within
from saan.notices import helping, invitations, links
from saan.notices.models import Notice, SignedLink
from saan.partners import imports
from saan.partners.models import ImportBatch, ImportRow
from saan.placements import opening_book
from saan.placements.enums import PlacementState
from saan.web.health import checks
from saan.work.models import Job, WorkerSign
from tests.access import between
from tests.factories import (
    ContactFactory,
    FollowUpFactory,
    MembershipFactory,
    MinimumWageFactory,
    NationalStaffFactory,
    OfferFactory,
    PartnerFactory,
    PhoneFactory,
    PlacementFactory,
    ReferralFactory,
    ServiceGivenFactory,
    role,
)
from tests.opening.books import book as opening
from tests.opening.books import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from saan.centres.models import Centre
    from saan.notices.invitations import Open
    from saan.placements.models import OpeningBook

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Rows of one centre that belong together."""

    centre: Any
    partner: Any
    contact: Any
    phone: Any
    offer: Any
    case: Any
    referral: Any
    placement: Any
    reserved: Any
    follow_up: Any
    batch: Any
    row: Any
    code_value: Any
    service: Any
    notice: Any
    job: Any
    token: str
    member: Any
    invitation: Any
    colleague: Any
    national_asked: Any
    join_token: str


def build(centre: Centre) -> World:
    """Fill a centre with one row of everything."""
    _settings(centre)
    _served()
    partner = PartnerFactory.create(centre=centre)
    offer = OfferFactory.create(partner=partner, places=5)
    referral = ReferralFactory.create(offer=offer, case__person__centre=centre)
    placement = PlacementFactory.create(offer=offer, seat=1)
    batch = _batch(centre)
    asked = _invitation(centre)
    return World(
        centre=centre,
        partner=partner,
        contact=ContactFactory.create(partner=partner),
        phone=PhoneFactory.create(partner=partner),
        offer=offer,
        case=referral.case,
        referral=referral,
        placement=placement,
        reserved=PlacementFactory.create(
            offer=offer, seat=2, state=PlacementState.RESERVED, arrived_on=None
        ),
        follow_up=FollowUpFactory.create(placement=placement),
        batch=batch,
        row=ImportRow.objects.filter(batch=batch).order_by("-row")[0],
        code_value=CodeEntry.objects.create(
            centre=centre, list="cause", code=f"debt.{centre.pk}", label_th=f"หนี้ {centre.pk}"
        ),
        service=ServiceGivenFactory.create(case=referral.case),
        notice=_notice(centre),
        job=Job.objects.create(code="import.reading", state="failed", centre_id=centre.pk),
        token=links.token(_link(centre, referral)),
        member=MembershipFactory.create(centre=centre, role=role("case")).user,
        invitation=asked.invitation,
        colleague=NationalStaffFactory.create(),
        national_asked=_national_invitation(centre),
        join_token=asked.token,
    )


def _served() -> None:
    """An installation has a folder and a worker; ours does not tire, however long a walk takes."""
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    seen = datetime(2100, 1, 1, tzinfo=UTC)
    WorkerSign.objects.get_or_create(
        worker_id="test", defaults={"host": "test", "pid": 1, "seen_at": seen}
    )
    checks.forget()


def _settings(centre: Centre) -> None:
    """One row of each list that a centre keeps."""
    Facility.objects.create(centre=centre, name="สถานคุ้มครองสมมุติ", act="shelter")
    MinimumWageFactory.create(centre=centre)
    Signatory.objects.create(centre=centre, name="นางสมมุติ", position="ผู้อำนวยการ")
    Logo.objects.create(centre=centre, content=b"png", sha256="a" * 64)
    centre.logo_sha256 = "a" * 64
    centre.save()


def _batch(centre: Centre) -> ImportBatch:
    """A workbook of two rows that has been read: one good, one whose phone is to look at."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["ชื่อหน่วยงาน", "ประเภท", "อำเภอ", "เบอร์โทร"])
    sheet.append([f"วัดป่า {centre.pk}", "วัด", "เมือง", "0812345678"])
    sheet.append([f"ไร่ {centre.pk}", "นายจ้าง", "บ้านเขวา", "08123"])
    file = BytesIO()
    book.save(file)
    batch, _ = imports.receive(
        actor=Actor.system(centre.pk),
        file_name="registry.xlsx",
        content=file.getvalue(),
        now=NOW,
        at_once=True,
    )
    return batch


def _notice(centre: Centre) -> Notice:
    return Notice.objects.create(
        centre=centre, permission="today.view", code="referral.accepted", path="/", created_at=NOW
    )


def _opening(world: World) -> OpeningBook:
    """A workbook of one person who stays with the partner."""
    actor = Actor.system(world.centre.pk)
    content = opening([row(place=world.partner.name)])
    return opening_book.receive(actor=actor, file_name="a.xlsx", content=content, now=NOW)[0]


def _invitation(centre: Centre) -> Open:
    """Somebody was asked to administer the centre."""
    actor = Actor.system(centre.pk)
    invitations.invite(
        actor=actor, now=clock.now(), name="ผู้ถูกเชิญ", position="", email="",
        role=role("administrator"),
    )  # fmt: skip
    return invitations.pending(actor)[0]


def _national_invitation(centre: Centre) -> Any:
    """Somebody was asked to the department; it belongs to no centre."""
    return invitations.invite_national(
        actor=Actor.system(0), now=clock.now(), name=f"ส่วนกลาง {centre.pk}", position="", email="",
        role=role("national"),
    )  # fmt: skip


def _link(centre: Centre, referral: Any) -> SignedLink:
    return links.make(
        actor=Actor.system(centre.pk),
        purpose="referral.answer",
        subject_id=referral.pk,
        now=NOW,
        days=3650,
    )


def _facility(world: World) -> Any:
    """The centre's facility."""
    return Facility.objects.get(centre=world.centre).pk


def _wage(world: World) -> Any:
    """The centre's minimum wage."""
    return MinimumWage.objects.get(centre=world.centre).pk


def _signatory(world: World) -> Any:
    """Who signs at the centre."""
    return Signatory.objects.get(centre=world.centre).pk


def _passkey(world: World) -> Any:
    """A passkey of somebody who works at the centre; nobody else may touch it."""
    values = {"name": "x", "host": "testserver", "credential": b"", "created_at": NOW}
    key, _ = Passkey.objects.get_or_create(
        user=world.member, credential_id=f"of {world.centre.pk}", defaults=values
    )
    return key.pk


def _session(world: World) -> Any:
    """Where that colleague is signed in."""
    values = {"user": world.member, "ip": "127.0.0.1", "user_agent": "x"}
    key = f"of {world.centre.pk}"
    return UserSession.objects.get_or_create(session_key=key, defaults=values)[0].pk


def _new_password(world: World) -> str:
    """The token by which that colleague chooses a new password."""
    actor = Actor.system(world.centre.pk)
    link = helping.offer_password(actor=actor, user=world.member, now=clock.now())
    return links.token(link)


#: What stands in an address: by "name.kwarg" first, then by "namespace.kwarg", then by kwarg.
KEYS: dict[str, Callable[[World], Any]] = {
    "account_passkey_name.pk": _passkey,
    "account_passkey_remove.pk": _passkey,
    "account_session_end.pk": _session,
    "account_renew.token": _new_password,
    "access.access": between.asked,
    "elsewhere.access": between.granted,
    "elsewhere.pk": lambda w: w.case.person_id,
    "elsewhere.other": between.neighbour,
    **{f"settings:facility_{what}.pk": _facility for what in ("edit", "retire", "revive")},
    **{f"settings:wage_{what}.pk": _wage for what in ("edit", "delete")},
    **{
        f"settings:signatory_{what}.pk": _signatory for what in ("edit", "move", "retire", "revive")
    },
    "settings:logo_image.centre": lambda w: w.centre.pk,
    "settings:logo_image.sha": lambda w: w.centre.logo_sha256,
    "partners.pk": lambda w: w.partner.pk,
    "people.pk": lambda w: w.case.person_id,
    "erasing.pk": lambda w: w.case.person_id,
    "people:close.pk": lambda w: w.case.pk,
    "people:reopen.pk": lambda w: w.case.pk,
    "imports.pk": lambda w: w.batch.pk,
    "opening.pk": lambda w: _opening(w).pk,
    "opening:person.pk": lambda w: w.offer.pk,
    "opening.n": lambda _w: 1,
    "imports:row.pk": lambda w: w.row.pk,
    "imports:back.pk": lambda w: w.row.pk,
    "imports:choose.pk": lambda w: w.row.pk,
    "imports:different.pk": lambda w: w.row.pk,
    "placements:arrive.placement": lambda w: w.reserved.pk,
    "placements:cancel.placement": lambda w: w.reserved.pk,
    "notices.pk": lambda w: w.notice.pk,
    "jobs.pk": lambda w: w.job.pk,
    "join:join.token": lambda w: w.join_token,
    "member": lambda w: w.member.pk,
    "invitation": lambda w: w.invitation.pk,
    "national:invitation.invitation": lambda w: w.national_asked.pk,
    "national:renew.invitation": lambda w: w.national_asked.pk,
    "national:revoke.invitation": lambda w: w.national_asked.pk,
    "colleague": lambda w: w.colleague.pk,
    "centre": lambda w: w.centre.pk,
    "people:services.pk": lambda w: w.case.pk,
    "people:take_back.pk": lambda w: w.case.pk,
    "service": lambda w: w.service.pk,
    "value": lambda w: w.code_value.code,
    "offer": lambda w: w.offer.pk,
    "case": lambda w: w.case.pk,
    "referral": lambda w: w.referral.pk,
    "placement": lambda w: w.placement.pk,
    "follow_up": lambda w: w.follow_up.pk,
    "row": lambda w: w.row.pk,
    "token": lambda w: w.token,
}
#: Kwargs that name no row of a centre.
STATIC: dict[str, Any] = {"which": "cause", "code": "36", "year": 2569, "fy": 2569, "part": "1"}


def kwargs_for(name: str, wanted: tuple[str, ...], world: World) -> dict[str, Any]:
    """The kwargs of an address, filled with rows of the world."""
    filled = {}
    for kwarg in wanted:
        space = name.split(":", maxsplit=1)[0]
        found = next(
            (KEYS[k] for k in (f"{name}.{kwarg}", f"{space}.{kwarg}", kwarg) if k in KEYS), None
        )
        if found is None and kwarg not in STATIC:
            raise LookupError(f"tests/access/world.py: say what <{kwarg}> of {name} is")
        with within(world.centre.pk):  # row security binds whoever looks
            filled[kwarg] = found(world) if found else STATIC[kwarg]
    return filled


def names_a_row(wanted: tuple[str, ...]) -> bool:
    """Whether the address holds the key of a row that belongs to a centre."""
    return any(kwarg not in STATIC for kwarg in wanted)
