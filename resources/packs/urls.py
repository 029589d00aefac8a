"""Addresses of packs, below a language."""

from __future__ import annotations

from django.urls import path

from resources.packs.views import collecting, exporting, reading

app_name = "packs"
urlpatterns = [
    path("edit/<str:code>/", reading.pack, name="edit"),
    path("add/", collecting.add, name="add"),
    path("added/", collecting.added, name="added"),
    path("<str:code>/", reading.pack, name="pack"),
    path("<str:code>/<int:number>/", reading.edition, name="edition"),
    path("<str:code>/<int:number>/citations/<str:form>/", exporting.citations, name="citations"),
    path("<str:code>/<int:number>/exports/", exporting.offers, name="exports"),
    path("<str:code>/<int:number>/exports/<str:kind>/", exporting.progress, name="progress"),
    path("<str:code>/<int:number>/exports/<str:kind>/ask/", exporting.ask, name="ask"),
    path("<str:code>/<int:number>/exports/<str:kind>/file/", exporting.fetch, name="export_file"),
]
