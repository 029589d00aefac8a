"""Addresses of packs, below a language."""

from __future__ import annotations

from django.urls import path

from resources.packs.views import reading

app_name = "packs"
urlpatterns = [
    path("<str:code>/", reading.pack, name="pack"),
    path("<str:code>/<int:number>/", reading.edition, name="edition"),
]
