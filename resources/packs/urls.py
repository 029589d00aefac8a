"""Addresses of packs, below a language. Those of one pack stand last."""

from __future__ import annotations

from django.urls import path, register_converter

from resources.packs.converters import CodeConverter
from resources.packs.views import (
    arranging,
    collecting,
    comparing,
    copying,
    exporting,
    files,
    gallery,
    owning,
    reading,
    sharing,
    starting,
)

register_converter(CodeConverter, "packcode")

app_name = "packs"
urlpatterns = [
    path("", gallery.gallery, name="gallery"),
    path("mine/", starting.mine, name="mine"),
    path("new/", starting.new, name="new"),
    path("add/", collecting.add, name="add"),
    path("added/", collecting.added, name="added"),
    # `resources.packs.log_filter` knows it: its last part is a secret.
    path("join/<str:code>/<str:secret>/", starting.join, name="join"),
    path("edit/<str:code>/", arranging.edit, name="edit"),
    path("edit/<str:code>/languages/", sharing.languages, name="languages"),
    path("edit/<str:code>/share/", sharing.sharing, name="share"),
    path("edit/<str:code>/changes/", sharing.changed, name="changes"),
    path("edit/<str:code>/use/", owning.use, name="use"),
    path("edit/<str:code>/link/", owning.link, name="link"),
    path("edit/<str:code>/claim/", owning.claim, name="claim"),
    path("edit/<str:code>/delete/", owning.delete, name="delete"),
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
