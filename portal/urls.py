"""Every address of the portal."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path, register_converter
from django.views.decorators.cache import never_cache
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal import health, icon, media, passwords, robots, sitemap
from resources import document_views, short_views
from resources.codes import CodeConverter
from resources.interop import cite_views
from resources.packs import urls as pack_urls
from resources.packs.views import reading as pack_reading
from search import api_urls as search_api_urls
from search import urls as search_urls

register_converter(CodeConverter, "shortcode")

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("favicon.ico", icon.favicon, name="favicon"),
    path("api/v1/", include(search_api_urls)),
    path("api/", health.no_such_endpoint),
    re_path(r"^api/.*$", health.no_such_endpoint),
    path("p/<packcode:code>/", pack_reading.short, name="short_pack"),
    path("p/<packcode:code>/<int:number>/", pack_reading.short, name="short_edition"),
    path("r/<shortcode:code>", short_views.short),
    path("r/<shortcode:code>/", short_views.short, name="short_work"),
    path("django-admin/", admin.site.urls),
    # Before Wagtail's own.
    path("admin/password_reset/", never_cache(passwords.NewPasswordView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:document_id>/thumbnail/", document_views.thumbnail, name="document_thumbnail"),
    path("documents/<int:document_id>/v<int:number>/<path:filename>", document_views.version, name="document_version"),
    # Wagtail's own addresses are not included: its view would serve what ours refuses, asked for with other digits.
    path("documents/<int:document_id>/<path:filename>", document_views.serve, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        passwords.of_collection,
        name="wagtaildocs_authenticate_with_password",
    ),
    re_path(rf"^{settings.MEDIA_URL.lstrip('/')}(?P<path>images/.+)$", media.image, name="media_image"),
]

urlpatterns += i18n_patterns(
    path("search/", include(search_urls)),
    path("packs/", include(pack_urls)),
    path("library/cite/<int:page_id>/<str:form>/", cite_views.cite, name="cite"),
    # Before Wagtail's own.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        passwords.of_page,
        name="wagtailcore_authenticate_with_password",
    ),
    path("", include(wagtail_urls)),
    prefix_default_language=True,
)

handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
handler403 = "portal.errors.forbidden"
handler400 = "portal.errors.bad_request"
