"""Reading places by code."""

from __future__ import annotations

import pytest

from saan.places import queries

pytestmark = pytest.mark.django_db


def test_a_province_has_its_districts_and_they_their_subdistricts() -> None:
    districts = queries.districts_of("36")
    assert len(districts) == 16
    assert queries.subdistricts_of(districts[0].code)


@pytest.mark.parametrize("code", ["\x00", "36\x00", "", "<script>", "9" * 5000])
def test_a_code_of_nowhere_has_no_places(code: str) -> None:
    assert queries.districts_of(code) == []
    assert queries.subdistricts_of(code) == []
