"""Sign-in and one's own account. Names that begin with account_ are those allauth looks up, or like them."""

from django.urls import path

from saan.web.accounts import (
    views,
    views_factors,
    views_own,
    views_passkeys,
    views_renew,
    views_step,
)

urlpatterns = [
    path("", views_own.home, name="account_home"),
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/code", views_step.second_step, name="account_second_step"),
    path("sign-in/passkey", views_step.passkey_sign_in, name="account_passkey_sign_in"),
    path("sign-in/passkey/question", views_step.passkey_question, name="account_passkey_question"),
    path("sign-out", views.sign_out, name="account_logout"),
    path("password", views.change_password, name="account_change_password"),
    path("renew/<str:token>", views_renew.renew, name="account_renew"),
    path("again", views.show_oneself, name="account_reauthenticate"),
    path("profile", views_own.profile, name="account_profile"),
    path("second-factor", views_factors.factor_needed, name="account_factor_needed"),
    path("app", views_factors.add_app, name="account_app"),
    path("app/remove", views_factors.remove_app, name="account_app_remove"),
    path("codes", views_factors.recovery_codes, name="account_codes"),
    path("codes/download", views_factors.download_codes, name="account_codes_download"),
    path("codes/kept", views_factors.codes_kept, name="account_codes_kept"),
    path("passkeys/add", views_passkeys.add_passkey, name="account_passkey_add"),
    path("passkeys/<int:pk>/name", views_passkeys.rename_passkey, name="account_passkey_name"),
    path("passkeys/<int:pk>/remove", views_passkeys.remove_passkey, name="account_passkey_remove"),
    path("sessions", views_own.session_list, name="account_sessions"),
    path("sessions/end", views_own.end_other_sessions, name="account_sessions_end"),
    path("sessions/not-me", views_own.not_me, name="account_not_me"),
    path("sessions/<int:pk>/end", views_own.end_session, name="account_session_end"),
]
