"""The log as a workbook: codes and days, no personal value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.audit import actions, log
from saan.centres.queries import centre_of
from saan.kernel.clock import BANGKOK
from saan.outputs.sheets import Sheet, workbook
from saan.web.audit import words

if TYPE_CHECKING:
    from datetime import datetime

    from saan.audit.models import AuditEvent
    from saan.kernel.actors import Actor

#: More than this is no reading matter any more: ask for fewer days.
MOST = 50_000


def log_workbook(actor: Actor, asked: log.Asked, now: datetime) -> tuple[str, bytes]:
    """File name and content; that it was taken is written down."""
    centre = centre_of(actor)
    events = list(log.events(actor, asked)[:MOST])
    actions.exported(actor=actor, centre=centre, rows=len(events), asked=asked.as_json(), now=now)
    notes = [str(centre), _("As known on %(at)s") % {"at": words.moment(now)}]
    notes.append(_("Personal values are sealed and no part of this file."))
    if len(events) == MOST:
        notes.append(_("Only the newest %(count)s events.") % {"count": f"{MOST:,}"})
    sheet = Sheet(
        title=_("Audit log"),
        heading=_("Audit log"),
        notes=tuple(notes),
        columns=(
            _("When"), _("When (ISO)"), _("Who did it"), _("What"), _("Code"), _("Person"),
            _("Partner"), _("Subject"), _("Open values"), _("Event"),
        ),
        rows=tuple(_row(event) for event in events),
    )  # fmt: skip
    return f"saan-audit-{centre.province_id}-{now.astimezone(BANGKOK):%Y-%m-%d}.xlsx", workbook(
        [sheet]
    )


def _row(event: AuditEvent) -> tuple[str | int | None, ...]:
    return (
        words.moment(event.at),
        event.at.astimezone(BANGKOK).isoformat(timespec="seconds"),
        event.actor_name or event.actor_kind,
        words.title(event.event),
        event.event,
        event.person_id,
        event.partner_id,
        f"{event.subject_type} {event.subject_id}",
        "; ".join(words.details(event.changes)),
        event.pk,
    )
