"""Forms understand how people write, and keep what they wrote."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.template import Context, Template

from saan.web.kit.forms import (
    BaseForm,
    BuddhistDateField,
    ChipSelectMultiple,
    PartialDateField,
    PhoneField,
    ThaiIntegerField,
)


class Sample(BaseForm):
    name = forms.CharField(label="ชื่อ", help_text="ตามบัตร")
    day = BuddhistDateField(required=False)
    since = PartialDateField(required=False)
    age = ThaiIntegerField(required=False, min_value=0, max_value=120)
    phone = PhoneField(required=False)
    needs = forms.MultipleChoiceField(
        required=False, widget=ChipSelectMultiple, choices=[("bed", "ที่นอน"), ("food", "อาหาร")]
    )


def draw(form, name):
    source = "{% field form." + name + " %}"
    return BeautifulSoup(Template(source).render(Context({"form": form})), "html5lib").body


@pytest.mark.parametrize(
    "typed", ["๑๒ ม.ค. ๒๕๖๗", "12/1/2567", "2024-01-12", "12 มกราคม พ.ศ. 2567"]
)
def test_a_day_may_be_written_in_either_era(typed):
    form = Sample({"name": "ก", "day": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2024, 1, 12)


@pytest.mark.parametrize("typed", ["31/2/2569", "พ.ค. 2567", "เมื่อวาน", "19/10/9999"])
def test_what_is_no_day_is_refused_with_a_reason_and_stays_in_the_field(typed):
    form = Sample({"name": "ก", "day": typed})
    assert not form.is_valid()
    drawn = draw(form, "day")
    box = drawn.select_one("input")
    assert box["value"] == typed
    assert box["aria-invalid"] == "true"
    assert drawn.find(id=box["aria-describedby"].split()[-1]).text.strip()


def test_a_month_is_enough_where_a_month_is_asked():
    form = Sample({"name": "ก", "since": "พ.ค. 2567"})
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["since"].year_be, form.cleaned_data["since"].month) == (2567, 5)


def test_a_known_day_is_shown_in_the_buddhist_era():
    assert (
        draw(Sample(initial={"day": date(2024, 1, 12)}), "day").select_one("input")["value"]
        == "12 ม.ค. 2567"
    )


def test_thai_digits_are_numbers():
    form = Sample({"name": "ก", "age": "๕๘", "phone": "๐๘๑ ๐๐๐ ๐๐๑๑"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["age"] == 58
    assert [p.e164 for p in form.cleaned_data["phone"]] == ["+66810000011"]


@pytest.mark.parametrize(("field", "typed"), [("age", "121"), ("age", "ห้าสิบ"), ("phone", "0x9")])
def test_a_wrong_number_is_said_at_its_field(field, typed):
    form = Sample({"name": "ก", field: typed})
    assert list(form.errors) == [field]


def test_an_empty_field_says_what_to_do():
    form = Sample({})
    assert not form.is_valid()
    assert form.errors["name"] == ["โปรดกรอกช่องนี้"]


def test_label_help_and_error_belong_to_the_control():
    form = Sample({})
    form.is_valid()
    drawn = draw(form, "name")
    box = drawn.select_one("input")
    assert drawn.select_one("label")["for"] == box["id"]
    assert all(drawn.find(id=name) is not None for name in box["aria-describedby"].split())
    assert len(box["aria-describedby"].split()) == 2
    assert not box.has_attr("required")


def test_chips_are_real_checkboxes_in_a_group():
    drawn = draw(Sample({"needs": ["food"]}), "needs")
    boxes = drawn.select("fieldset label.chip > input[type=checkbox]")
    assert [(b["value"], b.has_attr("checked")) for b in boxes] == [("bed", False), ("food", True)]
    ids = [tag["id"] for tag in drawn.find_all(id=True)]
    assert len(ids) == len(set(ids))
