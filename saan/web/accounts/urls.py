"""Sign-in, sign-out and the password. Names are those that allauth looks up."""

from django.urls import path

from saan.web.accounts import views

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-out", views.sign_out, name="account_logout"),
    path("password", views.change_password, name="account_change_password"),
]
