"""Charts as the browser receives them."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from saan.outputs.charts import PRINT, Column, Tone, clean, share_columns, top_of
from tests.strict.rules import faults

SVG = "{http://www.w3.org/2000/svg}"

COLUMNS = [
    Column("2565", 0.389, "38.9%", ("21 จาก 54", "รายงานเดิม"), "/s/?fy=2565", "ปี 2565", Tone.REPORTED),
    Column("2568", 0.181, "18.1%", ("13 จาก 72",), "/s/?fy=2568&d=cohort", "ปี 2568 18.1%", Tone.PLAIN),
    Column("2569", 0.128, "12.8%", ("11 จาก 86",), "/s/?fy=2569", "ปี 2569 12.8%", Tone.NOW),
    Column("2570", None, "", ("2 จาก 14",), "/s/?fy=2570", "ปี 2570 ยังไม่คิดร้อยละ", Tone.SMALL),
]  # fmt: skip


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.fromstring(share_columns(COLUMNS))


def test_every_year_is_a_link_to_its_records_with_a_sentence(root):
    links = [(a.get("href"), a.get("aria-label")) for a in root.iter(f"{SVG}a")]
    assert links == [(c.href, c.says) for c in COLUMNS]


def test_a_link_is_a_target_even_where_the_column_has_no_height():
    drawn = ET.fromstring(share_columns([Column("2569", 0.0, "0%", ("0 จาก 40",), "/x", "ศูนย์")]))
    (link,) = drawn.iter(f"{SVG}a")
    (mark,) = link
    assert mark.get("pointer-events") == "all"
    assert "h" in (mark.get("d") or "")


def test_the_strictest_policy_lets_the_picture_through():
    svg = share_columns(COLUMNS)
    assert list(faults(svg)) == []
    assert "<style" not in svg
    assert "https://" not in svg
    assert "<script" not in svg


def test_what_the_policy_would_block_is_taken_out():
    dirty = (
        '<svg xmlns="http://www.w3.org/2000/svg"><style>a{}</style><script>x()</script>'
        '<g style="fill:red"><text>ก</text></g></svg>'
    )
    assert clean(dirty) == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="group"><g><text>ก</text></g></svg>'
    )


def test_colours_follow_the_theme_on_screen_and_stand_alone_in_print():
    assert "var(--color-primary)" in share_columns(COLUMNS)
    assert "var(" not in share_columns(COLUMNS, palette=PRINT)


def test_thai_words_are_in_the_picture_as_text(root):
    words = {text.text for text in root.iter(f"{SVG}text")}
    assert {"รายงานเดิม", "11 จาก 86", "12.8%"} <= words


def test_reported_years_and_small_years_look_different_from_live_ones(root):
    looks = [
        (path.get("fill"), path.get("stroke"), path.get("stroke-dasharray"))
        for path in root.iter(f"{SVG}path")
        if path.get("fill", "").startswith("var") or path.get("stroke")
    ]
    assert len(looks) == len(set(looks)) == len(COLUMNS)


def test_nothing_to_draw_is_an_empty_picture():
    assert share_columns([]) == ""


def test_the_axis_ends_above_the_highest_share_and_may_pass_one_hundred_percent():
    def highest(value: float) -> float:
        return top_of([Column("x", value, "", (), "", "")])

    assert highest(0.05) == 0.2
    assert highest(0.389) == 0.4
    assert highest(0.4) == 0.4
    assert highest(1.25) == pytest.approx(1.3)


def test_the_drawing_library_is_not_loaded_before_a_chart_is_drawn():
    code = "import sys, saan.outputs.charts, saan.outputs.sheets; print('vl_convert' in sys.modules, 'xlsxwriter' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]
