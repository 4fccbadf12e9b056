"""Spellings that people mix up, made one: for finding, never for showing."""

from __future__ import annotations

import re

from saan.kernel.thai.text import normalise, squeeze

#: Short → written out. Read with or without dots, only where a word begins.
ABBREVIATIONS = {
    "รพ.สต.": "โรงพยาบาลส่งเสริมสุขภาพตำบล",
    "รพ.": "โรงพยาบาล",
    "รร.": "โรงเรียน",
    "สนง.": "สำนักงาน",
    "อบต.": "องค์การบริหารส่วนตำบล",
    "อบจ.": "องค์การบริหารส่วนจังหวัด",
    "ทต.": "เทศบาลตำบล",
    "ทม.": "เทศบาลเมือง",
    "ทน.": "เทศบาลนคร",
    "บจก.": "บริษัท",
    "บมจ.": "บริษัท",
    "หจก.": "ห้างหุ้นส่วนจำกัด",
    "พมจ.": "พัฒนาสังคมและความมั่นคงของมนุษย์จังหวัด",
    "สสจ.": "สำนักงานสาธารณสุขจังหวัด",
    "สสอ.": "สำนักงานสาธารณสุขอำเภอ",
    "สภ.": "สถานีตำรวจภูธร",
    "กศน.": "การศึกษานอกโรงเรียน",
    "ศพด.": "ศูนย์พัฒนาเด็กเล็ก",
    "มูลฯ": "มูลนิธิ",
}
#: Sure enough to be read without dot or space behind them.
_SURE = frozenset({"รพ.สต.", "รพ.", "สนง.", "อบต.", "อบจ.", "บจก.", "หจก.", "พมจ.", "สสจ.", "กศน."})
#: Vowels and marks that make the letter before them part of another word: สนงาม is no office.
_HANGING = "ะาๅำัิีึืฺุู็่้๊๋์ํ๎"
_MARKS = dict.fromkeys(map(ord, "ฺ็่้๊๋์ํ๎"))
_SOUNDS = {
    "ส": "ศษ",
    "น": "ณ",
    "ย": "ญ",
    "ด": "ฎ",
    "ต": "ฏ",
    "ถ": "ฐ",
    "ท": "ฑฒธ",
    "ล": "ฬ",
    "ค": "ฆฅ",
}
_SOUNDS |= {"พ": "ภ", "ไ": "ใ", "ข": "ฃ"}
_ONE_SOUND = {ord(other): one for one, others in _SOUNDS.items() for other in others}


def _short(abbreviation: str) -> str:
    """รพ.สต. as a pattern: the dots may be missing, or be spaces."""
    body = r"[.\s]?".join(re.escape(c) for c in abbreviation if c not in ".ฯ")
    if abbreviation.endswith("ฯ"):
        return f"{body}ฯ"
    return body + (rf"(?:\.|(?![{_HANGING}]))" if abbreviation in _SURE else r"(?:\.|(?=\s|$))")


_LONGEST_FIRST = sorted(ABBREVIATIONS, key=len, reverse=True)
_SHORTS = re.compile(
    r"(?<![ก-๙a-zA-Z0-9])(?:" + "|".join(f"({_short(short)})" for short in _LONGEST_FIRST) + ")"
)


def write_out(text: str) -> str:
    """Replace the abbreviations of offices and companies by what they stand for."""

    def full(match: re.Match[str]) -> str:
        return ABBREVIATIONS[_LONGEST_FIRST[(match.lastindex or 1) - 1]]

    return _SHORTS.sub(full, normalise(text))


def fold(text: str) -> str:
    """Squeezed, without tone marks and silent letters' marks, letters of one sound merged.

    หวยหินฝน and ห้วยหินฝน fold to the same, and so do ณัฐพงศ์ and นัฐพงษ์.
    """
    return squeeze(text).translate(_MARKS).translate(_ONE_SOUND)
