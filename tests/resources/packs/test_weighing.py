"""While a pack is arranged its makers see what each item and all of it will weigh on a stick."""

from __future__ import annotations

from typing import Any

import pytest

from resources.models import ResourceFile
from resources.packs import actions
from resources.packs.editions import share, shown
from resources.packs.exporting.carrying import byte_budget
from resources.packs.models import Pack
from resources.packs.overview import overview
from resources.packs.weighing import weigh
from resources.places import file_size
from tests.resources.packs.conftest import Library
from tests.resources.packs.views.making import makers


def sizes(pack: Pack, language: str = "en") -> tuple[list[str], str]:
    """What the arranging page says of each item and of all."""
    (maker,) = makers(pack, language)
    page = maker.page(maker.client.get(maker.address()))
    each = [item.text_content().strip() for item in page.xpath("//*[@data-size]")]
    return each, page.xpath("//*[@data-weight]")[0].text_content().strip()


def test_whole_files_are_told_exactly_and_pages_of_them_about(pack: Pack, library: Library) -> None:
    each, whole = sizes(pack)
    khmer, video = library.pdf(library.sheet_km), library.video
    assert each[0] == file_size(khmer.file_size + 150, "en"), "The file that the learners get."
    assert each[1].startswith("About ")
    assert not each[2].startswith("About ")
    told = weigh(overview(pack, "en"))
    span = told.items[pack.items.get(kind="span").key]
    assert sum(span.videos.values()) == video.file_size + 150
    assert span.captions > 0
    assert whole == f"Folder to carry (zip): About {file_size(told.whole.total, 'en')}"


def test_a_work_without_files_is_told_too(library: Library) -> None:
    ResourceFile.objects.filter(resource__in=[library.sheet, library.sheet_km]).delete()
    made, _secret = actions.begin(language="en", title="Pack")
    actions.add(pack=made, choices=[library.whole(library.sheet)])
    (each,), _whole = sizes(made)
    assert each.startswith("About ")


@pytest.mark.parametrize("language", ["en", "km", "th"])
def test_what_is_told_before_handing_out_is_what_is_told_after(pack: Pack, language: str) -> None:
    pack.language = language
    pack.save()
    before = weigh(overview(pack, "en")).whole
    after = byte_budget(shown(share(pack=pack), language), language)
    assert (before.documents, before.videos, before.captions) == (after.documents, after.videos, after.captions)
    assert before.total == pytest.approx(after.total, rel=0.02)


def test_a_file_that_two_items_have_weighs_once(pack: Pack, library: Library) -> None:
    before = weigh(overview(pack, "en")).whole
    actions.add(pack=pack, choices=[library.span(21, 30)])
    after = weigh(overview(pack, "en"))
    assert len(after.items) == 4
    assert after.whole.videos == before.videos > 0


def test_a_withdrawn_work_weighs_nothing(pack: Pack, library: Library) -> None:
    library.film.unpublish()
    told = weigh(overview(pack, "en"))
    assert pack.items.get(kind="span").key not in told.items
    assert told.whole.videos == 0
    assert len(sizes(pack)[0]) == 2


def test_who_arranges_on_reads_no_text_again(pack: Pack, django_assert_num_queries: Any) -> None:
    told = overview(pack, "en")
    first = weigh(told)
    with django_assert_num_queries(0):
        assert weigh(told) == first
    pack.language = "th"
    assert weigh(overview(pack, "en")) != first
