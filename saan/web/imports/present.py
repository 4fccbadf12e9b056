"""What the pages of an import show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel import clock
from saan.kernel.thai import phones
from saan.partners import import_queries, import_rules, import_words
from saan.partners.enums import ImportState, RowStatus
from saan.places.names import names
from saan.web.imports.doubts import Doubt, doubt, settled
from saan.web.kit.paging import slice_of

if TYPE_CHECKING:
    from datetime import datetime

    from saan.kernel.actors import Actor
    from saan.partners.models import ImportBatch, ImportRow
    from saan.web.imports.forms import UploadForm
    from saan.web.kit.http import Request
    from saan.web.kit.paging import Slice

PER_PAGE = 50
#: Columns shown before the rest folds away.
OPEN_COLUMNS = 6
KEPT = "kept"
STATE_TONES = {
    ImportState.APPLIED: "success",
    ImportState.FAILED: "error",
    ImportState.PREVIEW: "warning",
    ImportState.UNDONE: "",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One row."""

    pk: int
    name: str
    where: str
    status: str
    doubts: tuple[Doubt, ...]
    facts: tuple[str, ...]
    settled: str
    is_swapped: bool
    partner_url: str
    same_name: str
    same_url: str
    same_where: str
    adds: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether there is something to answer, beside editing."""
        return self.status == RowStatus.DUPLICATE or any(d.answers for d in self.doubts)

    @property
    def is_settled(self) -> bool:
        """Whether the officer has decided it and nothing is open."""
        return bool(self.settled) and self.status in (RowStatus.READY, RowStatus.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Tab:
    """A filter with its count."""

    code: str
    label: str
    icon: str
    tone: str
    count: int
    note: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class File:
    """A workbook that was brought earlier."""

    name: str
    url: str
    day: Any
    state: str
    tone: str
    entered: int


def files(actor: Actor, form: UploadForm) -> dict[str, Any]:
    """The page that asks for a workbook."""
    rows = [
        File(
            name=batch.file_name,
            url=reverse("imports:batch", args=(batch.pk,)),
            day=clock.day_of(batch.created_at),
            state=str(ImportState(batch.state).label),
            tone=STATE_TONES.get(ImportState(batch.state), "primary"),
            entered=getattr(batch, "entered", 0),
        )
        for batch in import_queries.recent(actor)
    ]
    return {"form": form, "files": rows}


class Preview:
    """One workbook, as far as a page or a part of it asks."""

    def __init__(self, request: Request, batch: ImportBatch) -> None:
        self.request = request
        self.actor = request.actor
        self.batch = batch
        self.query = request.GET
        if request.method == "POST":  # htmx says on which page the button stands
            self.query = QueryDict(urlsplit(request.htmx.current_url or "").query)

    @cached_property
    def counts(self) -> import_queries.Counts:
        """Rows by what becomes of them."""
        return import_queries.counts(self.actor, self.batch)

    @cached_property
    def is_busy(self) -> bool:
        """Whether a job is at work."""
        return self.batch.state in import_rules.BUSY_STATES

    @cached_property
    def is_stuck(self) -> bool:
        """Whether the job has died and must be started again."""
        return bool(import_rules.can_resume(self.batch, now=clock.now()))

    @cached_property
    def is_open(self) -> bool:
        """Whether rows may still be decided."""
        return bool(import_rules.can_decide(self.batch))

    @cached_property
    def can_choose_columns(self) -> bool:
        """Whether the columns may still be changed."""
        return bool(import_rules.can_choose_columns(self.batch))

    @cached_property
    def why_no_accept(self) -> str:
        """Why nothing can be accepted, or nothing."""
        return import_rules.can_accept(self.batch, waiting=self.counts.waiting).reason

    @cached_property
    def can_undo(self) -> bool:
        """Whether the import can still be taken back."""
        return bool(import_rules.can_undo(self.batch, now=clock.now()))

    @cached_property
    def undo_until(self) -> datetime | None:
        """The last day for that."""
        applied = self.batch.applied_at
        return import_rules.undo_until(applied) if applied else None

    @cached_property
    def step(self) -> int:
        """1 file, 2 columns, 3 rows, 4 entered."""
        if self.batch.state in (ImportState.READING, ImportState.FAILED):
            return 2
        return 3 if self.batch.state == ImportState.PREVIEW else 4

    @cached_property
    def steps(self) -> list[tuple[int, str, str]]:
        """(number, label, done | now | next)."""
        labels = (_("Choose a file"), _("Check headings"), _("Check rows"), _("Enter"))
        found = []
        for number, label in enumerate(labels, start=1):
            state = "done" if number < self.step else "now" if number == self.step else "next"
            found.append((number, label, state))
        return found

    @cached_property
    def show(self) -> str:
        """The status looked at: what waits, unless another was asked for."""
        asked = self.query.get("show", "")
        if asked in (*RowStatus.values, KEPT):
            return asked
        if self.request.method == "POST":
            return RowStatus.REVIEW
        if self.batch.state == ImportState.UNDONE:
            return KEPT
        return RowStatus.REVIEW if self.counts.review else RowStatus.READY

    @cached_property
    def settled(self) -> int:
        """The row settled a moment ago, shown once more among those that wait."""
        text = self.request.GET.get("settled", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0

    @cached_property
    def tabs(self) -> list[Tab]:
        """The filters."""
        c = self.counts
        suggested = ngettext(
            "%(n)d has a sure suggestion", "%(n)d have a sure suggestion", c.certain
        )
        plan = (
            (RowStatus.REVIEW, _("To review"), "triangle-alert", "warning", c.review,
             suggested % {"n": c.certain} if c.review else _("Nothing is left to look at")),
            (RowStatus.READY, _("Ready"), "check", "success", c.ready, _("New to the registry")),
            (RowStatus.DUPLICATE, _("Already there"), "copy", "primary", c.duplicate,
             _("Only empty fields are filled")),
            (RowStatus.REFUSED, _("Not possible"), "minus", "muted", c.refused,
             _("Nothing of them is kept")),
        )  # fmt: skip
        address = reverse("imports:batch", args=(self.batch.pk,))
        return [
            Tab(
                str(code),
                label,
                icon,
                tone,
                count,
                note,
                f"{address}?show={code}",
                self.show == code,
            )
            for code, label, icon, tone, count, note in plan
        ]

    @cached_property
    def rows(self) -> Slice[Any]:
        """The page of rows asked for."""
        if self.show == KEPT:
            found = import_queries.kept_rows(self.actor, self.batch)
        else:
            found = import_queries.rows_of(self.actor, self.batch, self.show, self.settled)
        cut = slice_of(found, self.request, PER_PAGE)
        adds: dict[int, dict[str, Any]] = {}
        if self.show == RowStatus.DUPLICATE and self.is_open:
            adds = import_queries.fillings(self.actor, self.batch, cut.rows)
        home = self.batch.centre.province_id
        return replace(cut, rows=[card(row, home=home, adds=adds.get(row.pk)) for row in cut.rows])

    @cached_property
    def sheet(self) -> str:
        """The sheet whose columns are shown."""
        sheets = [layout["sheet"] for layout in self.batch.mapping.get("sheets", [])]
        asked = self.request.GET.get("sheet", "")
        return asked if asked in sheets else (sheets[0] if sheets else "")

    @cached_property
    def layouts(self) -> list[dict[str, Any]]:
        """Every sheet with its columns."""
        found: list[dict[str, Any]] = self.batch.mapping.get("sheets", [])
        return found

    @cached_property
    def columns(self) -> list[dict[str, Any]]:
        """The columns of the sheet shown, the guessed ones first, those not kept last."""
        for layout in self.layouts:
            if layout["sheet"] == self.sheet:
                return sorted(
                    layout["columns"], key=lambda c: (not c["is_guess"], not c["field"], c["index"])
                )
        return []

    @cached_property
    def first_columns(self) -> list[dict[str, Any]]:
        """Those that stand open."""
        return self.columns[:OPEN_COLUMNS]

    @cached_property
    def more_columns(self) -> list[dict[str, Any]]:
        """Those that fold away."""
        return self.columns[OPEN_COLUMNS:]

    @cached_property
    def fields(self) -> list[tuple[str, str]]:
        """What a column may be kept as."""
        kept = [(code, str(label)) for code, label in import_words.FIELD_LABELS.items()]
        return [*kept, ("", _("not kept"))]

    @cached_property
    def left_out(self) -> list[str]:
        """What in the file is no row."""
        return [import_words.note_words(note) for note in self.batch.notes]


def card(
    row: ImportRow, *, home: str, adds: dict[str, Any] | None = None, is_swapped: bool = False
) -> Card:
    """One row in words. `home`: the centre's province, which goes without saying."""
    same: dict[str, Any] = next((p["params"] for p in row.problems if p["code"] == "same"), {})
    return Card(
        pk=row.pk,
        name=row.name,
        where=_where(row.sheet, row.row),
        status=row.status,
        doubts=tuple(doubt(n, p, home) for n, p in enumerate(row.problems)),
        facts=tuple(_facts(row)),
        settled=settled(row),
        is_swapped=is_swapped,
        partner_url=_partner_url(row.partner_id),
        same_name=same.get("same_name", ""),
        same_url=_partner_url(same.get("same_id")),
        same_where=_where(same["same_sheet"], same["same_row"]) if same.get("same_row") else "",
        adds=tuple(str(_adds(name)) for name in adds or ()),
    )


def _where(sheet: str, row: int) -> str:
    return _("%(sheet)s row %(row)s") % {"sheet": sheet, "row": row}


def _partner_url(pk: int | None) -> str:
    return reverse("partners:detail", args=(pk,)) if pk else ""


def _adds(name: str) -> Any:
    labels = import_words.FIELD_LABELS
    level = name.removesuffix("_code")
    return {"offer": labels["places"]}.get(name) or labels.get(level, level)


def _facts(row: ImportRow) -> list[str]:
    """Kind, place and number: enough to know it again."""
    values, say = row.values, names().label
    levels = {
        level: say(values.get(f"{level}_code") or "") for level in ("subdistrict", "district")
    }
    if values.get("province_code") and not levels["district"]:
        levels["province"] = say(values["province_code"])
    kind = codes.label(CodeList.PARTNER_KIND, values.get("kind", ""))
    numbers = [phones.display(n, extension) for n, extension, _sure in values["phone_numbers"][:2]]
    return [text for text in (kind, import_words.place_words(levels), *numbers) if text]
