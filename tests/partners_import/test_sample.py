"""The centre's own workbook: every row explained, nothing written twice."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from saan.audit.models import AuditEvent
from saan.partners.models import Contact, ImportBatch, Offer, Partner, Phone
from tests.partners_import.books import SAMPLE, registry

if TYPE_CHECKING:
    from saan.centres.models import Centre

pytestmark = pytest.mark.django_db


def run(centre: Centre, *options: str, path: Any = SAMPLE) -> dict[str, Any]:
    out = io.StringIO()
    call_command(
        "import_partners", str(path), "--centre", centre.province_id, "--json", *options, stdout=out
    )
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def item(found: dict[str, Any], row: int, sheet: str = "ทะเบียนเครือข่าย") -> dict[str, Any]:
    return next(i for i in found["items"] if (i["sheet"], i["row"]) == (sheet, row))


@pytest.fixture
def found(centre: Centre) -> dict[str, Any]:
    return run(centre)


def test_the_counts_add_up_and_the_shape_is_the_agreed_one(found) -> None:
    assert list(found) == ["rows", "ready", "review", "refused", "duplicates", "items"]
    assert found["rows"] == 22 == len(found["items"])
    assert (found["ready"], found["review"], found["refused"], found["duplicates"]) == (16, 4, 1, 1)
    assert set(found["items"][0]) == {"sheet", "row", "name", "status", "problems", "values"}


def test_every_row_that_is_not_ready_says_why_in_thai(found) -> None:
    for entry in found["items"]:
        if entry["status"] != "ready":
            assert entry["problems"], entry
        for problem in entry["problems"]:
            assert set(problem) == {"field", "code", "value", "message", "suggestion"}
            assert "ก" <= problem["message"][0] <= "๙"


def test_the_same_temple_written_with_spaces_is_offered_as_the_same(found) -> None:
    entry = item(found, 12)
    assert (entry["name"], entry["status"]) == ("วัด หนองไผ่ล้อม", "duplicate")
    assert entry["problems"][0]["suggestion"] == "วัดหนองไผ่ล้อม"


def test_a_subdistrict_outside_its_district_is_flagged_with_where_it_is(found) -> None:
    entry = item(found, 13)
    assert entry["status"] == "review"
    problem = entry["problems"][0]
    assert (problem["field"], problem["code"]) == ("subdistrict", "not_in_district")
    assert "เมืองชัยภูมิ" in problem["suggestion"]


def test_a_date_that_never_was_is_kept_as_text_and_asked(found) -> None:
    entry = item(found, 16)
    assert (entry["status"], entry["problems"][0]["code"]) == ("review", "impossible")
    assert (entry["values"]["found_on"], entry["values"]["found_on_text"]) == (None, "31/02/2567")


def test_a_misspelt_district_is_suggested(found) -> None:
    entry = item(found, 18)
    assert (entry["status"], entry["problems"][0]["code"]) == ("review", "misspelt")
    assert "บ้านเขว้า" in entry["problems"][0]["suggestion"]


def test_a_number_that_lost_its_zero_is_suggested_whole(found) -> None:
    problem = item(found, 10)["problems"][0]
    assert (problem["code"], problem["suggestion"]) == ("lost_zero", "081 234 5670")


def test_a_row_without_a_name_is_refused_with_the_reason(found) -> None:
    entry = item(found, 21)
    assert (entry["status"], entry["problems"][0]["code"]) == ("refused", "missing")


def test_values_are_codes_and_plain_numbers(found) -> None:
    values = item(found, 11)["values"]
    assert values["phones"] == ["+6644851234", "+66897654321"]
    assert (values["district_code"], values["subdistrict_code"]) == ("3606", "360601")
    assert (values["places"], values["found_on"], values["kind"]) == (10, "2024-03-05", "business")
    assert item(found, 7)["values"]["province_code"] == "31"


def test_a_second_sheet_with_other_headings_is_read_too(found) -> None:
    entry = item(found, 2, "บำเหน็จณรงค์")
    assert (entry["name"], entry["values"]["places"]) == ("โรงโม่หินศิลาทอง", 3)


def test_looking_writes_nothing(found) -> None:
    assert not Partner.objects.exists()
    assert not ImportBatch.objects.exists()


def test_applying_writes_what_is_ready_and_the_same_file_again_nothing(centre: Centre) -> None:
    run(centre, "--apply")
    before = list(Partner.objects.order_by("pk").values())
    assert len(before) == 16
    again = run(centre, "--apply")
    assert (again["ready"], again["duplicates"]) == (0, 17)
    assert list(Partner.objects.order_by("pk").values()) == before


def test_a_partner_comes_with_contact_numbers_offer_point_and_history(centre: Centre) -> None:
    run(centre, "--apply")
    farm = Partner.objects.get(name="ฟาร์มเห็ดภูแลนคา")
    assert (farm.point_source, farm.subdistrict_id, farm.found_via) == (
        "tambon",
        "360113",
        "social_media",
    )
    contact = Contact.objects.get(partner=farm)
    assert (contact.name, contact.line_id) == ("สมชาย ใจดี", "farmhed")
    assert Phone.objects.get(partner=farm).e164 == "+66812345678"
    offer = Offer.objects.get(partner=farm)
    assert (offer.kind, offer.places, offer.sex, offer.wage_per_day) == ("work", 2, "male", 348)
    assert AuditEvent.objects.filter(partner_id=farm.pk, event="partner.created").count() == 1


def test_an_offer_without_a_number_of_places_waits_closed(centre: Centre) -> None:
    run(centre, "--apply")
    offer = Offer.objects.get(partner__name="วัดห้วยหินฝน")
    assert (offer.is_open, offer.places) == (False, None)
    assert Offer.objects.get(partner__name="ไร่อ้อยลุงคำ").is_open


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("หนองไผ่ลอม", "วัดหนองไผ่ล้อม"),
        ("วัด หนอง ไผ่ล้อม", "วัดหนองไผ่ล้อม"),
        ("หวยหินฝน", "วัดห้วยหินฝน"),
    ],
)
def test_afterwards_the_temples_are_found_first(centre: Centre, text: str, name: str) -> None:
    run(centre, "--apply")
    out = io.StringIO()
    call_command("find", "partners", text, "--centre", "36", "--json", stdout=out)
    assert json.loads(out.getvalue())["items"][0]["name"] == name


def test_temples_of_one_name_in_two_districts_are_two(centre: Centre, tmp_path) -> None:
    from tests.partners_import.books import HEADS, book

    path = tmp_path / "two.xlsx"
    rows = [["วัดสระแก้ว", "วัด", "", "คอนสาร"], ["วัดสระแก้ว", "วัด", "", "ภูเขียว"]]
    path.write_bytes(book(("ก", [HEADS, *rows])))
    assert run(centre, path=path)["ready"] == 2


def test_a_nearly_equal_name_in_one_subdistrict_is_asked(centre: Centre, tmp_path) -> None:
    from tests.partners_import.books import HEADS, book

    path = tmp_path / "near.xlsx"
    rows = [
        ["วัดหนองไผ่ล้อม", "วัด", "กุดตุ้ม", "เมืองชัยภูมิ"],
        ["วัดหนองไผ่ลอม", "วัด", "กุดตุ้ม", "เมืองชัยภูมิ"],
    ]
    path.write_bytes(book(("ก", [HEADS, *rows])))
    found = run(centre, path=path)
    assert (found["ready"], found["review"]) == (1, 1)
    assert found["items"][1]["problems"][0]["code"] == "maybe_same"


def test_an_unknown_centre_or_file_is_refused(centre: Centre, tmp_path) -> None:
    with pytest.raises(CommandError, match="99"):
        call_command("import_partners", str(SAMPLE), "--centre", "99")
    with pytest.raises(CommandError):
        call_command("import_partners", str(tmp_path / "none.xlsx"), "--centre", "36")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"junk")
    with pytest.raises(CommandError, match="เสีย"):
        call_command("import_partners", str(bad), "--centre", "36")


def test_the_other_centre_does_not_see_them(centre: Centre, other_centre: Centre) -> None:
    run(centre, "--apply")
    assert run(other_centre)["duplicates"] == 1


def test_without_json_the_answer_is_for_people(centre: Centre, tmp_path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(registry(1))
    out = io.StringIO()
    call_command("import_partners", str(path), "--centre", "36", stdout=out)
    assert "ready" in out.getvalue()
