"""The admin's form of a person, with the country and the languages that their roles are limited to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from resources.models import Country
from resources.models.choices import LANGUAGE_CHOICES
from resources.models.roles import Remit, Role, RoleKey


class RemitFields(forms.ModelForm):  # type: ignore[type-arg]
    """Beside a person's roles. Who is a focal point needs a country, and a translator languages."""

    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.order_by("code"),
        required=False,
        help_text=_("For country focal points: they work on what names this country, and nothing else."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("For translators: they work on versions in these languages."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remit = Remit.objects.filter(user=self.instance.pk).first() if self.instance.pk else None
        if remit is not None:
            self.fields["country"].initial = remit.country_id
            self.fields["languages"].initial = remit.languages

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        roles = set(Role.objects.filter(group__in=cleaned.get("groups") or ()).values_list("key", flat=True))
        if RoleKey.FOCAL_POINT in roles and not cleaned.get("country"):
            self.add_error("country", _("A focal point needs a country."))
        if RoleKey.TRANSLATOR in roles and not cleaned.get("languages"):
            self.add_error("languages", _("A translator needs languages."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        user = super().save(commit)
        if commit:
            told = {"country": self.cleaned_data["country"], "languages": self.cleaned_data["languages"]}
            Remit.objects.update_or_create(user=user, defaults=told)
        return user


class CreationForm(RemitFields, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        pass


class EditForm(RemitFields, UserEditForm):
    class Meta(UserEditForm.Meta):
        pass


class LibraryUserViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[RemitFields]:
        return EditForm if for_update else CreationForm
