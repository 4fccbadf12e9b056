"""Who can sign in to the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from saan.accounts.demo import DEMO_NATIONAL, DEMO_PASSWORD
from saan.accounts.models import User
from saan.centres.models import Membership, NationalStaff, Role
from saan.kernel.actors import Actor

if TYPE_CHECKING:
    from saan.centres.models import Centre

#: sign-in name, role, invented name, position
STAFF = (
    ("director", "director", "อรพิน ทองแสน", "ผู้อำนวยการศูนย์"),
    ("case", "case", "ธีรเดช บุญมี", "นักจัดการงานทั่วไป"),
    ("network", "network", "ปวีณา สุขใจ", "นักจัดการงานทั่วไป"),
    ("field", "field", "สมชาย แก้วใส", "เจ้าพนักงานพัฒนาสังคม"),
    ("km", "km_editor", "นภา ใจสาน", "เจ้าพนักงานธุรการ"),
    ("auditor", "auditor", "ประวิทย์ ตรวจดี", "ผู้ตรวจสอบภายใน"),
    ("admin", "administrator", "ชัยยศ ดูแล", "ผู้ดูแลระบบ"),
)
#: Those of the department, above all centres; their sign-in names are in `accounts.demo`.
NATIONAL_STAFF = (
    ("national", "วรรณา ส่วนกลาง", "นักพัฒนาสังคม"),
    ("national_admin", "กมล ส่วนกลาง", "นักวิชาการคอมพิวเตอร์"),
)


def hire(centre: Centre) -> dict[str, Actor]:
    """Make the accounts; returns an actor for each sign-in name."""
    actors: dict[str, Actor] = {}
    roles = Role.objects.in_bulk()
    for (code, name, position), username in zip(NATIONAL_STAFF, DEMO_NATIONAL, strict=True):
        NationalStaff.objects.create(user=_user(username, name, position), role=roles[code])
    for username, role_code, name, position in STAFF:
        user = _user(username, name, position)
        role = roles[role_code]
        Membership.objects.create(user=user, centre=centre, role=role)
        actors[username] = Actor(
            centre_id=centre.pk,
            user_id=user.pk,
            name=name,
            permissions=frozenset(role.permissions),
        )
    return actors


def _user(username: str, name: str, position: str) -> User:
    user = User(username=username, display_name=name, position=position)
    user.set_password(DEMO_PASSWORD)
    user.save()
    return user
