"""The admin's pages for withdrawing a work and for putting it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput, AdminPageChooser
from wagtail.models import Page

from resources.models import ResourcePage, Withdrawal, WithdrawalReason
from resources.models.choices import LANGUAGE_CHOICES
from resources.withdrawing.actions import put_back, withdraw
from resources.withdrawing.others import other_holders


def may_withdraw(user: Any, page: Page) -> bool:
    """Whoever may unpublish every version that is public may withdraw the work."""
    versions = list(ResourcePage.objects.live().filter(translation_key=page.translation_key, alias_of__isnull=True))
    return bool(versions) and all(version.permissions_for_user(user).can_unpublish() for version in versions)


def may_put_back(user: Any, withdrawal: Withdrawal) -> bool:
    pages = [version.page for version in withdrawal.versions.select_related("page") if version.page is not None]
    return bool(pages) and all(page.permissions_for_user(user).can_put_back() for page in pages)


def _crumbs(page: ResourcePage, title: object) -> list[dict[str, Any]]:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return [{"url": edit, "label": page.get_admin_display_title()}, {"url": "", "label": title}]


class WithdrawForm(forms.Form):
    """Why and when a work is withdrawn, what takes its place, and the editors' own words in each language."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=WithdrawalReason.choices, widget=forms.RadioSelect)
    withdrawn_on = forms.DateField(label=gettext_lazy("Date"), widget=AdminDateInput)
    replacement = forms.ModelChoiceField(
        label=gettext_lazy("The work that takes its place"),
        queryset=ResourcePage.objects.all(),
        required=False,
        widget=AdminPageChooser(target_models=[ResourcePage]),
    )

    def __init__(self, *args: Any, work: UUID, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        self.languages = languages
        for code, name in sorted(LANGUAGE_CHOICES, key=lambda each: each[0] not in languages):
            self.fields[f"text_{code}"] = forms.CharField(
                label=f"{name}",
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    @property
    def first_texts(self) -> list[Any]:
        """The fields for the languages in which the work is read."""
        return [self[f"text_{code}"] for code in self.languages]

    @property
    def other_texts(self) -> list[Any]:
        return [self[f"text_{code}"] for code, _name in LANGUAGE_CHOICES if code not in self.languages]

    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"text_{code}", "").strip() for code, _name in LANGUAGE_CHOICES}

    def clean_withdrawn_on(self) -> Any:
        day = self.cleaned_data["withdrawn_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future: the work is withdrawn at once."))
        return day

    def clean_replacement(self) -> ResourcePage | None:
        other: ResourcePage | None = self.cleaned_data["replacement"]
        if other is not None and other.translation_key == self.work:
            raise forms.ValidationError(_("This is the work itself."))
        return other

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("reason") == WithdrawalReason.OTHER and not any(self.texts().values()):
            self.add_error("reason", _("Say why, in one language at least."))
        lacks_replacement = not cleaned.get("replacement") and "replacement" not in self.errors
        if cleaned.get("reason") == WithdrawalReason.REPLACED and lacks_replacement:
            self.add_error("replacement", _("Choose the work that takes its place."))
        return cleaned


class WithdrawView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Asks why, and then takes the work from the public in all its languages."""

    form_class = WithdrawForm
    template_name = "resources/admin/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    header_icon = "cross"

    @cached_property
    def page(self) -> ResourcePage:
        return get_object_or_404(ResourcePage, pk=self.kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_withdraw(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.page, self.page_title)

    def get_initial(self) -> dict[str, Any]:
        return {"withdrawn_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        read = {version.locale.language_code for version in self._versions}
        first = [code for code, _name in LANGUAGE_CHOICES if code in read | {"en", get_language()}]
        return {**super().get_form_kwargs(), "work": self.page.translation_key, "languages": first}

    @cached_property
    def _versions(self) -> list[ResourcePage]:
        versions = ResourcePage.objects.live().filter(translation_key=self.page.translation_key, alias_of__isnull=True)
        return list(versions.select_related("locale").order_by("locale__language_code"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "action_url": self.request.path,
            "submit_button_label": _("Withdraw"),
            "versions": self._versions,
            "other_holders": other_holders(self.page.translation_key),
            "media": self.get_form().media,
        }

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        other = form.cleaned_data["replacement"]
        try:
            with transaction.atomic():
                withdraw(
                    work=self.page.translation_key,
                    reason=form.cleaned_data["reason"],
                    texts=form.texts(),
                    on=form.cleaned_data["withdrawn_on"],
                    replacement=other.translation_key if other else None,
                    by=self.request.user,
                )
        except IntegrityError:
            messages.error(self.request, _("Somebody withdrew it a moment ago."))
        else:
            messages.success(self.request, _("The work was withdrawn. Its addresses say why."))
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[self.page.get_parent().pk]))


class PutBackView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Asks once more, then publishes again what was public before."""

    form_class = forms.Form
    template_name = "resources/admin/put_back.html"
    page_title = gettext_lazy("Put back")
    header_icon = "undo"

    @cached_property
    def page(self) -> ResourcePage:
        return get_object_or_404(ResourcePage, pk=self.kwargs["page_id"])

    @cached_property
    def withdrawal(self) -> Withdrawal:
        return get_object_or_404(Withdrawal, work=self.page.translation_key)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_put_back(request.user, self.withdrawal):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs(self.page, self.page_title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sentence, words, _language = self.withdrawal.explanation()
        return {
            **super().get_context_data(**kwargs),
            "action_url": self.request.path,
            "submit_button_label": _("Put back"),
            "withdrawal": self.withdrawal,
            "sentence": sentence,
            "words": words,
            "versions": self.withdrawal.versions.filter(page__isnull=False).order_by("language"),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        put_back(withdrawal=self.withdrawal, by=self.request.user)
        messages.success(self.request, _("The work is public again."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)
