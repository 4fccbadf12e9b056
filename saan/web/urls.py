"""Every address, by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("saan.web.today.urls")),
    path("", include("saan.web.health.urls")),
    path("people/elsewhere/", include("saan.web.access.asking_urls")),
    path("people/", include("saan.web.people.urls")),
    path("partners/import/", include("saan.web.imports.urls")),
    path("partners/", include("saan.web.partners.urls")),
    path("placements/", include("saan.web.placements.urls")),
    path("statistics/", include("saan.web.statistics.urls")),
    path("a/", include("saan.web.answer.urls")),
    path("join/", include("saan.web.join.urls")),
    path("settings/staff/", include("saan.web.staff.urls")),
    path("national/", include("saan.web.national.urls")),
    path("search/", include("saan.web.search.urls")),
    path("notices/", include("saan.web.notices.urls")),
    path("setup/", include("saan.web.setup.urls")),
    path("settings/codes/", include("saan.web.codes.urls")),
    path("settings/opening/", include("saan.web.opening.urls")),
    path("settings/audit/", include("saan.web.audit.urls")),
    path("settings/erasing/", include("saan.web.erasing.urls")),
    path("settings/access/", include("saan.web.access.urls")),
    path("settings/", include("saan.web.settings.urls")),
    path("account/", include("saan.web.accounts.urls")),
    path("settings/jobs/", include("saan.web.jobs.urls")),
    path("settings/backups/", include("saan.web.backups.urls")),
    path("_kit/", include("saan.web.kit.urls")),
]
