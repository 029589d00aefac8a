"""Reading packs in the admin: editors recommend them or close them; what is in them is for their makers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from resources.packs import actions
from resources.packs.addresses import short_path
from resources.packs.models import Edition, Pack, PackUse
from resources.places import day


class PackPolicy(ModelPermissionPolicy):
    """Packs come from visitors: nobody makes or deletes one here, whatever else they may do."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in {"add", "delete"} and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(Pack, PackPolicy(Pack))


class PackForm(WagtailAdminModelForm):
    """Saves by the action, which tells search. Editors recommend what they have read: one of the editions that there
    are when the form is shown, not what comes later.
    """

    recommended_number = forms.TypedChoiceField(
        label=_("Recommended edition"), required=False, coerce=int, empty_value=None
    )

    class Meta:
        model = Pack
        fields = ["recommended_number", "hidden", "hidden_reason"]
        widgets = {"hidden_reason": forms.TextInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = self.instance.editions.values_list("number", "created") if self.instance.pk else ()
        self.fields["recommended_number"].choices = [
            ("", "–"),
            *((number, f"{_('Edition')} {number} · {day(created)}") for number, created in numbers),
        ]

    def save(self, commit: bool = True) -> Pack:
        pack: Pack = self.instance
        actions.judge(
            pack=pack,
            edition=self.cleaned_data["recommended_number"],
            hidden=self.cleaned_data["hidden"],
            reason=self.cleaned_data["hidden_reason"],
        )
        return pack


class PackIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Pack]:
        packs: QuerySet[Pack] = super().get_base_queryset()
        last = Edition.objects.filter(pack=OuterRef("pk")).order_by("-number").values("number")[:1]
        return packs.annotate(
            last_edition=Subquery(last),
            opened=Subquery(
                Pack.objects.filter(pk=OuterRef("pk"), counts__use=PackUse.OPENED)
                .values("pk")
                .annotate(times=Sum("counts__count"))
                .values("times")[:1]
            ),
        )


class PackEditView(EditView):
    def get_success_message(self, instance: Pack | None = None) -> Any:
        return _("Saved: “%(pack)s”.") % {"pack": instance or self.object}


class ReadColumn(Column):
    """A link to a pack as readers see it."""

    def get_value(self, instance: Pack) -> SafeString:
        if getattr(instance, "last_edition", None) is None:
            return SafeString(_("not shared yet"))
        return format_html('<a href="{}">{}</a>', short_path(instance.code), instance.code)


class RecommendedColumn(Column):
    """Which edition stands in the gallery, and whether there is a newer one to look at."""

    def get_value(self, instance: Pack) -> str:
        number, last = instance.recommended_number, getattr(instance, "last_edition", None)
        if number is None:
            return ""
        return (
            f"{number}" if last == number else _("%(number)s, newest: %(newest)s") % {"number": number, "newest": last}
        )


class LinkPanel(HelpPanel):
    """Where the pack that is judged can be read, and that its makers handed out more than what is recommended."""

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.instance is not None and self.instance.pk:
                pack = self.instance
                self.content = format_html(
                    '<p><a href="{}" class="button">{}</a></p>{}',
                    short_path(pack.code),
                    _("Read the pack"),
                    self._newer(pack),
                )

        @staticmethod
        def _newer(pack: Pack) -> SafeString:
            last = pack.editions.order_by("-number").values_list("number", flat=True).first()
            if last is None or pack.recommended_number in (None, last):
                return SafeString("")
            compared = f"{reverse('packs:compare', args=[pack.code, last])}?with={pack.recommended_number}"
            return format_html(
                '<p class="help-block help-info"><svg class="icon icon-help icon" aria-hidden="true">'
                '<use href="#icon-help"></use></svg>{} <a href="{}">{}</a></p>',
                _("Edition %(newest)s was handed out since. The gallery shows edition %(number)s until you choose it.")
                % {"newest": last, "number": pack.recommended_number},
                compared,
                _("What has changed"),
            )


class PackViewSet(SnippetViewSet):
    model = Pack
    icon = "list-ul"
    menu_label = _("Reading packs")
    menu_order = 330
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = PackIndexView
    edit_view_class = PackEditView
    list_display = [
        "__str__",
        ReadColumn("code", label=_("Address")),
        "language",
        "maker",
        Column("opened", label=_("Opened"), accessor=lambda pack: pack.opened or 0),
        RecommendedColumn("recommended", label=_("Recommended"), sort_key="recommended"),
        BooleanColumn("hidden", label=_("Closed"), sort_key="hidden"),
        DateColumn("updated", label=_("Changed"), sort_key="updated"),
    ]
    list_filter = ["recommended", "hidden", "language"]
    search_fields = ["title", "code", "maker", "introduction"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            LinkPanel(),
            FieldPanel("recommended_number", help_text=_("It stands in the gallery and is found by search.")),
            FieldPanel("hidden", help_text=_("Its pages, files and copies answer that it was closed.")),
            FieldPanel(
                "hidden_reason", help_text=_("Why it was closed. Its makers are shown this; other readers aren’t.")
            ),
        ],
        base_form_class=PackForm,
    )

    def get_queryset(self, _request: HttpRequest) -> QuerySet[Pack]:
        return Pack.objects.all()
