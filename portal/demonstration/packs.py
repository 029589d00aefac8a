"""The demonstration's reading packs, recommended so that the gallery has something to show."""

from __future__ import annotations

from pathlib import Path

from portal.demonstration import manifest
from portal.demonstration.manifest import SeedItem, SeedPack
from resources.models import ResourceFile, ResourcePage
from resources.packs import actions
from resources.packs.choosing import Choice, read_clock, read_pages
from resources.packs.content import ItemKind
from resources.packs.editions import share
from resources.packs.models import Item, Pack


def load_packs(root: Path) -> int:
    """Make, hand out and recommend the packs of media_seed/ (`root`); how many. The files of their works were read.

    A pack that is there already, or that holds a work that isn't, is left out.
    """
    made = 0
    for seed in manifest.packs(root):
        choices = [_choice(item) for section in seed.sections for item in section.items]
        if None in choices or Pack.objects.filter(code=seed.code).exists():
            continue
        _make(seed)
        made += 1
    return made


def _make(seed: SeedPack) -> None:
    pack, _secret = actions.begin(language=seed.language, title=seed.title)
    Pack.objects.filter(pk=pack.pk).update(
        code=seed.code, introduction=seed.introduction, maker=seed.maker, target_minutes=seed.target_minutes
    )
    pack.refresh_from_db()
    begun = pack.sections.first()
    for told in seed.sections:
        section = actions.add_section(pack=pack, title=told.title)
        for item in told.items:
            choice = _choice(item)
            for added in actions.add(pack=pack, choices=[choice] if choice else [], section=section):
                Item.objects.filter(pk=added.pk).update(note=item.note, questions="\n".join(item.questions))
    if begun is not None:
        actions.remove_section(pack=pack, section=begun.key)
    edition = share(pack=pack)
    actions.judge(pack=pack, edition=edition.number, hidden=False)


def _choice(item: SeedItem) -> Choice | None:
    page = ResourcePage.objects.live().filter(slug=item.work, is_demonstration=True).first()
    if page is None:
        return None
    files = ResourceFile.objects.filter(resource__translation_key=page.translation_key).select_related("document")
    documents = [file.document for file in files]
    pages = read_pages(item.pages)
    if pages is not None:
        document = next((each for each in documents if each.is_pdf and each.text_language == item.language), None)
        return Choice(page.translation_key, ItemKind.PAGES, document.pk, *pages) if document else None
    start, end = (read_clock(clock) for clock in (item.span.split("-") if item.span else ("", "")))
    if start is not None and end is not None:
        film = next((each for each in documents if each.is_video), None)
        return Choice(page.translation_key, ItemKind.SPAN, film.pk, start=start, end=end) if film else None
    return Choice(page.translation_key)
