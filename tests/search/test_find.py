"""Finding partners and people by typing, the same on both databases."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from saan.search import index
from saan.search.find import find
from saan.search.models import SearchEntry

pytestmark = pytest.mark.django_db

NAMES = [
    "วัดหนองไผ่ล้อม", "วัดห้วยหินฝน", "มูลนิธิสวนแก้ว", "สำนักงานจัดหางานจังหวัดชัยภูมิ",
    "ฟาร์มเห็ดภูแลนคา", "ร้านล้างรถสามพี่น้อง", "โรงงานแป้งมันจัตุรัส", "ชุมชนบ้านโนนสาทร",
    "นางบุญมี มีสุข", "ไร่อ้อยลุงคำ", "วัดป่าสามัคคี", "โรงสีชุมชนบ้านเขว้า", "โรงพยาบาลซับใหญ่",
    "วัดบ้านชวน", "องค์การบริหารส่วนตำบลท่าหินโงม", "วัดหินตั้ง", "วัดหนองบัว", "วัดไผ่ล้อม",
    "บ้านหนองไผ่", "วัดห้วยหิน", "บจก. ชัยภูมิการเกษตร", "ร้านหินฝน",
]  # fmt: skip


def put(names, centre_id=1, kind="partner"):
    index.put_many(kind, centre_id, {n: [name] for n, name in enumerate(names, 1)})


def found(text, centre_id=1, kind="partner", limit=50, names=NAMES):
    return [names[hit.object_id - 1] for hit in find(kind, centre_id, text, limit)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("หนองไผ่ลอม", "วัดหนองไผ่ล้อม"),
        ("วัด หนอง ไผ่ล้อม", "วัดหนองไผ่ล้อม"),
        ("หวยหินฝน", "วัดห้วยหินฝน"),
        ("วดหนองไผ่ล้อม", "วัดหนองไผ่ล้อม"),
        ("วัดหนองไผล้อมม", "วัดหนองไผ่ล้อม"),
        ("วัดหนองไผ่ล่อม", "วัดหนองไผ่ล้อม"),
        ("มูนนิธิสวนแก้ว", "มูลนิธิสวนแก้ว"),
        ("ฟาร์มเหดภูแลนคา", "ฟาร์มเห็ดภูแลนคา"),
        ("ฟามเห็ด", "ฟาร์มเห็ดภูแลนคา"),
        ("สนง.จัดหางาน", "สำนักงานจัดหางานจังหวัดชัยภูมิ"),
        ("สนงจัดหางาน", "สำนักงานจัดหางานจังหวัดชัยภูมิ"),
        ("สำนักงานจดหางาน", "สำนักงานจัดหางานจังหวัดชัยภูมิ"),
        ("รพ.ซับใหญ่", "โรงพยาบาลซับใหญ่"),
        ("รพ ซับใหญ่", "โรงพยาบาลซับใหญ่"),
        ("รพซับใหญ่", "โรงพยาบาลซับใหญ่"),
        ("อบต. ท่าหินโงม", "องค์การบริหารส่วนตำบลท่าหินโงม"),
        ("บริษัท ชัยภูมิการเกษตร", "บจก. ชัยภูมิการเกษตร"),
        ("บจก ชัยภูมิการเกสตร", "บจก. ชัยภูมิการเกษตร"),
        ("โรงแป้งมัน", "โรงงานแป้งมันจัตุรัส"),
        ("บุญมี", "นางบุญมี มีสุข"),
        ("มีสุข บุญมี", "นางบุญมี มีสุข"),
        ("บญมี มสุข", "นางบุญมี มีสุข"),
        ("วัดไผ่ล้อม", "วัดไผ่ล้อม"),
        ("คำ", "ไร่อ้อยลุงคำ"),
        ("ไร", "ไร่อ้อยลุงคำ"),
    ],
)
def test_what_people_type_finds_what_they_mean_first(text, first):
    put(NAMES)
    assert found(text)[:1] == [first]


def test_an_exact_name_comes_before_a_prefix_before_the_middle_before_a_misspelling():
    names = ["บ้านสวนแก้ว", "สวนแก้วรีสอร์ต", "สวนแก้ว", "สวนแกวเก่า", "สวนเเกว้"]
    put(names)
    order = found("สวนแก้ว", names=names)
    assert order[:3] == ["สวนแก้ว", "สวนแก้วรีสอร์ต", "บ้านสวนแก้ว"]
    hits = find("partner", 1, "สวน แก้ว")
    assert hits[0].exact
    assert [hit.exact for hit in hits[1:]] == [False] * (len(hits) - 1)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_equal_hits_stand_in_order_of_name():
    names = ["วัดขาว", "วัดกลาง", "วัดคำ"]
    put(names)
    assert found("วัด", names=names) == ["วัดกลาง", "วัดขาว", "วัดคำ"]
    assert found("วด", names=names) == []


def test_another_line_is_found_but_the_name_counts_for_more():
    index.put("partner", 1, 1, ["วัดกลาง", "สมชาย ใจดี", "+66812345678"])
    index.put("partner", 2, 1, ["ร้านสมชาย ใจดี"])
    assert [hit.object_id for hit in find("partner", 1, "สมชาย ใจดี")] == [2, 1]
    assert [hit.object_id for hit in find("partner", 1, "วัดกลาง")] == [1]


@pytest.mark.parametrize(
    "text", ["081-234-5678", "+66 81 234 5678", "๐๘๑๒๓๔๕๖๗๘", "2345678", "081 234"]
)
def test_a_telephone_number_is_found_however_it_is_typed(text):
    index.put("partner", 1, 1, ["วัดกลาง", "+66812345678"])
    index.put("partner", 2, 1, ["วัดใต้", "+66899999999"])
    assert [hit.object_id for hit in find("partner", 1, text)] == [1]


def test_nothing_of_another_centre_or_kind_is_found():
    put(NAMES)
    for text in ("วัดหนองไผ่ล้อม", "หวยหินฝน", "วด", "วัด"):
        assert find("partner", 2, text) == []
        assert find("person", 1, text) == []


@pytest.mark.parametrize(
    "text", ["", "   ", "…", "%", "_", '"', "''", "(", "\x00", "*", "a" * 5000]
)
def test_odd_input_finds_nothing_and_breaks_nothing(text):
    put(NAMES)
    assert find("partner", 1, text) == []


def test_wildcards_and_operators_in_a_name_are_only_letters():
    names = ["ร้าน 100% OR AND", 'บ้าน "คำ" NOT']
    put(names)
    assert found("100% or and", names=names) == names[:1]
    assert found('"คำ" NOT', names=names) == names[1:]


def test_putting_again_replaces_and_dropping_forgets():
    index.put("partner", 1, 1, ["วัดกลาง"])
    index.put("partner", 1, 1, ["มัสยิดกลาง"])
    assert find("partner", 1, "วัด") == []
    assert [hit.object_id for hit in find("partner", 1, "มัสยิด")] == [1]
    assert SearchEntry.objects.count() == 1
    index.drop("partner", 1)
    assert find("partner", 1, "มัสยิด") == []
    assert SearchEntry.objects.count() == 0


def test_the_same_number_of_queries_whatever_is_found():
    counts = set()
    for size in (3, 22):
        put(NAMES[:size])
        with CaptureQueriesContext(connection) as caught:
            find("partner", 1, "หนองไผ่ลอม")
        counts.add(len(caught))
    assert counts == {3}


def test_limit_is_kept():
    put(NAMES)
    assert len(found("วัด", limit=3)) == 3


@pytest.mark.django_db(transaction=True)
def test_the_index_survives_a_migration_that_alters_its_table():
    """SQLite remakes the table; the shadow table must still point at the same rows."""
    put(NAMES)
    old = SearchEntry._meta.get_field("kind")
    new = models.CharField(max_length=20)
    new.set_attributes_from_name("kind")
    new.model = SearchEntry
    with connection.schema_editor() as editor:
        editor.alter_field(SearchEntry, old, new)
    assert found("หวยหินฝน")[0] == "วัดห้วยหินฝน"
    assert found("มูนนิธิสวนแก้ว")[0] == "มูลนิธิสวนแก้ว"
    with connection.schema_editor() as editor:
        editor.alter_field(SearchEntry, new, old)


def test_rows_left_over_from_an_emptied_table_are_neither_found_nor_in_the_way():
    index.put("partner", 1, 1, ["วัดกลาง"])
    pk = SearchEntry.objects.get().pk
    SearchEntry.objects.all().delete()
    assert find("partner", 1, "วัดกลาง") == []
    SearchEntry.objects.create(
        pk=pk, kind="partner", object_id=2, centre_id=1, text="x", folded="x"
    )
    index.put("partner", 2, 1, ["โรงเลื่อยไม้"])
    assert find("partner", 1, "วัดกลาง") == []
    assert [hit.object_id for hit in find("partner", 1, "โรงเลื่อยไม้")] == [2]
