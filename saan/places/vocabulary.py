"""How addresses are written: words for the levels, short names. An import vocabulary."""

from __future__ import annotations

#: The Thai name of a Bangkok district starts with this.
KHET = "เขต"
#: People call the capital district of a province only so.
CAPITAL = "เมือง"
CAPITAL_IN_ENGLISH = "Mueang"

PROVINCE_ALIASES = {
    "กทม": "10",
    "กรุงเทพ": "10",
    "กรุงเทพฯ": "10",
    "อยุธยา": "14",
    "โคราช": "30",
    "อุบล": "34",
    "อุดร": "41",
    "สุราษฎร์": "84",
    "นครศรีฯ": "80",
}

#: level → the words that announce it, longest first.
LEVELS = {
    "subdistrict": ("ตำบล", "แขวง", "ต."),
    "district": ("กิ่งอำเภอ", "อำเภอ", "เขต", "กิ่ง อ.", "อ."),
    "province": ("จังหวัด", "จ."),
}
