"""What can be found by typing: one squeezed text per object. Engines differ per database."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """The searchable text of one object.

    `kind` is `partner` or `person`; `text` is squeezed (normalised, no spaces or marks of
    punctuation). On SQLite a trigram FTS5 table shadows it, on PostgreSQL a pg_trgm index.
    """

    centre_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_one_entry_each")
        ]
        indexes = [models.Index(fields=["centre_id", "kind"], name="search_by_centre")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
