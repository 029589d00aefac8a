"""wagtail-localize's views within the limits of roles: they ask for one permission that holds for all pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.views import convert, submit_translations, update_translations

from resources.access import may_see_page
from resources.models import ResourcePage
from resources.models.roles import RoleKey
from resources.roles.limits import limits_of


def _is_translator(user: Any) -> bool:
    return not user.is_superuser and RoleKey.TRANSLATOR in limits_of(user).groups.values()


class SubmitView(submit_translations.SubmitPageTranslationView):
    """Whoever may edit a page may have it translated; a translator any work that he may open, into their languages: the
    version that they are given holds the original's text.
    """

    def get_form(self) -> Any:
        form = super().get_form()
        user = self.request.user
        if self.object.permissions_for_user(user).can_edit() and not _is_translator(user):
            return form
        if not (_is_translator(user) and isinstance(self.object, ResourcePage)):
            raise PermissionDenied
        if not may_see_page(self.object, self.request):
            raise PermissionDenied
        locales = form.fields["locales"]
        locales.queryset = locales.queryset.filter(language_code__in=limits_of(user).languages)
        form.fields["include_subtree"].disabled = True
        return form


class UpdateView(update_translations.UpdateTranslationsView):
    """Only who may publish every version brings them up to date and publishes them in one go."""

    def form_valid(self, form: Any) -> HttpResponse:
        for translation in self.object.translations.filter(enabled=True).select_related("target_locale"):
            target = translation.get_target_instance()
            if not isinstance(target, Page):
                continue
            may = target.permissions_for_user(self.request.user)
            if not (may.can_publish() if form.cleaned_data["publish_translations"] else may.can_edit()):
                raise PermissionDenied
        return super().form_valid(form)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """An alias is public when its original is: to make one is to publish."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return convert.convert_to_alias(request, page_id)
