"""The command line: one JSON answer, also when it is no."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from saan.partners.models import Partner
from tests.factories import CentreFactory
from tests.partners_import.books import SAMPLE

pytestmark = pytest.mark.django_db


def refused(*arguments):
    """What stands on standard output when the command fails."""
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_partners", *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())["error"]


def test_a_missing_file_is_named(centre, tmp_path):
    assert "none.xlsx" in refused(tmp_path / "none.xlsx", "--centre", "36")


def test_a_file_that_is_no_workbook_is_refused_in_words(centre, tmp_path):
    path = tmp_path / "junk.xlsx"
    path.write_bytes(b"no workbook")
    assert refused(path, "--centre", "36")
    assert not Partner.objects.exists()


def test_a_province_without_centre_tells_how_to_open_one(centre):
    assert "open_centre" in refused(SAMPLE, "--centre", "37")


@pytest.mark.parametrize(
    "command",
    [
        ("import_partners", str(SAMPLE)),
        ("find", "partners", "วัด"),
        ("facility_ratio", "--fy", "2569"),
    ],
)
def test_several_centres_of_one_province_are_not_guessed(centre, command):
    CentreFactory.create(province=centre.province)
    with pytest.raises(CommandError, match="36"):
        call_command(*command, "--centre", "36")


def test_an_extension_stands_beside_its_number(centre):
    out = StringIO()
    call_command("import_partners", str(SAMPLE), "--centre", "36", "--json", stdout=out)
    items = {item["row"]: item for item in json.loads(out.getvalue())["items"]}
    mill = next(i for i in items.values() if i["name"] == "โรงงานแป้งมันจัตุรัส")
    assert mill["values"]["phones"] == ["+6644851234", "+66897654321"]
    assert mill["values"]["extensions"] == {"+6644851234": "12"}
