"""The words of the workbook of opening balances: sheets, headings, sexes, kinds. Data, not code."""

from __future__ import annotations

from saan.centres.enums import Sex
from saan.partners.enums import OfferKind

PEOPLE_SHEET = "ผู้ที่อยู่กับเครือข่าย"
PAST_SHEET = "ตัวเลขปีก่อน"
#: The column in which the rows that were not entered say why.
TO_MEND = "ต้องแก้"

#: field → headings as written, ours first. Compared squeezed, then by likeness.
PEOPLE: dict[str, tuple[str, ...]] = {
    "title": ("คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "title"),
    "first_name": ("ชื่อ", "ชื่อตัว", "ชื่อจริง", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อและสกุล", "first name"),
    "last_name": ("สกุล", "นามสกุล", "ชื่อสกุล", "last name", "surname"),
    "national_id": (
        "เลขบัตร",
        "เลขบัตรประชาชน",
        "เลขประจำตัวประชาชน",
        "เลขบัตร 13 หลัก",
        "บัตรประชาชน",
        "national id",
    ),
    "sex": ("เพศ", "sex", "gender"),
    "born": ("ปีเกิด/อายุ", "ปีเกิด", "อายุ", "ปี พ.ศ. เกิด", "วันเกิด", "วันเดือนปีเกิด", "อายุ (ปี)", "age"),
    "place": (
        "สถานที่รับ",
        "ผู้รับ",
        "สถานที่",
        "เครือข่าย",
        "ชื่อเครือข่าย",
        "เครือข่ายที่รับ",
        "สถานที่พัก",
        "อยู่ที่",
        "หน่วยงานที่รับ",
        "place",
    ),
    "district": ("อำเภอ", "อำเภอ/เขต", "เขต", "จังหวัด/อำเภอ", "อำเภอ/จังหวัด", "district"),
    "province": ("จังหวัด", "province"),
    "kind": ("ประเภทการรับ", "ประเภท", "ลักษณะการรับ", "รูปแบบการรับ", "kind"),
    "since": (
        "อยู่ตั้งแต่วันที่",
        "อยู่ตั้งแต่",
        "ตั้งแต่วันที่",
        "วันที่เข้าอยู่",
        "วันที่ไปถึง",
        "วันที่ส่ง",
        "วันที่เริ่มอยู่",
        "since",
    ),
    "wage": ("ค่าจ้าง", "ค่าจ้างต่อวัน", "ค่าจ้าง (บาท/วัน)", "ค่าแรง", "wage"),
    "note": ("หมายเหตุ", "บันทึก", "อื่น ๆ", "note"),
}
PAST: dict[str, tuple[str, ...]] = {
    "year": ("ปีงบประมาณ", "ปี", "ปี พ.ศ.", "ปีงบ", "fiscal year", "year"),
    "served": (
        "ผู้ที่ศูนย์ดูแล",
        "จำนวนผู้ที่ศูนย์ดูแล",
        "ผู้รับบริการ",
        "จำนวนผู้รับบริการ",
        "จำนวนทั้งหมด",
        "served",
    ),
    "sent": (
        "ส่งสถานคุ้มครอง",
        "จำนวนที่ส่งสถานคุ้มครอง",
        "ส่งสถานคุ้มครองคนไร้ที่พึ่ง",
        "ส่งต่อสถานคุ้มครอง",
        "sent",
    ),
    "source": ("ที่มา", "ที่มาของตัวเลข", "แหล่งที่มา", "เอกสารอ้างอิง", "source"),
}
#: Columns that hold nothing of ours.
PASSED_OVER = (TO_MEND, "ลำดับ", "ลำดับที่", "ที่", "no", "no.", "แถวเดิม")

SEXES: dict[str, Sex] = {
    "ชาย": Sex.MALE,
    "ช": Sex.MALE,
    "ช.": Sex.MALE,
    "เพศชาย": Sex.MALE,
    "male": Sex.MALE,
    "m": Sex.MALE,
    "หญิง": Sex.FEMALE,
    "ญ": Sex.FEMALE,
    "ญ.": Sex.FEMALE,
    "เพศหญิง": Sex.FEMALE,
    "female": Sex.FEMALE,
    "f": Sex.FEMALE,
    "ไม่แน่ใจ": Sex.UNSURE,
    "ไม่ทราบ": Sex.UNSURE,
}
#: What stands in the list of sexes.
SEXES_TO_CHOOSE = ("ชาย", "หญิง")
#: What stands in the list of the template, one word for each kind.
KINDS: dict[OfferKind, str] = {
    OfferKind.WORK: "ทำงาน",
    OfferKind.RESIDENCE: "ที่พักอาศัย",
    OfferKind.DHAMMA_STAY: "ปฏิบัติธรรม",
    OfferKind.CARE: "ดูแลผู้ป่วย",
    OfferKind.TRAINING: "ฝึกอาชีพ",
}
#: Beside the words that a registry uses (partners.vocabulary).
MORE_KINDS: tuple[tuple[str, OfferKind], ...] = (
    ("จ้าง", OfferKind.WORK),
    ("งาน", OfferKind.WORK),
    ("พัก", OfferKind.RESIDENCE),
    ("อุปการะ", OfferKind.RESIDENCE),
    ("บวช", OfferKind.DHAMMA_STAY),
    ("วัด", OfferKind.DHAMMA_STAY),
    ("ดูแล", OfferKind.CARE),
    ("ฝึก", OfferKind.TRAINING),
)
YEARS_OLD = ("ปี", "ขวบ", "years", "year")
PER_MONTH = ("เดือน", "month")
COUNTED = (",", "ราย", "คน")
BAHT_A_DAY = ("บาท", "ต่อวัน", "/วัน", "/", "วันละ", "baht", "ต่อ", "วัน", ".-")

PEOPLE_NOTES = (
    "กรอกผู้ที่อยู่กับเครือข่ายอยู่แล้วในวันที่ศูนย์เริ่มใช้สาน คนละหนึ่งแถว แถวใดยังไม่แน่ใจเว้นช่องไว้ได้ ระบบจะถามก่อนบันทึก",
    "ต้องมี: ชื่อ, สถานที่รับ (ชื่อตามทำเนียบเครือข่าย) และวันที่เข้าอยู่ เช่น 12 ม.ค. 2567 หรือ 12/1/2567",
    "เลขบัตรพิมพ์เป็นข้อความ 13 หลัก เว้นว่างได้ · ปีเกิดเป็น พ.ศ. หรือใส่อายุก็ได้ · ค่าจ้างเป็นบาทต่อวัน",
)
PAST_NOTES = (
    "ตัวเลขรวมของปีก่อนเริ่มใช้สาน ตามรายงานเดิม ปีละหนึ่งแถว เช่น 2568",
    "บอกที่มาของตัวเลขทุกปี เช่น รายงานผลการดำเนินงานประจำปี 2568",
)
