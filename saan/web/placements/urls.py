"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.placements import finding, lists, requests, stays

app_name = "placements"

urlpatterns = [
    path("", lists.queue, name="queue"),
    path("staying", lists.staying, name="staying"),
    path("follow-ups", lists.follow_ups, name="follow_ups"),
    path("follow-ups/<int:follow_up>/record", lists.record, name="record"),
    path("find/<int:case>", finding.find, name="find"),
    path("find/<int:case>/needs", finding.save_needs, name="save_needs"),
    path("find/<int:case>/ask/<int:offer>", finding.ask, name="ask"),
    path("find/<int:case>/confirm/<int:offer>", finding.confirm, name="confirm"),
    path("requests/<int:referral>", requests.referral, name="referral"),
    path("requests/<int:referral>/answer", requests.answer_by_phone, name="answer_by_phone"),
    path("requests/<int:referral>/withdraw", requests.withdraw, name="withdraw"),
    path("stays/<int:placement>", stays.stay, name="stay"),
    path("stays/<int:placement>/arrive", stays.arrive, name="arrive"),
    path("stays/<int:placement>/cancel", stays.cancel, name="cancel"),
    path("stays/<int:placement>/end", stays.end, name="end"),
    path("cases/<int:case>/transfer", stays.transfer, name="transfer"),
    path("cases/<int:case>/home", stays.return_home, name="return_home"),
]
