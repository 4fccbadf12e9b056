"""Titles, ranks and monks: what stands before a name and is not the name."""

from __future__ import annotations

import re

from saan.kernel.thai.normal import normalise

_CIVIL = (
    "นาย", "นาง", "นางสาว", "น.ส.", "นส.", "ด.ช.", "ด.ญ.", "เด็กชาย", "เด็กหญิง",
    "ม.จ.", "ม.ร.ว.", "ม.ล.", "หม่อมหลวง", "หม่อมราชวงศ์", "หม่อมเจ้า",
    "คุณหญิง", "ท่านผู้หญิง", "Mr.", "Mrs.", "Miss", "Ms.",
)  # fmt: skip
_LEARNED = (
    "ดร.", "ศ.ดร.", "รศ.ดร.", "ผศ.ดร.", "ศ.", "รศ.", "ผศ.", "นพ.", "พญ.", "ทพ.", "ทพญ.",
    "นายแพทย์", "แพทย์หญิง", "ว่าที่ร้อยตรี", "ว่าที่ร้อยโท", "ว่าที่ร้อยเอก",
)  # fmt: skip
_RANKS = (
    "ร.ต.", "ร.ท.", "ร.อ.", "พ.ต.", "พ.ท.", "พ.อ.", "พล.ต.", "พล.ท.", "พล.อ.",
    "ร.ต.ต.", "ร.ต.ท.", "ร.ต.อ.", "พ.ต.ต.", "พ.ต.ท.", "พ.ต.อ.", "พล.ต.ต.", "พล.ต.ท.", "พล.ต.อ.",
    "ส.ต.", "ส.ท.", "ส.อ.", "จ.ส.ต.", "จ.ส.ท.", "จ.ส.อ.", "ส.ต.ต.", "ส.ต.ท.", "ส.ต.อ.", "ด.ต.",
    "พ.จ.ต.", "พ.จ.ท.", "พ.จ.อ.", "จ.ต.", "จ.ท.", "จ.อ.", "พ.อ.ต.", "พ.อ.ท.", "พ.อ.อ.",
    "น.ต.", "น.ท.", "น.อ.", "พลฯ", "พลทหาร", "อส.", "อส.ทพ.", "ร้อยตรี", "ร้อยโท", "ร้อยเอก",
    "ร้อยตำรวจตรี", "ร้อยตำรวจโท", "ร้อยตำรวจเอก", "ดาบตำรวจ", "สิบตำรวจตรี", "สิบตำรวจโท",
    "สิบตำรวจเอก", "จ่าสิบตำรวจ", "จ่าสิบเอก", "จ่าสิบโท", "จ่าสิบตรี", "สิบตรี", "สิบโท", "สิบเอก",
)  # fmt: skip
_RELIGIOUS = (
    "พระ", "พระมหา", "พระครู", "พระอธิการ", "พระอาจารย์", "พระใบฎีกา", "พระสมุห์", "พระปลัด",
    "พระวินัยธร", "พระธรรมธร", "พระครูปลัด", "พระครูสมุห์", "พระครูใบฎีกา", "พระครูวินัยธร",
    "พระครูธรรมธร", "พระครูสังฆรักษ์", "สามเณร", "สามเณรี", "แม่ชี", "ภิกษุณี", "หลวงพ่อ", "หลวงปู่",
    "หลวงตา", "หลวงพี่", "บาทหลวง",
)  # fmt: skip

#: Offered as suggestions; any other title is allowed.
TITLES: tuple[str, ...] = (*_CIVIL, *_LEARNED, *_RANKS, *_RELIGIOUS)

#: Also beginnings of ordinary words, so a title only when a space follows.
_LOOSE = (
    "คุณ",
    "ครู",
    "อาจารย์",
    "อ.",
    "ผู้ใหญ่",
    "กำนัน",
    "ลุง",
    "ป้า",
    "น้า",
    "อา",
    "ตา",
    "ยาย",
    "พี่",
    "น้อง",
)
_DOTTED = sorted(
    {t for t in TITLES if "." in t} | {f"ว่าที่ {t}" for t in _RANKS}, key=len, reverse=True
)
_WORDS = sorted({t for t in TITLES if "." not in t}, key=len, reverse=True)
#: Vowels and marks that belong to the letter before them: นางาม is not Mrs. ◌าม.
_HANGING = "ะาๅำัิีึืฺุู็่้๊๋์ํ๎"


def _dotted(title: str) -> str:
    """A title with dots, written with or without spaces between its parts."""
    return r"\s*".join(re.escape(part) for part in re.findall(r"[^.\s]+\.?", title))


_PATTERN = re.compile(
    rf"(?P<title>(?:{'|'.join(_dotted(t) for t in _DOTTED)})(?:\s*หญิง(?=\s))?"
    rf"|(?:{'|'.join(re.escape(t) for t in _WORDS)})(?![{_HANGING}])"
    rf"|(?:{'|'.join(re.escape(t) for t in _LOOSE)})(?=\s))\s*(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)


def split_title(full: str) -> tuple[str, str]:
    """Take the title off a full name: `("ร.ต.อ.", "สมชาย ใจดี")`; `("", name)` when there is none.

    A text that is nothing but a title stays a name.
    """
    text = normalise(full)
    match = _PATTERN.fullmatch(text)
    if match is None:
        return "", text
    return " ".join(match["title"].split()), match["rest"].strip()


def full_name(title: str, first: str, last: str) -> str:
    """Write a name as Thais do: the title touches the first name, the surname stands apart.

    A title in Latin letters keeps its space.
    """
    gap = "" if title and "ก" <= title.rstrip(".ฯ ")[-1:] <= "๛" else " "
    return " ".join(f"{title}{gap if title else ''}{first} {last}".split())
