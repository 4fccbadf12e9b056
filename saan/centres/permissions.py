"""What may be allowed, and which roles an installation starts with."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a door or an action may ask for."""

    TODAY_VIEW = "today.view"
    PERSON_VIEW = "person.view"
    PERSON_SENSITIVE = "person.sensitive"
    CASE_OPEN = "case.open"
    CASE_EDIT = "case.edit"
    PARTNER_VIEW = "partner.view"
    PARTNER_EDIT = "partner.edit"
    PARTNER_IMPORT = "partner.import"
    PLACEMENT_VIEW = "placement.view"
    PLACEMENT_REQUEST = "placement.request"
    PLACEMENT_RECORD = "placement.record"
    FACILITY_TRANSFER = "facility.transfer"
    STATISTICS_VIEW = "statistics.view"
    STATISTICS_REPORT = "statistics.report"
    AUDIT_VIEW = "audit.view"
    SETTINGS_EDIT = "settings.edit"


P = Permission

#: code → (Thai name, English name, permissions). Loaded once; an installation may edit its rows.
ROLES: dict[str, tuple[str, str, tuple[Permission, ...]]] = {
    "director": (
        "ผู้อำนวยการศูนย์",
        "Director",
        tuple(p for p in Permission if p is not P.SETTINGS_EDIT),
    ),
    "case": (
        "เจ้าหน้าที่ดูแลผู้รับบริการ",
        "Case officer",
        (
            P.TODAY_VIEW,
            P.PERSON_VIEW,
            P.PERSON_SENSITIVE,
            P.CASE_OPEN,
            P.CASE_EDIT,
            P.PARTNER_VIEW,
            P.PLACEMENT_VIEW,
            P.PLACEMENT_REQUEST,
            P.PLACEMENT_RECORD,
            P.FACILITY_TRANSFER,
            P.STATISTICS_VIEW,
        ),
    ),
    "network": (
        "เจ้าหน้าที่เครือข่าย",
        "Network officer",
        (P.TODAY_VIEW, P.PARTNER_VIEW, P.PARTNER_EDIT, P.PARTNER_IMPORT, P.STATISTICS_VIEW),
    ),
    "field": (
        "เจ้าหน้าที่ภาคสนาม",
        "Field officer",
        (
            P.TODAY_VIEW,
            P.PERSON_VIEW,
            P.CASE_OPEN,
            P.CASE_EDIT,
            P.PARTNER_VIEW,
            P.PLACEMENT_VIEW,
            P.PLACEMENT_REQUEST,
            P.PLACEMENT_RECORD,
        ),
    ),
    "km_editor": (
        "ผู้จัดทำองค์ความรู้",
        "KM editor",
        (P.TODAY_VIEW, P.PARTNER_VIEW, P.STATISTICS_VIEW),
    ),
    "national": ("เจ้าหน้าที่ส่วนกลาง", "National viewer", (P.STATISTICS_VIEW,)),
    "auditor": ("ผู้ตรวจสอบ", "Auditor", (P.STATISTICS_VIEW, P.AUDIT_VIEW)),
    "administrator": ("ผู้ดูแลระบบ", "Administrator", (P.AUDIT_VIEW, P.SETTINGS_EDIT)),
}
