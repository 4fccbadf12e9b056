"""A centre's own groups count as their base when places are found; so do its own kinds."""

from __future__ import annotations

import pytest

from saan.cases import actions as cases
from saan.kernel.decisions import Refused
from saan.kernel.scope import within
from saan.partners.models import Offer, Partner
from saan.placements import actions, finding, rules
from saan.placements.models import Referral
from tests.factories import (
    CaseFactory,
    CodeEntryFactory,
    OfferFactory,
    PartnerFactory,
    PlacementFactory,
    ReferralFactory,
)
from tests.placements.worlds import offer, question

G = frozenset
TAKEN = [
    ("who takes roaming takes its parts", {"roaming.1"}, {"roaming"}),
    ("and those of the other plain words", {"roaming.1"}, {"homeless"}),
    ("a part that is named", {"roaming.1"}, {"roaming.1"}),
    ("a part of a special group by its base", {"elderly.1"}, {"elderly"}),
    ("a part of a special group by name", {"elderly.1"}, {"elderly.1"}),
    ("a plain part beside a special group that is taken", {"roaming.1", "elderly"}, {"elderly"}),
    ("nothing is known of the person", set(), {"roaming.1"}),
]
REFUSED = [
    ("all of roaming, where only a part is taken", {"roaming"}, {"roaming.1"}, {"roaming"}),
    ("another part", {"roaming.2"}, {"roaming.1"}, {"roaming.2"}),
    ("a narrowed offer takes no other plain word", {"homeless"}, {"roaming.1"}, {"homeless"}),
    ("all of a special group", {"elderly"}, {"elderly.1"}, {"elderly"}),
    ("a part of a group that is not taken", {"elderly.1"}, {"roaming"}, {"elderly.1"}),
]


@pytest.mark.parametrize(("_why", "person", "accepts"), TAKEN)
def test_taken(_why, person, accepts):
    asked = question(groups=G(person))
    assert not rules.strange_groups(asked, offer(groups=G(accepts)))
    assert rules.can_be_asked(asked, offer(groups=G(accepts)))


@pytest.mark.parametrize(("_why", "person", "accepts", "strange"), REFUSED)
def test_not_taken(_why, person, accepts, strange):
    asked = question(groups=G(person))
    assert rules.strange_groups(asked, offer(groups=G(accepts))) == strange
    assert not rules.can_be_asked(asked, offer(groups=G(accepts)))


@pytest.fixture
def own_group(centre):
    return CodeEntryFactory.create(
        centre=centre, list="target_group", code="roaming.1", label_th="เร่ร่อนหน้าสถานี"
    )


@pytest.mark.django_db
def test_places_are_found_by_the_base(actor, centre, today, own_group):
    case = CaseFactory.create(person__centre=centre, field_types=["roaming.1"])
    fits = OfferFactory.create(partner__centre=centre, groups=["roaming"])
    part = OfferFactory.create(partner__centre=centre, groups=["roaming.1"])
    other = OfferFactory.create(partner__centre=centre, groups=["elderly"])
    found = finding.find_places(actor, case, today)
    assert {place.offer.pk for place in found.ranked} == {fits.pk, part.pk}
    case.field_types = ["roaming"]
    found = finding.find_places(actor, case, today)
    assert {place.offer.pk for place in found.ranked} == {fits.pk}
    case.field_types = ["roaming.1", "elderly"]
    found = finding.find_places(actor, case, today)
    assert {place.offer.pk for place in found.ranked} == {other.pk}


@pytest.mark.django_db
def test_a_refusal_names_the_group_in_the_centres_word(centre, own_group):
    with within(centre.pk):
        (why,) = [
            rule.refusal(question(groups=G({"roaming.1"})), offer(groups=G({"elderly"})))
            for rule in rules.RULES
            if rule.code == "groups"
        ]
    assert "เร่ร่อนหน้าสถานี" in why.reason


@pytest.mark.django_db
def test_the_registry_filters_by_base_and_by_part(actor, centre):
    whole = OfferFactory.create(partner__centre=centre, groups=["roaming"])
    part = OfferFactory.create(partner__centre=centre, groups=["roaming.1"])
    OfferFactory.create(partner__centre=centre, groups=["roaming_family"])
    OfferFactory.create(partner__centre=centre, groups=["roaming.10"])
    offers = Offer.objects.for_actor(actor).order_by("pk")
    assert {o.pk for o in offers.accepting("roaming")} >= {whole.pk, part.pk}
    assert offers.accepting("roaming").count() == 3
    assert {o.pk for o in offers.accepting("roaming.1")} == {whole.pk, part.pk}
    forest = PartnerFactory.create(centre=centre, kind="temple", kind_detail="temple.1")
    kinds = Partner.objects.for_actor(actor).order_by("pk")
    assert forest in kinds.of_kind("temple")
    assert list(kinds.of_kind("temple.1")) == [forest]


@pytest.mark.django_db
def test_answers_and_ends_keep_the_base_and_the_full_code(actor, centre, now, today):
    CodeEntryFactory.create(
        centre=centre, list="decline_reason", code="full.1", label_th="ห้องกำลังซ่อม"
    )
    CodeEntryFactory.create(centre=centre, list="end_reason", code="ran_away.1", label_th="หนีซ้ำ")
    referral = ReferralFactory.create(offer__partner__centre=centre, case__person__centre=centre)
    wrong = {"actor": actor, "referral": referral, "answer": "decline", "via": "phone", "now": now}
    with pytest.raises(Refused):
        actions.answer(reason="full.2", **wrong)
    actions.answer(reason="full.1", **wrong)
    saved = Referral.objects.get(pk=referral.pk)
    assert (saved.decline_reason, saved.decline_code) == ("full", "full.1")
    stay = PlacementFactory.create(
        offer__partner__centre=centre, person__centre=centre, arrived_on=today
    )
    cases.dispose(actor=actor, case=stay.case, code="temple", on=today, at=now)
    ended = actions.end(actor=actor, placement=stay, on=today, reason="ran_away.1", now=now)
    assert (ended.end_reason, ended.end_code) == ("ran_away", "ran_away.1")
    stay.case.refresh_from_db()
    assert stay.case.disposition == "absconded"
