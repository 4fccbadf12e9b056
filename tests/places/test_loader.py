"""The reference places are there after `migrate`, complete and quickly."""

import pytest

from saan.places import loader, queries
from saan.places.models import District, Province, Subdistrict

pytestmark = pytest.mark.django_db


def test_migrate_has_loaded_every_place() -> None:
    assert Province.objects.count() == 77
    assert District.objects.count() == 928
    assert Subdistrict.objects.count() == 7436


def test_every_place_has_a_point_and_every_district_a_shape() -> None:
    assert not Subdistrict.objects.filter(latitude=None).exists()
    assert not District.objects.filter(latitude=None).exists()
    assert not District.objects.filter(shape__isnull=True).exists()


def test_a_point_lies_where_the_place_is() -> None:
    where = queries.point_of(subdistrict_code="360106")
    assert where is not None
    assert where.source == "tambon"
    assert (where.latitude, where.longitude) == pytest.approx((15.9, 102.1), abs=0.15)


def test_a_subdistrict_without_its_own_point_says_so() -> None:
    where = queries.point_of(subdistrict_code="100101")
    assert where is not None
    assert where.source == "district"


def test_the_district_answers_when_there_is_no_subdistrict() -> None:
    where = queries.point_of(district_code="3615")
    assert where is not None
    assert where.source == "district"
    assert queries.point_of() is None


def test_loading_again_changes_nothing() -> None:
    before = list(District.objects.values_list("code", "name_th", "latitude", "shape_source"))
    loader.load()
    assert (
        list(District.objects.values_list("code", "name_th", "latitude", "shape_source")) == before
    )


def test_complete_tables_are_left_alone(django_assert_num_queries) -> None:
    with django_assert_num_queries(3):
        loader.after_migrate()


def test_a_missing_place_comes_back_with_the_next_migrate() -> None:
    Subdistrict.objects.filter(code="360106").delete()
    loader.after_migrate()
    assert Subdistrict.objects.filter(code="360106").exists()


def test_districts_of_chaiyaphum_are_listed_by_code() -> None:
    found = queries.districts_of("36")
    assert len(found) == 16
    assert found[0] == ("3601", "เมืองชัยภูมิ", "Mueang Chaiyaphum")
    assert len(queries.subdistricts_of("3601")) == 19


def test_the_index_of_names_covers_every_place() -> None:
    from saan.places.names import names

    assert len(names().by_code) == 77 + 928 + 7436
    assert names().label("360106") == "กุดตุ้ม"
    assert names().label("999999") == ""
