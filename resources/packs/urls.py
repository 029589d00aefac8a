"""Addresses of packs, below a language. Those of one pack stand last."""

from __future__ import annotations

from django.urls import path, register_converter

from resources.packs.converters import CodeConverter
from resources.packs.views import collecting, comparing, copying, exporting, files, gallery, reading

register_converter(CodeConverter, "packcode")

app_name = "packs"
urlpatterns = [
    path("", gallery.gallery, name="gallery"),
    path("add/", collecting.add, name="add"),
    path("added/", collecting.added, name="added"),
    path("edit/<str:code>/", reading.pack, name="edit"),
    path("<packcode:code>/", reading.pack, name="pack"),
    path("<packcode:code>/<int:number>/", reading.edition, name="edition"),
    path("<packcode:code>/<int:number>/compare/", comparing.compare, name="compare"),
    path("<packcode:code>/<int:number>/copy/", copying.copy, name="copy"),
    path("<packcode:code>/<int:number>/files/<str:checksum>/<str:name>", files.file, name="file"),
    path("<packcode:code>/<int:number>/citations/<str:form>/", exporting.citations, name="citations"),
    path("<packcode:code>/<int:number>/exports/", exporting.offers, name="exports"),
    path("<packcode:code>/<int:number>/exports/<str:kind>/", exporting.progress, name="progress"),
    path("<packcode:code>/<int:number>/exports/<str:kind>/ask/", exporting.ask, name="ask"),
    path("<packcode:code>/<int:number>/exports/<str:kind>/file/", exporting.fetch, name="export_file"),
]
