"""The same button pressed again and again at the same moment: one thing happens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.drills.clients import Browser, at_once, shows_its_inside
from tests.server.test_parallel_writes import intake

if TYPE_CHECKING:
    from tests.drills.results import Result
    from tests.drills.saan import Saan

TIMES = 5
PHONES = 200
KEY = re.compile(r'name="key"[^>]*value="([0-9a-f-]{36})"|value="([0-9a-f-]{36})"[^>]*name="key"')


@dataclass(frozen=True, slots=True)
class Form:
    """A form, and how many records it left: `once` in SQL gives one row for each."""

    what: str
    path: str
    values: dict[str, str]
    once: str
    signed_in: bool = True


def every_form(saan: Saan, result: Result) -> None:
    """Each form sent five times at once, as a nervous thumb or a slow line does."""
    world = saan.ask("everything_to_press()")
    saan.start()
    staff = Browser(saan, world["session"])
    forms = _forms(world, staff)
    for form in forms:
        result.expect(not saan.sql(form.once), f"{form.what}: is there before it is sent")
        who = staff if form.signed_in else Browser(saan)
        answers = at_once([partial(who.send, form.path, form.values)] * TIMES)
        statuses = sorted(answer.status for answer in answers)
        result.expect(303 in statuses, f"{form.what}: {statuses}")
        result.expect(max(statuses) < 500 and min(statuses), f"{form.what}: {statuses}")
        result.expect(not any(map(shows_its_inside, answers)), f"{form.what}: shows its inside")
        there = saan.sql(form.once)
        result.count([form.what], [form.what] * len(there))
        if len(there) != 1:
            result.notes.append(f"{form.what}: {len(there)} records; answers {statuses}")
    result.done = f"{len(forms)} forms, each sent {TIMES} times at once: " + ", ".join(
        form.what for form in forms
    )


def _event(name: str, subject: int) -> str:
    return f"SELECT id FROM audit_auditevent WHERE event = '{name}' AND subject_id = {subject}"


def _forms(w: dict[str, Any], staff: Browser) -> list[Form]:
    """Intake to end of stay, and what an administrator fills in."""
    centre, stays, find = w["centre"], "/placements/stays", "/placements/find"
    fresh = f"person_id NOT IN (SELECT person_id FROM cases_case WHERE centre_id = {centre} AND number LIKE 'T-%')"
    row = f"SELECT id FROM placements_placement WHERE referral_id = {w['referral']}"
    ended = "SELECT id FROM placements_followup WHERE done_on IS NOT NULL AND id ="
    arrived = {"on": w["on"], "wage": "", "wage_checked": "on"}
    gone = {
        "listed": "other", "facility": "สถานคุ้มครองทดสอบ", "code": "shelter",
        "on": w["on"], "reason": "ไม่มีหน่วยงานรับ",
    }  # fmt: skip
    home = {"code": "family", "place": "บ้าน", "on": w["on"]}
    served = {"services": "meals", "on": w["on"], "note": ""}
    return [
        Form("intake", "/people/new", intake(unknown="on"), f"SELECT id FROM cases_case WHERE centre_id = {centre} AND {fresh}"),
        Form("request", f"{find}/{w['case']}/ask/{w['offer']}", {}, f"SELECT id FROM placements_referral WHERE case_id = {w['case']}"),
        Form("accept by link", f"/a/{w['token']}", {"answer": "accept"}, row, signed_in=False),
        Form("arrival", f"{stays}/{w['reserved']}/arrive", arrived, _event("placement.arrived", w["reserved"])),
        Form("follow-up", f"/placements/follow-ups/{w['follow_up']}/record", {"outcome": "well", "on": w["on"]}, f"{ended} {w['follow_up']}"),
        Form("end of stay", f"{stays}/{w['ends']}/end", {"on": w["on"], "reason": "ran_away"}, _event("placement.ended", w["ends"])),
        Form("transfer", f"/placements/cases/{w['leaves']}/transfer", gone, f"SELECT id FROM cases_disposition WHERE case_id = {w['leaves']}"),
        Form("return home", f"/placements/cases/{w['goes_home']}/home", home, f"SELECT id FROM cases_disposition WHERE case_id = {w['goes_home']}"),
        Form("service", f"/people/cases/{w['served']}/services", served, f"SELECT id FROM cases_servicegiven WHERE case_id = {w['served']}"),
        *_partners(w),
        *_settings(w, staff),
    ]  # fmt: skip


def _partners(w: dict[str, Any]) -> list[Form]:
    """The registry."""
    new = {
        "name": "วัดป่าส่งซ้ำ", "kind": "temple", "stage": "found",
        "contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "0",
    }  # fmt: skip
    offer = {"kind": "dhamma_stay", "places": "2", "confirmed": "on"}
    path = f"/partners/{w['partner']}/offers/new"
    return [
        Form("partner", "/partners/new", new, f"SELECT id FROM partners_partner WHERE name = '{new['name']}'"),
        Form("offer", path, offer, f"SELECT id FROM partners_offer WHERE partner_id = {w['partner']}"),
    ]  # fmt: skip


def _settings(w: dict[str, Any], staff: Browser) -> list[Form]:
    centre = w["centre"]
    opening = f"/settings/opening/person/{w['opening']}"
    page = KEY.search(staff.open(opening).body)
    stays = {
        "key": (page[1] or page[2]) if page else "", "first_name": "สมหมาย", "last_name": "เคยอยู่",
        "sex": "male", "age": "40", "since": w["before"],
    }  # fmt: skip
    invited = {"name": "สมชาย ทดสอบ", "position": "", "email": "", "role": "case"}
    facility = {
        "name": "สถานสงเคราะห์ทดสอบ",
        "act": "shelter",
        "province_id": "",
        "phone": "",
    }
    wage = {"baht_per_day": "350", "valid_from": w["on"], "source": ""}
    return [
        Form("opening balance", opening, stays, f"SELECT id FROM placements_placement WHERE offer_id = {w['opening']}"),
        Form("invitation", "/settings/staff/invite", invited, f"SELECT id FROM centres_invitation WHERE centre_id = {centre}"),
        Form("facility", "/settings/facilities/new", facility, f"SELECT id FROM centres_facility WHERE centre_id = {centre} AND name = '{facility['name']}'"),
        Form("minimum wage", "/settings/wages", wage, f"SELECT id FROM centres_minimumwage WHERE centre_id = {centre}"),
    ]  # fmt: skip


def one_place(saan: Saan, result: Result) -> None:
    """Two hundred partners' phones say yes at the same moment; there is one place."""
    made = saan.ask(f"requests_for_one_offer({PHONES}, 1)")
    saan.start()
    nobody = Browser(saan)
    yes = {"answer": "accept"}
    answers = at_once([partial(nobody.send, f"/a/{token}", yes) for token in made["tokens"]])
    statuses = [answer.status for answer in answers]
    after = saan.ask(f"outcome({made['offer']})")
    told = [made["referrals"][n] for n, status in enumerate(statuses) if status == 303]
    result.count(
        told,
        saan.column(
            f"SELECT referral_id FROM placements_placement WHERE offer_id = {made['offer']}"
        ),
    )
    result.expect(len(told) == 1, f"{len(told)} were told that they have the place")
    held = (after["held"], after["placements"], after["accepted"])
    result.expect(held == (1, 1, 1), f"held, placements, accepted: {held}")
    others = sorted({status for status in statuses if status != 303})
    result.expect(set(others) <= {200, 409}, f"the others were answered {others}")
    result.done = (
        f"{PHONES} phones say yes to one place at once; the others are told"
        f" ({statuses.count(409)} by 409, {statuses.count(200)} by the page that it is taken)"
    )
