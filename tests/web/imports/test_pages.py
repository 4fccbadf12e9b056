"""The pages of an import: from the file to the registry, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saan.partners.models import ImportBatch, ImportRow, Partner
from tests.partners_import.books import SAMPLE, book, registry
from tests.web.swap import assert_same, soup, swap

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: Callable[..., Client]) -> Client:
    return client_for("network")


@pytest.fixture
def post(client: Client, django_capture_on_commit_callbacks: Any) -> Any:
    """Post, and let the jobs it started run."""

    def do(name: str, *args: Any, data: Any = None, **headers: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(f"imports:{name}", args=args), data or {}, headers=headers)

    return do


@pytest.fixture
def bring(post: Any) -> Any:
    """Bring a file and give its batch."""

    def do(content: bytes | None = None, name: str = "ทะเบียน.xlsx") -> ImportBatch:
        file = SimpleUploadedFile(name, content or SAMPLE.read_bytes())
        response = post("list", data={"file": file})
        assert response.status_code == 303
        return ImportBatch.objects.defer("content").get(
            pk=int(response["Location"].rpartition("/")[2])
        )

    return do


def get(client: Client, batch: ImportBatch, query: str = "") -> Any:
    response = client.get(reverse("imports:batch", args=(batch.pk,)) + query)
    assert response.status_code == 200
    return response


def words(response: Any) -> str:
    return " ".join(soup(response).get_text(" ").split())


def row(batch: ImportBatch, number: int) -> ImportRow:
    return ImportRow.objects.filter(batch=batch, row=number).order_by("pk")[0]


def test_the_first_page_is_empty_and_helps(client: Client) -> None:
    text = words(client.get(reverse("imports:list")))
    assert "ยังไม่มีไฟล์" in text
    assert "เลือกไฟล์" in text


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"hello", "a.xlsx", "เสีย"),
        (b"x", "a.png", "เฉพาะไฟล์ Excel"),
        (b"", "a.xlsx", "ว่าง"),
    ],
)
def test_a_wrong_file_is_answered_at_the_field(post, content, name, expected) -> None:
    response = post("list", data={"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert expected in words(response)
    assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_answered_too(post) -> None:
    assert post("list").status_code == 422


def test_the_sample_is_shown_with_every_doubt(client, bring) -> None:
    text = words(get(client, bring()))
    for expected in (
        "ตรวจก่อนนำเข้า 22 แถว",
        "ตำบลไม่อยู่ในอำเภอที่เขียน",
        "วันที่ไม่มีจริง",
        "อำเภอสะกดผิด",
        "081 234 5670",
        "แถวรวม",
        "คำอธิบาย",
        "รับเข้า 17 แถว",
    ):
        assert expected in text


def test_each_filter_shows_its_rows(client, bring) -> None:
    batch = bring()
    assert "แห่งเดียวกับ" in words(get(client, batch, "?show=duplicate"))
    assert "ไม่มีชื่อ" in words(get(client, batch, "?show=refused"))
    assert "วัดห้วยหินฝน" in words(get(client, batch, "?show=ready"))
    assert "มูลนิธิสวนแก้ว" not in words(get(client, batch, "?show=review"))


def test_a_file_that_fails_inside_says_why_and_leads_on(client, bring) -> None:
    text = words(get(client, bring(book(("ก", [["สวัสดี"]])))))
    assert "ไม่พบตาราง" in text
    assert "เลือกไฟล์อื่น" in text


def test_a_suggestion_taken_by_htmx_is_what_a_fresh_page_shows(client, bring, post) -> None:
    batch = bring()
    target = row(batch, 18)
    address = reverse("imports:batch", args=(batch.pk,))
    page = soup(client.get(address))
    response = post(
        "choose",
        target.pk,
        data={"problem": 0, "option": 0},
        **{"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}"},
    )
    swap(page, response, f"#row-{target.pk}")
    fresh = soup(client.get(f"{address}?show=review&settled={target.pk}"))
    for part in ("#import-tabs", "#import-accept", "#import-rows-head"):
        assert_same(page, fresh, part)
    settled = page.select_one(f"#row-{target.pk}")
    assert settled is not None
    assert "บ้านเขว้า" in settled.get_text()


def test_without_javascript_a_suggestion_leads_back_to_the_list(client, bring, post) -> None:
    target = row(bring(), 18)
    response = post("choose", target.pk, data={"problem": 0, "option": 0})
    assert (response.status_code, f"settled={target.pk}" in response["Location"]) == (303, True)
    assert "โรงสีชุมชนบ้านเขว้า" in words(client.get(response["Location"]))


def test_not_the_same_and_back_again(bring, post) -> None:
    batch = bring()
    target = row(batch, 12)
    post("different", target.pk)
    assert row(batch, 12).status == "ready"
    post("back", target.pk)
    assert row(batch, 12).status == "duplicate"


def test_a_row_typed_right_is_ready(client, bring, post) -> None:
    batch = bring()
    target = row(batch, 21)
    form = {"name": "วัดใหม่", "kind": "temple", "subdistrict": "บ้านแท่น", "district": "บ้านแท่น"}
    assert post("row", target.pk, data=form).status_code == 303
    assert row(batch, 21).status == "ready"


def test_a_row_typed_wrong_keeps_every_letter_and_says_why_at_the_field(bring, post) -> None:
    target = row(bring(), 21)
    form = {"name": "วัดใหม่", "kind": "temple", "found_on": "31/02/2567", "note": "โทรตอนเย็น"}
    response = post("row", target.pk, data=form)
    assert response.status_code == 422
    assert "วันที่ไม่มีจริง" in words(response)
    assert b"31/02/2567" in response.content
    assert "โทรตอนเย็น" in words(response)


def test_the_form_of_a_row_opens_with_what_the_file_says(client, bring) -> None:
    page = client.get(reverse("imports:row", args=(row(bring(), 18).pk,)))
    assert page.status_code == 200
    assert "บ้านเขวา" in page.content.decode()


def test_columns_can_be_chosen_anew(client, bring, post) -> None:
    batch = bring()
    post("columns", batch.pk, data={"sheet": "ทะเบียนเครือข่าย", "column-15": ""})
    assert row(batch, 9).values["note"] == ""


def test_columns_that_make_no_sense_are_refused(bring, post) -> None:
    batch = bring()
    response = post("columns", batch.pk, data={"sheet": "ทะเบียนเครือข่าย", "column-1": ""})
    assert response.status_code == 409


def test_all_sure_suggestions_at_once_then_accept_then_undo(client, bring, post) -> None:
    batch = bring()
    post("certain", batch.pk)
    post("accept", batch.pk)
    assert Partner.objects.count() == 20
    text = words(get(client, batch))
    assert "รับเข้าทำเนียบแล้ว 20 แห่ง" in text
    assert "เลิกทำได้ถึง" in text
    post("undo", batch.pk)
    assert not Partner.objects.exists()
    assert "เลิกทำการนำเข้านี้แล้ว" in words(get(client, batch))


def test_accepting_twice_enters_once_and_says_so(bring, post) -> None:
    batch = bring()
    assert post("accept", batch.pk).status_code == 303
    assert post("accept", batch.pk).status_code == 409
    assert Partner.objects.count() == 16


def test_the_same_file_again_leads_to_the_first(bring) -> None:
    assert bring().pk == bring().pk


def test_while_a_job_works_the_page_asks_every_two_seconds(client, bring) -> None:
    batch = bring()
    ImportBatch.objects.filter(pk=batch.pk).update(state="applying", done_rows=3, total_rows=17)
    page = soup(get(client, batch))
    assert page.select("#import-progress")[0]["hx-trigger"] == "every 2s"
    assert "3 จาก 17 แถว" in " ".join(page.get_text(" ").split())
    address = reverse("imports:progress", args=(batch.pk,))
    assert "HX-Refresh" not in client.get(address)
    ImportBatch.objects.filter(pk=batch.pk).update(state="applied")
    assert client.get(address)["HX-Refresh"] == "true"


def test_another_centres_file_is_not_found(bring, client_for, other_centre) -> None:
    batch = bring()
    stranger = client_for("network", other_centre)
    target = row(batch, 18)
    for name in ("batch", "progress"):
        assert stranger.get(reverse(f"imports:{name}", args=(batch.pk,))).status_code == 404
    for name in ("columns", "certain", "accept", "undo"):
        assert stranger.post(reverse(f"imports:{name}", args=(batch.pk,))).status_code == 404
    for name in ("row", "choose", "different", "back"):
        assert stranger.post(reverse(f"imports:{name}", args=(target.pk,))).status_code == 404


def test_a_case_officer_may_not_import(client_for) -> None:
    assert client_for("case").get(reverse("imports:list")).status_code == 403


@pytest.mark.parametrize("show", ["ready", "duplicate", "review"])
def test_thirty_rows_ask_no_more_than_three(client, bring, show) -> None:
    counts = []
    for count in (3, 30):
        batch = bring(registry(count, first=count * 1000), f"{count}.xlsx")
        with CaptureQueriesContext(connection) as caught:
            get(client, batch, f"?show={show}")
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_three_hundred_rows_come_in_pages_of_fifty(client, bring) -> None:
    batch = bring(registry(300))
    page = soup(get(client, batch, "?show=ready&page=2"))
    assert len(page.select("#import-rows > ul > li")) == 50
    assert "51–100" in page.get_text()


def test_work_that_has_stopped_is_continued_by_a_button(client, bring, post) -> None:
    batch = bring()
    address = reverse("imports:resume", args=(batch.pk,))
    own = ImportBatch.objects.filter(pk=batch.pk)
    own.update(state="reading", mapping={}, worked_at=timezone.now())
    assert not soup(get(client, batch)).select(f"form[action='{address}']")
    own.update(worked_at=timezone.now() - timedelta(minutes=5))
    progress = client.get(reverse("imports:progress", args=(batch.pk,)))
    for shown in (get(client, batch), progress):
        assert soup(shown).select_one(f"form[action='{address}'] button")
    assert post("resume", batch.pk).status_code == 303
    assert own.values_list("state", "total_rows")[0] == ("preview", batch.total_rows)
    assert ImportRow.objects.filter(batch=batch).count() == batch.total_rows
