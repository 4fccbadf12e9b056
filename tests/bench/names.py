"""Common Thai syllables, and the names they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random


def _words(text: str) -> list[str]:
    return text.split()


HEADS = ("วัดป่า", "วัด", "วัดบ้าน", "มูลนิธิ", "สมาคม", "ไร่", "สวน", "ร้าน", "กลุ่มแม่บ้าน", "โรงสี")
FIRST = ("หนอง", "ห้วย", "โนน", "บ้าน", "ดอน", "โคก", "นา", "ทุ่ง", "ภู", "คลอง", "ท่า", "วัง")
SECOND = ("ไผ่", "หิน", "ทราย", "บัว", "แก้ว", "ทอง", "ขาม", "ยาง", "สิม", "ตาด", "แดง", "ขาว", "ตูม")
THIRD = ("ล้อม", "ฝน", "งาม", "เหนือ", "ใต้", "ใหญ่", "น้อย", "กลาง", "พัฒนา", "สามัคคี", "เจริญ", "สุข")
GIVEN = _words(
    "สมชาย สมหญิง บุญมี บุญมา คำแพง ทองใบ ประเสริฐ วีระ สุดใจ จันทร์ มะลิ บังอร สายฝน "
    "อำนวย ประยูร สำราญ ทองดี คำปุ่น สุพรรณ วิชัย นิพนธ์ สมพร อุไร ละมัย ประสิทธิ์ "
    "สุรชัย กัญญา ปราณี ไพบูลย์ นงนุช ณัฐพงษ์ ศิริพร อนงค์ ธนากร เฉลิม พิกุล รัตนา "
    "สมศักดิ์ วันเพ็ญ เสถียร "
)
BEGIN = _words("ศรี ทอง แก้ว บุญ สุข จันทร์ พล วงศ์ ไชย ดี คำ เพ็ง แสน หอม ชัย ใจ ปัญญา มี สี ธรรม ")
END = _words(
    "สุข ทอง แก้ว วงศ์ มา ดี งาม ศรี พันธ์ ชัย ใส เจริญ สวัสดิ์ รัตน์ กุล บุญ นาม "
    "ภักดี เมือง หาญ ตรง คำ สมบัติ เพชร ไทย "
)
#: What the searches of a registry look for; the first partner of every centre has it.
EXACT = "วัดป่าหนองไผ่ล้อม"


def name_of(number: int, dice: random.Random) -> str:
    """A name nobody else has; the first is the one that searches look for."""
    if number == 0:
        return EXACT
    parts = (dice.choice(HEADS), dice.choice(FIRST), dice.choice(SECOND), dice.choice(THIRD))
    return f"{''.join(parts)} {number}"
