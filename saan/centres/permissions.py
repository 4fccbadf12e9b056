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
    OPENING_RECORD = "opening.record"
    ACCESS_ASK = "access.ask"
    ACCESS_DECIDE = "access.decide"
    PERSON_ERASE = "person.erase"
    JOBS_VIEW = "jobs.view"
    NATIONAL_VIEW = "national.view"
    NATIONAL_EDIT = "national.edit"


P = Permission

#: Held by the department's staff, never by a centre's.
NATIONAL = frozenset({P.NATIONAL_VIEW, P.NATIONAL_EDIT})
#: What can be done without having chosen a centre.
WITHOUT_CENTRE = NATIONAL | {P.JOBS_VIEW}

#: code → (Thai name, English name, permissions). Loaded once; an installation may edit its rows.
ROLES: dict[str, tuple[str, str, tuple[Permission, ...]]] = {
    "director": (
        "ผู้อำนวยการศูนย์",
        "Director",
        tuple(p for p in Permission if p not in {P.SETTINGS_EDIT, *NATIONAL}),
    ),
    "head": (
        "หัวหน้าศูนย์ (ดูแลระบบเอง)",
        "Head who also administers",
        tuple(p for p in Permission if p not in NATIONAL),
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
            P.OPENING_RECORD,
            P.ACCESS_ASK,
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
    "national": ("เจ้าหน้าที่ส่วนกลาง", "National viewer", (P.STATISTICS_VIEW, P.NATIONAL_VIEW)),
    "national_admin": (
        "ผู้ดูแลระบบส่วนกลาง",
        "National administrator",
        (P.STATISTICS_VIEW, P.NATIONAL_VIEW, P.NATIONAL_EDIT, P.JOBS_VIEW),
    ),
    "auditor": ("ผู้ตรวจสอบ", "Auditor", (P.STATISTICS_VIEW, P.AUDIT_VIEW)),
    "administrator": ("ผู้ดูแลระบบ", "Administrator", (P.AUDIT_VIEW, P.SETTINGS_EDIT, P.JOBS_VIEW)),
}
