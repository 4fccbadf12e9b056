"""A workbook of opening balances from the upload until its rows are entered or put aside."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from saan.audit.record import record
from saan.centres.models import Centre
from saan.centres.queries import centre_of
from saan.kernel import crypto
from saan.kernel.clock import day_of
from saan.kernel.decisions import Refused
from saan.kernel.thai.national_id import BadNationalId
from saan.partners.models import Offer
from saan.placements import opening_cells, opening_known, opening_reading, opening_rows
from saan.placements.actions.opening import Since, StaysAlready, record_opening
from saan.placements.enums import OpeningState
from saan.placements.events import OpeningEvent
from saan.placements.models import OpeningBook
from saan.placements.opening_rows import Judged, Row, Setting, Status
from saan.placements.opening_rules import KEPT_DAYS, can_open
from saan.placements.schedule import FIRST_LOOK_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

    from saan.kernel.actors import Actor

#: Rows entered at one press of the button; the rest waits for the next.
AT_ONCE = 100
KEY_PURPOSE = "opening row"


@dataclass(slots=True)
class Book:
    """What a workbook holds while it is looked at."""

    rows: list[Row]
    notes: list[str]

    def sheet(self, name: str) -> list[Row]:
        """The rows of one table."""
        return [row for row in self.rows if row.sheet == name]


def rows_of(book: OpeningBook) -> Book:
    """The rows that are left."""
    if not book.rows_sealed:
        return Book([], [])
    data = json.loads(crypto.unseal(bytes(book.rows_sealed)))
    return Book([Row(**row) for row in data["rows"]], data["notes"])


@transaction.atomic
def receive(
    *, actor: Actor, file_name: str, content: bytes, now: datetime
) -> tuple[OpeningBook, bool]:
    """Read a file. Returns the book and whether it is new: the same file is not read twice.

    Raises:
        Refused: in words, for a file that cannot be read or has no such table.
    """
    Centre.objects.select_for_update(no_key=True).only("pk").get(pk=actor.centre_id)
    digest = hashlib.sha256(content).hexdigest()
    living = OpeningBook.objects.for_actor(actor).filter(sha256=digest, state=OpeningState.PREVIEW)
    if found := living.order_by("pk").first():
        return found, False
    reading = opening_reading.read(content, file_name)
    rows = [
        Row(n, one.sheet, one.row, str(_key(actor, one.cells)), one.cells)
        for n, one in enumerate(reading.rows, 1)
    ]
    book = OpeningBook(
        centre_id=actor.centre_id,
        file_name=file_name.replace("\\", "/").rpartition("/")[2][-200:],
        sha256=digest,
        created_by_id=actor.user_id,
        created_at=now,
    )
    _keep(book, Book(rows, reading.notes))
    changes = {"sha256": digest, "rows": len(rows)}
    record(actor, OpeningEvent.RECEIVED, book, changes=changes, at=now)
    return book, True


def _key(actor: Actor, cells: Mapping[str, str]) -> UUID:
    """The same for a row of the same content, in whatever file; it says nothing without our key."""
    text = json.dumps([actor.centre_id, sorted(cells.items())], ensure_ascii=False)
    return UUID(crypto.blind_index(text, purpose=KEY_PURPOSE)[:32])


def _keep(book: OpeningBook, kept: Book) -> None:
    data = {"rows": [asdict(row) for row in kept.rows], "notes": kept.notes}
    book.rows_sealed = crypto.seal(json.dumps(data, ensure_ascii=False)) if kept.rows else b""
    book.save()


def setting_of(actor: Actor, kept: Book, today: date) -> Setting:
    """What the rows of the sheet of people are held against, read once for all."""
    rows = kept.sheet(opening_reading.PEOPLE)
    centre = centre_of(actor)
    said = [opening_cells.said(row.texts, today) for row in rows]
    return Setting(
        registry=opening_known.registry(actor, centre.province_id),
        known=opening_known.known(actor, said, [row.key for row in rows]),
        today=today,
        started_on=centre.started_on,
    )


def judged(actor: Actor, kept: Book, today: date) -> list[Judged]:
    """What becomes of each row of the sheet of people, as things are now."""
    rows = kept.sheet(opening_reading.PEOPLE)
    return opening_rows.judge(rows, setting_of(actor, kept, today)) if rows else []


def write(
    *,
    actor: Actor,
    book: OpeningBook,
    n: int,
    edits: Mapping[str, str] | None = None,
    choices: Mapping[str, Any] | None = None,
) -> None:
    """Write over cells of a row, or choose. What the row said when last tried is taken away."""

    def change(row: Row) -> None:
        allowed = opening_reading.FIELDS[row.sheet]
        for name, text in (edits or {}).items():
            if name in allowed:
                row.edits[name] = text.strip()[: opening_reading.LONGEST]
        row.choices.update(choices or {})
        if "place" in (edits or {}):
            row.choices.pop("place", None)
        row.said = ""

    _change(actor, book, n, change)


def _change(actor: Actor, book: OpeningBook, n: int, change: Callable[[Row], None]) -> None:
    with transaction.atomic():
        locked = open_book(actor, book)
        kept = rows_of(locked)
        for row in kept.rows:
            if row.n == n:
                change(row)
        _keep(locked, kept)


@transaction.atomic
def leave_out(*, actor: Actor, book: OpeningBook, n: int, now: datetime) -> None:
    """Forget one row."""
    finish(actor, book, {n}, entered=0, now=now, event=OpeningEvent.LEFT_OUT)


def enter_people(*, actor: Actor, book: OpeningBook, now: datetime) -> tuple[int, int]:
    """Enter rows that are ready, each in a transaction of its own: (entered, still ready).

    Cut off at any moment, it goes on with the next press: a row entered already is the same stay.
    Rows that are here already go with them.

    Raises:
        Refused: the book is closed.
    """
    fresh = OpeningBook.objects.for_actor(actor).get(pk=book.pk)
    can_open(fresh.state).require()
    found = judged(actor, rows_of(fresh), day_of(now))
    ready = [one for one in found if one.status is Status.READY]
    gone = {one.row.n for one in found if one.status is Status.THERE}
    entered, said = set(), {}
    for place, one in enumerate(ready[:AT_ONCE]):
        try:
            _enter(actor, one, now, look=place)
            entered.add(one.row.n)
        except StaysAlready:
            gone.add(one.row.n)
        except (Refused, BadNationalId) as no:
            said[one.row.n] = no.reason
    finish(actor, book, entered | gone, entered=len(entered), now=now, said=said)
    return len(entered), len(ready) - len(ready[:AT_ONCE])


def _enter(actor: Actor, one: Judged, now: datetime, *, look: int) -> None:
    """First looks are spread over the days, so that they do not all fall due at once."""
    said, offer = one.said, one.offer
    if offer is None or said.since is None:
        raise Refused(_("The row is not ready."))
    record_opening(
        actor=actor,
        offer=Offer.objects.for_actor(actor).get(pk=offer.pk),
        stay=Since(
            said.since,
            wage_per_day=said.wage_per_day,
            look_on=day_of(now) + timedelta(days=1 + look % FIRST_LOOK_DAYS),
            note=said.note,
        ),
        now=now,
        key=UUID(one.row.key),
        about=said.about,
        person=one.person,
    )


@transaction.atomic
def finish(
    actor: Actor,
    book: OpeningBook,
    gone: Iterable[int],
    *,
    entered: int,
    now: datetime,
    said: Mapping[int, str] | None = None,
    event: OpeningEvent = OpeningEvent.ENTERED,
) -> None:
    """Empty rows that are entered or need not be; a book without rows is done."""
    locked = open_book(actor, book)
    kept, gone = rows_of(locked), set(gone)
    kept.rows = [row for row in kept.rows if row.n not in gone]
    for row in kept.rows:
        row.said = (said or {}).get(row.n, row.said)
    locked.entered += entered
    if not kept.rows:
        locked.state = OpeningState.ENTERED if locked.entered else OpeningState.DROPPED
        locked.entered_at = now
    _keep(locked, kept)
    if gone:
        changes = {"rows": len(gone), "entered": entered}
        record(actor, event, locked, changes=changes, at=now)


@transaction.atomic
def put_aside(*, actor: Actor, book: OpeningBook, now: datetime) -> OpeningBook:
    """Forget the rows that are left. Doing it twice changes nothing."""
    locked = _locked(actor, book)
    if not can_open(locked.state):
        return locked
    changes = {"rows": _left(locked)}
    locked.state = OpeningState.ENTERED if locked.entered else OpeningState.DROPPED
    locked.entered_at = now
    locked.rows_sealed = b""
    locked.save()
    record(actor, OpeningEvent.PUT_ASIDE, locked, changes=changes, at=now)
    return locked


def _left(book: OpeningBook) -> int | None:
    """How many rows; what was damaged can be put aside, too."""
    try:
        return len(rows_of(book).rows)
    except crypto.CannotUnseal:
        return None


def put_aside_old(*, actor: Actor, now: datetime) -> None:
    """Forget the rows of workbooks that lie here too long: they name people."""
    since = now - timedelta(days=KEPT_DAYS)
    books = OpeningBook.objects.for_actor(actor).filter(state=OpeningState.PREVIEW)
    for book in books.filter(created_at__lte=since).order_by("pk"):
        put_aside(actor=actor, book=book, now=now)


@transaction.atomic
def taken_out(*, actor: Actor, book: OpeningBook, rows: int, now: datetime) -> None:
    """Write down that somebody downloaded the rows that are left: they name people."""
    record(actor, OpeningEvent.TAKEN_OUT, book, changes={"rows": rows}, at=now)


def open_book(actor: Actor, book: OpeningBook) -> OpeningBook:
    """The book, locked.

    Raises:
        Refused: it is closed.
    """
    locked = _locked(actor, book)
    can_open(locked.state).require()
    return locked


def _locked(actor: Actor, book: OpeningBook) -> OpeningBook:
    return OpeningBook.objects.for_actor(actor).select_for_update().get(pk=book.pk)
