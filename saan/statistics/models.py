"""Figures of past years that exist only as totals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saan.centres.models import Centre
from saan.centres.querysets import CentreQuerySet


class ReportedFigure(models.Model):
    """The facility share of one past fiscal year, typed in from a report and marked so.

    `fiscal_year` is a Buddhist-era year: 2566 = 1 Oct 2565 – 30 Sep 2566.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year"))
    numerator = models.PositiveIntegerField(_("sent to a state facility"))
    denominator = models.PositiveIntegerField(_("people served"))
    source = models.CharField(_("source"), max_length=200)
    reported_by_id = models.BigIntegerField(null=True)
    reported_at = models.DateTimeField()

    objects = CentreQuerySet["ReportedFigure"].as_manager()

    class Meta:
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "fiscal_year"], name="one_reported_figure_per_year"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year__gte=2540, fiscal_year__lte=2700),
                name="reported_year_is_buddhist",
            ),
            models.CheckConstraint(
                condition=Q(denominator__gte=1) & Q(numerator__lte=F("denominator")),
                name="reported_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.numerator}/{self.denominator}"
