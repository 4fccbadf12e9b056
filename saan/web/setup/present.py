"""The first day as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.cases.models import Case
from saan.centres import lists
from saan.centres.edits import snapshot
from saan.centres.models import CodeEntry, Invitation
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.centres.staff_queries import members
from saan.partners.models import Partner
from saan.web.kit.editing import Editor
from saan.web.settings import present as settings_present
from saan.web.setup.forms import CentreForm

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    from saan.kernel.actors import Actor

STEPS = 5
CENTRE = ("province_id", "name", "phone")
#: The standards of the first day; the others have good defaults and wait under settings.
STANDARDS = (
    "intake_days",
    "protection_days",
    "follow_up_schedule",
    "fiscal_year_start",
    "started_on",
    "satisfaction_scale",
    "retention_years",
)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do in the first days. `url` is empty for those who may not."""

    title: str
    text: str
    url: str
    icon: str
    is_done: bool


def frame(step: int) -> dict[str, Any]:
    """Which of the five steps this is."""
    titles = {
        1: _("The first administrator"),
        2: _("Your centre"),
        3: _("Times and standards"),
        4: _("Facilities and wage"),
        5: _("What comes next"),
    }
    words = _("Step %(n)d of %(all)d") % {"n": step, "all": STEPS}
    return {"step": step, "steps": STEPS, "step_words": words, "step_title": titles[step]}


def centre_editor(
    actor: Actor | None, data: QueryDict | None, files: MultiValueDict[str, Any] | None
) -> Editor:
    """The centre to be opened, or the one that was opened a step ago."""
    if actor is None:
        return Editor(CentreForm, {}, {}, data, files=files)
    row = centre_of(actor)
    initial = {name: getattr(row, name) for name in CENTRE}
    return Editor(CentreForm, snapshot(row, CENTRE), initial, data, files=files)


def standards_editor(actor: Actor, data: QueryDict | None) -> Editor:
    """The few standards that a centre should look at on the first day."""
    return settings_present.standards_editor(actor, data, only=STANDARDS)


def standards_page(editor: Editor) -> dict[str, Any]:
    """The fields under their headings."""
    return {"sections": settings_present.sections(editor.form), **frame(3)}


def facilities_page(actor: Actor, today: date) -> dict[str, Any]:
    """What is written already."""
    return {
        "facilities": lists.facilities(actor),
        "wages": lists.wages(actor, today=today),
        **frame(4),
    }


def next_page(actor: Actor, today: date) -> dict[str, Any]:
    """The list of the first days."""
    tasks = _tasks(actor, today)
    done = sum(task.is_done for task in tasks)
    words = _("%(done)d of %(all)d done") % {"done": done, "all": len(tasks)}
    return {"tasks": tasks, "done": done, "done_words": words, **frame(5)}


def closed_words() -> str:
    """Said when the list is put away."""
    return _("The list is put away. Everything in it is in the menu, too.")


def _tasks(actor: Actor, today: date) -> list[Task]:
    centre = centre_of(actor)
    invited = Invitation.objects.for_actor(actor).exists()
    return [
        _task(
            actor,
            _("Invite the staff"),
            _("Each gets a link and chooses a password; the role says what they see."),
            "staff:list",
            "user-plus",
            Permission.SETTINGS_EDIT,
            is_done=invited or len(members(actor)) > 1,
        ),
        _task(
            actor,
            _("State facilities and minimum wage"),
            _("For the transfer form and for warnings about pay."),
            "settings:facilities",
            "landmark",
            Permission.SETTINGS_EDIT,
            is_done=bool(lists.facilities(actor) and lists.wages(actor, today=today)),
        ),
        _task(
            actor,
            _("Who signs, and the logo"),
            _("For what the centre prints and issues."),
            "settings:signatories",
            "pen-line",
            Permission.SETTINGS_EDIT,
            is_done=bool(centre.logo_sha256 or lists.signatories(actor)),
        ),
        *_first_data(actor),
    ]


def _first_data(actor: Actor) -> list[Task]:
    return [
        _task(
            actor,
            _("Look through the code lists"),
            _("Kinds, groups, causes and outcomes in your own words."),
            "codes:home",
            "list-checks",
            Permission.SETTINGS_EDIT,
            is_done=CodeEntry.objects.for_actor(actor).exists(),
        ),
        _task(
            actor,
            _("Bring in the registry of partners"),
            _("From your Excel file, checked row by row."),
            "imports:list",
            "file-spreadsheet",
            Permission.PARTNER_IMPORT,
            is_done=Partner.objects.for_actor(actor).exists(),
        ),
        _task(
            actor,
            _("Enter who stays where today"),
            _("So that free places and follow-ups are right from the first day."),
            "opening:home",
            "house-heart",
            Permission.OPENING_RECORD,
            is_done=Case.objects.for_actor(actor).filter(opening_balance=True).exists(),
        ),
        _task(
            actor,
            _("Take in the first person"),
            _("Under a minute; everything else can be added later."),
            "people:intake",
            "house-plus",
            Permission.CASE_OPEN,
            is_done=Case.objects.for_actor(actor).filter(opening_balance=False).exists(),
        ),
    ]


def _task(
    actor: Actor,
    title: str,
    text: str,
    url_name: str,
    icon: str,
    permission: Permission,
    *,
    is_done: bool,
) -> Task:
    """A line of the list; without its address for those whose role does not include it."""
    url = reverse(url_name) if actor.may(permission) else ""
    return Task(title, text, url, icon, is_done)
