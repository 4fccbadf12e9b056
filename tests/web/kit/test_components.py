"""Components: right arguments give the right marks, wrong ones fail when the template is compiled."""

import re
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.urls import reverse

from saan.kernel.decisions import Decision
from saan.web.kit.controls import Bar
from saan.web.kit.icons import NAMES
from saan.web.kit.marks import freshness, initials_of
from saan.web.kit.paging import number_of, slice_of

TODAY = date(2026, 11, 22)
WEB = Path(settings.ROOT) / "saan" / "web"


def draw(source, **context):
    return BeautifulSoup(
        Template(source).render(Context({"today": TODAY, **context})), "html5lib"
    ).body


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "no-such-icon" %}',
        '{% tag "x" tone="purple" %}',
        '{% tag "x" icon="no-such-icon" %}',
        '{% fact "maybe" "x" %}',
        '{% panel titel="x" %}{% endpanel %}',
        '{% work icon="no-such-icon" %}{% endwork %}',
        '{% button "x" kind="marigold" %}',
        "{% tag %}",
    ],
)
def test_a_wrong_argument_fails_when_the_template_is_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


def test_every_template_of_ours_compiles():
    from django.template.loader import get_template

    names = [str(path.relative_to(WEB)) for path in WEB.rglob("*.html")]
    assert len(names) > 40
    for name in names:
        get_template(name)


def test_text_is_escaped_wherever_it_comes_from():
    bad = "<script>alert(1)</script>"
    sources = [
        "{% tag bad %}",
        "{% fact 'yes' bad %}",
        "{% chip bad url=bad %}",
        "{% button bad value=bad name=bad %}",
        "{% button bad why_not=bad %}",
        "{% link bad bad %}",
        "{% panel title=bad note=bad count=bad url=bad action=bad %}{{ bad }}{% endpanel %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% kvitem bad %}{{ bad }}{% endkvitem %}",
        "{% event title=bad when=bad icon='x' %}{{ bad }}{% endevent %}",
        "{% emptystate icon='x' title=bad text=bad %}{% endemptystate %}",
        "{% initials bad %}",
        "{% copy_button bad bad %}",
        "{% confirm label=bad url=bad button=bad %}{{ bad }}{% endconfirm %}",
        "{% dialog id='d' title=bad %}{{ bad }}{% enddialog %}",
    ]
    for source in sources:
        assert draw(source, bad=bad).find("script") is None, source


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 11, 22), "new"),
        (date(2026, 10, 23), "new"),
        (date(2026, 10, 22), "mid"),
        (date(2026, 8, 24), "mid"),
        (date(2026, 8, 23), "old"),
        (None, "old"),
    ],
)
def test_freshness_turns_at_30_days_and_at_the_window(day, kind):
    assert freshness(day, TODAY, 90) == kind


def test_a_confirmation_is_said_in_words():
    said = [draw("{% fresh day today %}", day=d).text for d in (None, TODAY, date(2026, 11, 21))]
    assert said == ["ยังไม่เคยยืนยัน", "ยืนยันวันนี้", "ยืนยันเมื่อวาน"]
    assert draw("{% fresh day today %}", day=date(2026, 4, 22)).text == "ยืนยัน 7 เดือนก่อน"


def test_a_fact_is_not_told_by_colour_alone():
    spoken = draw("{% fact 'care' 'อยู่ไกล' %}")
    assert spoken.select_one(".sr-only").text.startswith("ระวัง")
    assert spoken.select_one("use")["href"].endswith("#i-triangle-alert")


def test_a_disabled_button_says_why():
    why = Decision("ต้องเลือกผู้รับก่อน").reason
    drawn = draw("{% button 'ส่ง' why_not=why %}", why=why)
    button = drawn.select_one("button")
    assert button.has_attr("disabled")
    assert button.find_next_sibling().text == why


def test_an_empty_value_is_not_a_blank():
    assert draw("{% kvitem 'อายุ' %}  {% endkvitem %}").select_one("dd").text == "–"


def test_initials_leave_out_title_and_leading_vowels():
    assert initials_of("นายเกรียง ทับทิม") == "กร"
    assert initials_of("Somchai") == "SO"
    assert initials_of("") == "?"


def test_bars_stay_inside_their_track():
    rows = [Bar("ก", 1.7, "17", url="/x"), Bar("ข", -1, "0"), Bar("ค", 0.333, "3")]
    assert [r["width"] for r in draw("{% bars rows %}", rows=rows).select("rect")] == [
        "100.0",
        "0.0",
        "33.3",
    ]


def test_a_phone_number_is_one_tap_away():
    link = draw("{% phone_link '+6644000001' '12' %}").select_one("a")
    assert link["href"] == "tel:+6644000001,12"


def test_a_confirmation_posts_with_its_token():
    form = draw(
        "{% confirm label='ยุติ' url='/x' button='ยุติ' danger=True %}แน่ใจ{% endconfirm %}",
        csrf_token="t0ken",
    ).select_one("form")
    assert (form["method"], form["action"]) == ("post", "/x")
    assert form.select_one("[name=csrfmiddlewaretoken]")["value"] == "t0ken"


@pytest.mark.parametrize("asked", ["0", "-1", "x", "٣", "99999999999", ""])
def test_an_odd_page_number_is_the_first(asked):
    assert number_of(RequestFactory().get("/", {"page": asked})) == 1


def test_paging_keeps_the_question():
    request = RequestFactory().get("/", {"q": "วัด", "page": "2"})
    drawn = draw("{% pager rows %}", rows=slice_of(range(60), request), request=request)
    assert "26–50 จาก 60" in " ".join(drawn.text.split())
    assert [a["href"] for a in drawn.select("a")] == [
        "?q=%E0%B8%A7%E0%B8%B1%E0%B8%94&page=1",
        "?q=%E0%B8%A7%E0%B8%B1%E0%B8%94&page=3",
    ]


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client_for):
    response = client_for("auditor").get(reverse("kit:gallery"))
    assert response.status_code == 200
    classes = {
        c
        for tag in BeautifulSoup(response.content, "html5lib").find_all(True)
        for c in tag.get_attribute_list("class")
    }
    wanted = "panel work notice tag fact fresh chip kv tl bars field choice empty-state dialog confirm initials btn"
    assert set(wanted.split()) <= classes


def test_nothing_is_styled_or_scripted_inside_the_markup():
    bad = re.compile(r'\sstyle="|\son\w+="|<script(?![^>]*src=)|javascript:', re.IGNORECASE)
    found = [str(p.relative_to(WEB)) for p in WEB.rglob("*.html") if bad.search(p.read_text())]
    assert found == []


def test_every_icon_that_the_code_names_exists():
    named = re.compile(r'icon="([a-z0-9-]+)"')
    used = {(name, p.name) for p in WEB.rglob("*.py") for name in named.findall(p.read_text())}
    assert [pair for pair in sorted(used) if pair[0] not in NAMES] == []
