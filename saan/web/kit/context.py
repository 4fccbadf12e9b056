"""What every page needs around its content: computed when asked for, a constant number of queries."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext, override, pgettext
from django.utils.translation import gettext as _

from saan.centres.enums import SetupStep
from saan.centres.permissions import Permission
from saan.centres.standing import NATIONAL_LEVEL
from saan.kernel import clock
from saan.web.kit import navigation
from saan.web.kit.actors import actor_of, standing_at

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.messages.storage.base import Message
    from django.http import HttpRequest

    from saan.centres.models import Centre
    from saan.centres.standing import Standing
    from saan.kernel.actors import Actor

THEMES = ("auto", "light", "dark")


class Shell:
    """The frame of the page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor | None:
        """Whoever is signed in and works at a centre."""
        return actor_of(self.request)

    @cached_property
    def standing(self) -> Standing | None:
        """Where and as what."""
        return standing_at(self.request)

    @cached_property
    def centre(self) -> Centre | None:
        """The centre whose rows are seen."""
        return self.standing.centre if self.standing else None

    @cached_property
    def province(self) -> str:
        """The centre's province, in words and in the language of the page."""
        if self.centre is None:
            return ""
        province = self.centre.province
        name = province.name_en if self.language == "en" else province.name_th
        return pgettext("in full", "%(name)s Province") % {"name": name}

    @cached_property
    def centre_name(self) -> str:
        """The centre's name without its province, which stands below it."""
        if self.centre is None:
            return _("National level") if self.standing else ""
        with override("th"):
            words = pgettext("in full", "%(name)s Province")
        return self.centre.name.replace(words % {"name": self.centre.province.name_th}, "").strip()

    @cached_property
    def goes_on_setting_up(self) -> bool:
        """Whether the first set-up of the centre waits for this user."""
        if self.centre is None or self.actor is None:
            return False
        early = self.centre.setup_step in {SetupStep.STANDARDS, SetupStep.FACILITIES}
        return early and self.actor.may(Permission.SETTINGS_EDIT)

    @cached_property
    def logo_url(self) -> str:
        """Where the centre's own emblem is, or nothing."""
        if self.centre is None or not self.centre.logo_sha256:
            return ""
        return reverse("settings:logo_image", args=[self.centre.pk, self.centre.logo_sha256])

    @cached_property
    def areas(self) -> list[navigation.Area]:
        """The navigation."""
        return navigation.areas_for(self.actor)

    @cached_property
    def home_url(self) -> str:
        """Where the mark leads."""
        return navigation.home_for(self.actor) if self.actor else "/"

    @cached_property
    def area(self) -> str:
        """Where we are."""
        match = self.request.resolver_match
        return navigation.area_of(match.namespace) if match else ""

    @cached_property
    def tabs(self) -> list[navigation.Area]:
        """The tabs of the area."""
        return navigation.tabs_for(self.actor, self.area)

    @property
    def has_many_tabs(self) -> bool:
        """Whether they do not fit beside each other."""
        return len(self.tabs) > navigation.MOST_TABS

    @property
    def is_tab(self) -> bool:
        """Whether this is the first page of a tab; those below it name their own way back."""
        return any(tab.url_name == self.view_name for tab in self.tabs)

    @cached_property
    def tab(self) -> str:
        """The tab we are under: the page's own, the one above it, or the first of its kind."""
        own = [tab for tab in self.tabs if tab.url_name == self.view_name]
        path = self.request.path
        above = [tab for tab in self.tabs if path.startswith(tab.url.rstrip("/") + "/")]
        above.sort(key=lambda tab: -len(tab.url))
        kind = self.view_name.partition(":")[0]
        near = [tab for tab in self.tabs if tab.url_name.partition(":")[0] == kind]
        return next((tab.code for tab in own + above + near), "")

    @cached_property
    def view_name(self) -> str:
        """`area:page`."""
        match = self.request.resolver_match
        return match.view_name if match else ""

    @cached_property
    def intake_url(self) -> str:
        """Where a new case is taken in, for those who may."""
        if self.actor is None or not self.actor.may(Permission.CASE_OPEN):
            return ""
        try:
            return reverse("people:intake")
        except NoReverseMatch:
            return ""

    @cached_property
    def bottom(self) -> list[navigation.Area]:
        """The first four of the phone's bar; the fifth is *More*."""
        return navigation.bottom_of(self.areas)

    @cached_property
    def more(self) -> list[navigation.Area]:
        """Areas that the phone's bar has no room for."""
        return [area for area in self.areas if area not in self.bottom]

    @cached_property
    def may_search(self) -> bool:
        """Whether there is anything the actor could find."""
        if self.actor is None:
            return False
        return any(self.actor.may(p) for p in (Permission.PERSON_VIEW, Permission.PARTNER_VIEW))

    @cached_property
    def user_name(self) -> str:
        """Whoever is signed in."""
        return str(self.request.user)

    @cached_property
    def role(self) -> str:
        """What they do at the centre."""
        return str(self.standing.role) if self.standing else ""

    @cached_property
    def elsewhere(self) -> list[tuple[int, str]]:
        """Where else the user may act: the other own centres, and the national level."""
        if self.standing is None:
            return []
        here = self.centre.pk if self.centre else NATIONAL_LEVEL
        places = [(row.centre_id, row.centre.name) for row in self.standing.own]
        if self.standing.may_go_national:
            places.append((NATIONAL_LEVEL, _("National level")))
        return [place for place in places if place[0] != here]

    @cached_property
    def bell_label(self) -> str:
        """What the bell says aloud."""
        if not self.unread:
            return _("Notices: nothing new")
        return ngettext("%(n)d new notice", "%(n)d new notices", self.unread) % {"n": self.unread}

    @property
    def theme_choices(self) -> tuple[tuple[str, str, str], ...]:
        """Code, label and icon of each appearance."""
        return (
            ("auto", _("As the device"), "sun-moon"),
            ("light", _("Light"), "sun"),
            ("dark", _("Dark"), "moon"),
        )

    @property
    def thai_name(self) -> str:
        """Thai, in Thai."""
        return dict(settings.LANGUAGES)["th"]

    @cached_property
    def unread(self) -> int:
        """Unread notices."""
        if self.actor is None:
            return 0
        try:
            from saan.notices.queries import unread_count
        except ImportError:
            return 0
        return unread_count(self.actor)

    @property
    def read_only(self) -> Any:
        """Why nothing can be changed now, and until when; None when everything can."""
        return getattr(self.request, "read_only", None)

    @cached_property
    def theme(self) -> str:
        """What the user chose: auto, light or dark."""
        chosen = self.request.COOKIES.get("theme", "auto")
        return chosen if chosen in THEMES else "auto"

    @property
    def language(self) -> str:
        """The code of the language of the page."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def today(self) -> date:
        """Today in Bangkok."""
        return clock.today()


def carried(message: Message, what: str) -> str:
    """What travels with a message under `undo:` or `clear:`, or nothing."""
    words = (message.extra_tags or "").split()
    return next((w.removeprefix(what) for w in words if w.startswith(what)), "")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give every template `shell` and `today`."""
    frame = Shell(request)
    return {"shell": frame, "today": clock.today()}
