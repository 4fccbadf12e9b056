"""What can be found by typing: two spellings of one object's texts. Engines differ per database."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """The searchable texts of one object, one per line; the first line is its name.

    `kind` is `partner` or `person`. `text` is squeezed (normalised, no spaces or punctuation);
    `folded` is also without tone marks, with letters of one sound merged and abbreviations
    written out, and is what the trigram index holds: an FTS5 table of the same row ids on SQLite,
    a pg_trgm index on PostgreSQL.
    """

    centre_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    object_id = models.BigIntegerField()
    text = models.TextField()
    folded = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_one_entry_each")
        ]
        indexes = [models.Index(fields=["centre_id", "kind"], name="search_by_centre")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
