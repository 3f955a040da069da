"""Mounted only where the settings name a provider."""

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("sign-in/single/", views.leave, name="single_sign_on"),
    path("sign-in/single/callback/", views.come_back, name="single_sign_on_callback"),
]
