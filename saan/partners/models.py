"""The partner registry: who they are, how to reach them, what they offer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saan.centres.enums import Sex
from saan.centres.models import Centre
from saan.centres.querysets import CentreQuerySet
from saan.kernel.constraints import one_of
from saan.partners.enums import (
    Channel,
    ImportState,
    OfferKind,
    PartnerKind,
    RowStatus,
    Stage,
)
from saan.partners.querysets import OfferQuerySet, PartnerQuerySet
from saan.places.models import District, Province, Subdistrict


class Partner(models.Model):
    """An organisation, community or individual that a centre can call on.

    It may lie in another province. `latitude`/`longitude` (WGS 84) come from the place given
    most exactly; `point_source` is `own`, `tambon`, `district` or empty. `name_key` is the
    squeezed name, `sort_key` its Thai order.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=PartnerKind)
    #: The centre's own finer code (`temple.1`) where it has one; rules read `kind`.
    kind_detail = models.CharField(max_length=40, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.FOUND)
    found_via = models.CharField(_("found via"), max_length=20, choices=Channel, blank=True)
    found_on = models.DateField(_("found on"), null=True, blank=True)
    found_on_text = models.CharField(max_length=40, blank=True)
    address = models.CharField(_("house number, village, road"), max_length=200, blank=True)
    province = models.ForeignKey(
        Province, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    district = models.ForeignKey(
        District, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subdistrict = models.ForeignKey(
        Subdistrict, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    point_source = models.CharField(max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)
    resting_until = models.DateField(_("resting until"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    archive_reason = models.CharField(max_length=200, blank=True)
    is_invented = models.BooleanField(default=False)
    name_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=500)
    last_contact_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            one_of("kind", PartnerKind, "partner_kind_known"),
            one_of("stage", Stage, "partner_stage_known"),
            one_of("found_via", Channel, "partner_channel_known", blank=True),
        ]
        indexes = [
            models.Index(fields=["centre", "sort_key", "id"], name="partner_by_name"),
            models.Index(fields=["centre", "name_key"], name="partner_by_key"),
            models.Index(fields=["centre", "district", "sort_key"], name="partner_by_district"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_code(self) -> str:
        """The full code of the kind, the centre's own where it has one."""
        return self.kind_detail or self.kind


class Contact(models.Model):
    """A person at a partner whom we may call."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=150, blank=True)
    position = models.CharField(_("position"), max_length=100, blank=True)
    line_id = models.CharField(_("LINE ID"), max_length=60, blank=True)

    objects = CentreQuerySet["Contact"].as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Phone(models.Model):
    """A number of a partner. `e164` (+66…) or a short service number such as 1300."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="phones")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    e164 = models.CharField(_("number"), max_length=16)
    extension = models.CharField(_("extension"), max_length=10, blank=True)
    to_confirm = models.BooleanField(default=False)

    objects = CentreQuerySet["Phone"].as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["centre", "e164"], name="phone_by_number")]

    def __str__(self) -> str:
        return self.e164


class Offer(models.Model):
    """What a partner can give, to whom, how many at once, and when that was last confirmed.

    `places` is None when the partner set no limit. `sexes`, `groups` empty = all accepted;
    `features` holds codes of `Feature` that the place has. Ages in years, inclusive.
    `wage_per_day` in baht, only for work.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(_("kind"), max_length=20, choices=OfferKind)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    sex = models.CharField(_("only"), max_length=10, choices=Sex, blank=True)
    min_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    groups = models.JSONField(_("accepted groups"), default=list, blank=True)
    features = models.JSONField(_("has"), default=list, blank=True)
    needs_id_card = models.BooleanField(_("ID card needed"), default=False)
    wage_per_day = models.PositiveIntegerField(_("baht per day"), null=True, blank=True)
    conditions = models.CharField(_("in the partner's words"), max_length=300, blank=True)
    is_open = models.BooleanField(_("open"), default=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("kind", OfferKind, "offer_kind_known"),
            one_of("sex", Sex, "offer_sex_known", blank=True),
            models.CheckConstraint(
                condition=Q(min_age=None) | Q(max_age=None) | Q(max_age__gte=F("min_age")),
                name="offer_ages_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "is_open", "kind"], name="offer_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.partner_id}"


class ImportBatch(models.Model):
    """One uploaded workbook on its way into the registry. The same file (sha256) changes nothing."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    mapping = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    error = models.CharField(max_length=300, blank=True)
    done_rows = models.PositiveIntegerField(default=0)
    total_rows = models.PositiveIntegerField(default=0)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    #: When a job last gave a sign of life, and how many have begun to read the file.
    worked_at = models.DateTimeField(null=True)
    attempt = models.PositiveIntegerField(default=0)

    objects = CentreQuerySet["ImportBatch"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [one_of("state", ImportState, "import_state_known")]
        indexes = [models.Index(fields=["centre", "sha256"], name="import_by_file")]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row of the workbook: what it says, what is wrong, what the officer decided.

    `values` are the cleaned values, `raw` the cells as written, `problems` a list of
    {"field", "code", "value", "message", "suggestion"}; `before` lets the import be undone.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=RowStatus)
    problems = models.JSONField(default=list)
    raw = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    same_as = models.ForeignKey(Partner, null=True, on_delete=models.SET_NULL, related_name="+")
    decided = models.BooleanField(default=False)
    skip = models.BooleanField(default=False)
    partner = models.ForeignKey(
        Partner, null=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    created_partner = models.BooleanField(default=False)
    before = models.JSONField(default=dict)

    objects = CentreQuerySet["ImportRow"].as_manager()

    class Meta:
        ordering = ["batch", "pk"]
        constraints = [one_of("status", RowStatus, "import_row_status_known")]
        indexes = [models.Index(fields=["batch", "status", "id"], name="import_row_by_status")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}"
