"""Keep the Thai catalogue complete, without gettext's own tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from saan.web.kit import catalogue

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """`manage.py catalogue` brings locale/th up to date with the msgids in code and templates."""

    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]
    help = "Extract msgids, merge translations, check that nothing is missing, compile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what to do; without options the file is brought up to date."""
        parser.add_argument(
            "--merge", metavar="FILE", nargs="+", default=[], help="JSON {msgid: Thai}"
        )
        parser.add_argument(
            "--missing", action="store_true", help="print what has no Thai yet, as JSON"
        )
        parser.add_argument(
            "--under", default="", help="with --missing: only msgids used below this folder"
        )
        parser.add_argument("--prune", action="store_true", help="drop what nothing uses any more")
        parser.add_argument(
            "--check", action="store_true", help="fail when anything is missing or unused"
        )
        parser.add_argument("--compile", action="store_true", help="write the .mo file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        root = Path(settings.ROOT)
        folder = root / "locale" / "th" / "LC_MESSAGES"
        found = catalogue.extract(root / "saan") | catalogue.extract(root / "config")
        book = catalogue.read(folder / "django.po")
        if options["compile"]:
            catalogue.write_mo(book, folder / "django.mo")
            return
        if options["missing"]:
            wanted = catalogue.missing(book, found, options["under"])
            self.stdout.write(json.dumps(wanted, ensure_ascii=False, indent=1))
            return
        if options["check"]:
            self.check_book(book, found)
            return
        unknown = self.merge(book, found, options["merge"])
        fresh = catalogue.updated(book, found, prune=options["prune"])
        catalogue.write_po(fresh, folder / "django.po")
        catalogue.write_mo(fresh, folder / "django.mo")
        without = len(catalogue.missing(fresh, found, ""))
        self.stdout.write(
            f"{len(found)} msgids, {without} without Thai, {len(unknown)} merged but unused"
        )
        for msgid in unknown:
            self.stdout.write(f"  not used anywhere: {msgid!r}")

    def merge(self, book: Any, found: catalogue.Found, files: list[str]) -> list[str]:
        """Put translations from JSON files into the book; returns msgids that nothing uses."""
        unknown: list[str] = []
        for name in files:
            pairs = json.loads(Path(name).read_text(encoding="utf-8"))
            unknown += catalogue.merge(book, found, pairs)
        return unknown

    def check_book(self, book: Any, found: catalogue.Found) -> None:
        """Fail with a list.

        Raises:
            CommandError: something is missing, fuzzy, unused, or a placeholder differs.
        """
        problems = catalogue.problems(book, found)
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(found)} msgids, all in Thai")
