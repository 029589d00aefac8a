"""The pages that hold the library up: in each language a home page and under it the sections."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from wagtail.models import Locale, Page, Site

from resources.models import CountryIndexPage, EventIndexPage, LibraryPage, ThemeIndexPage
from search.languages import LANGUAGE_CODES

SECTIONS: tuple[tuple[type[Page], str, str], ...] = (
    (LibraryPage, "library", gettext_noop("Library")),
    (CountryIndexPage, "countries", gettext_noop("Countries")),
    (ThemeIndexPage, "themes", gettext_noop("Themes")),
    (EventIndexPage, "events", gettext_noop("Events")),
)


def home_model() -> type[Page]:
    """The home page's model: it belongs to the portal, which this package doesn't import."""
    model = ContentType.objects.get(app_label="portal", model="homepage").model_class()
    assert model is not None
    return model


@transaction.atomic
def home_for(language: str) -> Page:
    """The home page in `language`, made with its sections if there is none. English is made first: the others
    translate it.
    """
    if language not in LANGUAGE_CODES:
        raise ValueError(f"The portal does not speak {language!r}.")
    locale, _created = Locale.objects.get_or_create(language_code=language)
    model = home_model()
    found = model.objects.filter(locale=locale).first()
    if found is not None:
        return found
    if language == "en":
        return _first_home(model, locale)
    original = home_for("en")
    home = _translate(original, locale, gettext_noop("Lumbung"))
    for section, _slug, title in SECTIONS:
        _translate(section.objects.child_of(original).get(), locale, title)
    return home


def section_for(section: type[Page], language: str) -> Page:
    """The section of a sort in `language`."""
    home = home_for(language)
    found = section.objects.child_of(home).first()
    if found is None:
        original = section.objects.child_of(home_for("en")).get()
        title = next(title for model, _slug, title in SECTIONS if model is section)
        found = _translate(original, home.locale, title)
    return found


def library_for(language: str) -> LibraryPage:
    """Where resources in `language` stand."""
    return section_for(LibraryPage, language)


def library_there(language: str) -> LibraryPage | None:
    """As `library_for`, but nothing is made where there is none."""
    return LibraryPage.objects.filter(locale__language_code=language).order_by("pk").first()


def _first_home(model: type[Page], locale: Locale) -> Page:
    root = Page.get_first_root_node()
    home = model(title="Lumbung", slug="lumbung", locale=locale)
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="Lumbung")
    else:
        welcome = site.root_page
        site.root_page, site.site_name = home, "Lumbung"
        site.save()
        # Wagtail's own first page, which nobody wrote anything on.
        if welcome.specific_class is Page and not welcome.get_children().exists():
            welcome.delete()
    for section, slug, title in SECTIONS:
        home.add_child(instance=section(title=title, slug=slug, locale=locale, show_in_menus=True))
    home.refresh_from_db()
    return home


def _translate(original: Page, locale: Locale, title: str) -> Page:
    with translation.override(locale.language_code):
        name = gettext(title)
    # The slug of a home page is its language: siblings under the root can't share one.
    copy = original.copy_for_translation(locale, copy_parents=False)
    copy.title = copy.draft_title = name
    copy.live = True
    copy.has_unpublished_changes = False
    copy.save()
    return copy
