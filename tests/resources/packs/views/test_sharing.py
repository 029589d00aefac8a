"""Handing a pack out, the languages it is in, what changed since, how it is used, whose it is, and its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from resources.models import Passage
from resources.packs import actions, text_differences
from resources.packs.changes import undecided
from resources.packs.editions import share, stored
from resources.packs.models import Pack, PackCount
from resources.packs.overview import lacking, overview
from search.models import OutboxEntry
from tests.resources.packs.conftest import Library, replace_file
from tests.resources.packs.made import seed_pdfs
from tests.resources.packs.views.making import Maker, makers


@pytest.fixture
def maker(pack: Pack) -> Maker:
    return makers(pack, "en")[0]


def test_a_pack_is_handed_out_with_its_addresses_and_a_code_to_photograph(maker: Maker, pack: Pack) -> None:
    assert f"/packs/{pack.code}/" not in maker.client.get(maker.address("share/")).content.decode()
    assert maker.client.post(maker.address("share/")).status_code == 303
    page = maker.page(maker.client.get(maker.address("share/")))
    values = [page.xpath(f"//textarea[@id='{name}']")[0].text.strip() for name in ("address", "short", "edition")]
    base = "http://127.0.0.1:8000"
    assert values == [f"{base}/km/packs/{pack.code}/", f"{base}/p/{pack.code}/", f"{base}/km/packs/{pack.code}/1/"]
    (code,) = page.xpath("//*[@role='img']/svg")
    assert code.get("style") is None
    for value in values:
        assert Client().get(value.removeprefix(base), follow=True).status_code == 200
    # Pressed again, nothing new is handed out.
    maker.client.post(maker.address("share/"))
    assert pack.editions.count() == 1
    maker.press("save", **{"p-introduction": "New"})
    assert "Hand out a new edition" in maker.client.get(maker.address("share/")).content.decode()


def test_before_sharing_the_maker_is_told_what_the_learners_cannot_read(
    maker: Maker, pack: Pack, library: Library
) -> None:
    found = lacking(overview(pack, "en"))
    assert [(item.title, version.state, version.instead) for item, version in found] == [
        (library.publication.title, "none", "th")
    ]
    for place in ("share/", "languages/"):
        page = maker.page(maker.client.get(maker.address(place)))
        (note,) = page.xpath("//div[contains(@class, 'note')]")
        assert library.publication.title in note.text_content()
        assert "Thai" in note.text_content()


def test_the_matrix_says_what_each_reader_gets(maker: Maker, pack: Pack, library: Library) -> None:
    pack.items.filter(kind="work").update(language="en")
    page = maker.page(maker.client.get(maker.address("languages/")))
    columns = ["".join(each.itertext()).split("the")[0] for each in page.xpath("//thead/tr/th")[1:]]
    rows = [[cell.get("class").split()[0] for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]
    assert len(columns) == 11
    assert columns[0] == "ខ្មែរ"
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    # The maker chose English for the first: Khmer readers get English.
    assert [row["ខ្មែរ"] for row in found] == ["none", "none", "text"]
    assert [row["English"] for row in found] == ["text", "none", "text"]
    assert [row["ไทย"] for row in found] == ["none", "text", "none"]
    pack.items.filter(kind="work").update(language="")
    assert [version.state for _, version in lacking(overview(pack, "en"))] == ["none"]


def test_a_summary_alone_is_told_apart(pack: Pack, library: Library) -> None:
    library.sheet_km.resource_files.all().delete()
    found = {item.title: version for item, version in lacking(overview(pack, "en"))}
    assert (found[library.sheet.title].state, found[library.sheet.title].instead) == ("summary", "en")


def test_a_change_is_told_by_page_and_taken_or_kept(maker: Maker, pack: Pack, library: Library) -> None:
    document = library.pdf(library.publication)
    share(pack=pack)
    assert "Nothing changed" in maker.client.get(maker.address("changes/")).content.decode()
    texts = list(document.passages.order_by("position").values_list("text", flat=True))
    texts[1] = "ข้อความใหม่ในหน้าสอง"
    replace_file(document, seed_pdfs("vi")[0], texts)
    assert "packs/edit" in maker.client.get(maker.address("share/")).content.decode()
    page = maker.page(maker.client.get(maker.address("changes/")))
    (summary,) = page.xpath("//fieldset//details/summary")
    assert summary.text_content() == "Page 2: changed"
    name = f"d-{pack.items.get(kind='pages').key}-{document.pk}"
    assert page.xpath(f"//input[@name='{name}']/@value") == [
        f"accept:{document.checksum}",
        f"keep:{document.checksum}",
    ]
    kept = stored(share(pack=pack))
    for answer, edition in ((f"keep:{document.checksum}", 1), (f"accept:{document.checksum}", 2)):
        maker.client.post(maker.address("changes/"), {name: answer})
        content = stored(share(pack=pack))
        assert content.number == edition
    assert kept.items[1].files[0].checksum != content.items[1].files[0].checksum == document.checksum
    assert "Nothing changed" in maker.client.get(maker.address("changes/")).content.decode()


@pytest.mark.parametrize("answer", ["accept:", "accept:" + "0" * 64, "burn", "", "accept"])
def test_a_decision_about_another_file_than_this_one_is_none(
    maker: Maker, pack: Pack, library: Library, answer: str
) -> None:
    document = library.pdf(library.publication)
    share(pack=pack)
    replace_file(document, seed_pdfs("vi")[0], ["One", "Two"])
    item = pack.items.get(kind="pages")
    maker.client.post(maker.address("changes/"), {f"d-{item.key}-{document.pk}": answer})
    item.refresh_from_db()
    assert item.decisions == {}


def test_use_is_counted_and_names_nobody(maker: Maker, pack: Pack) -> None:
    share(pack=pack)
    today = date.today()
    for ago, use, count in ((0, "opened", 7), (3, "opened", 5), (2, "downloaded", 2), (1, "copied", 1)):
        PackCount.objects.create(pack=pack, day=today - timedelta(ago), use=use, count=count)
    page = maker.page(maker.client.get(maker.address("use/")))
    assert [each.text_content() for each in page.xpath("//dl//dd")] == ["12", "2", "1"]
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in page.xpath("//tbody/tr")]
    assert rows[:4] == [["7", "0", "0"], ["0", "0", "1"], ["0", "2", "0"], ["5", "0", "0"]]


def test_an_account_claims_a_pack_once(pack: Pack) -> None:
    one, other = makers(pack, "en", "en")
    assert "login" in one.client.get(one.address("claim/"))["Location"]
    assert one.client.post(one.address("claim/")).status_code == 302
    for maker, name in ((one, "first"), (other, "second")):
        maker.client.force_login(User.objects.create_user(name))
        assert maker.client.get(maker.address("claim/")).status_code == 200
        assert maker.client.post(maker.address("claim/")).status_code == 303
    pack.refresh_from_db()
    assert pack.owner is not None
    assert pack.owner.username == "first"


def test_deleting_asks_first_and_takes_the_addresses_away(maker: Maker, pack: Pack) -> None:
    share(pack=pack)
    OutboxEntry.objects.all().delete()
    assert maker.client.get(maker.address("delete/")).status_code == 200
    assert Pack.objects.filter(pk=pack.pk).exists()
    assert maker.client.post(maker.address("delete/")).status_code == 303
    assert not Pack.objects.filter(pk=pack.pk).exists()
    assert Client().get(f"/en/packs/{pack.code}/").status_code == 404
    assert maker.client.get(maker.address()).status_code == 404
    assert OutboxEntry.objects.filter(work=f"pack-{pack.code}").exists()


def test_who_has_the_link_alone_cannot_delete_what_somebody_owns(maker: Maker, pack: Pack) -> None:
    actions.claim(pack=pack, by=User.objects.create_user("owner"))
    assert maker.client.get(maker.address("delete/")).status_code == 200
    assert maker.client.post(maker.address("delete/")).status_code == 403
    assert Pack.objects.filter(pk=pack.pk).exists()
    maker.client.force_login(User.objects.get(username="owner"))
    assert maker.client.post(maker.address("delete/")).status_code == 303


def test_who_has_the_link_alone_cannot_shut_others_out_of_what_somebody_owns(pack: Pack) -> None:
    owner, other = makers(pack, "en", "km")
    actions.claim(pack=pack, by=User.objects.create_user("owner"))
    page = other.page(other.client.get(other.address("link/")))
    assert page.xpath("//textarea[@id='edit-link']"), "The link may be passed on."
    assert not page.xpath("//main//form[@method='post']")
    assert other.client.post(other.address("link/")).status_code == 403
    assert owner.client.get(owner.address()).status_code == 200
    owner.client.force_login(User.objects.get(username="owner"))
    assert owner.client.post(owner.address("link/")).status_code == 303
    assert other.client.get(other.address()).status_code == 404
    assert owner.page(owner.client.get(owner.address("link/"))).xpath("//textarea[@id='edit-link']")


def test_the_page_to_share_reads_no_text_of_a_file_to_count_what_changed(
    maker: Maker, pack: Pack, library: Library
) -> None:
    document = library.pdf(library.publication)
    share(pack=pack)
    replace_file(document, seed_pdfs("vi")[0], ["One", "Two"])
    before = stored(pack.editions.get())
    with CaptureQueriesContext(connection) as asked:
        assert undecided(pack, before) == 1
    assert not [each["sql"] for each in asked if Passage._meta.db_table in each["sql"]]
    assert "What changed" in maker.client.get(maker.address("share/")).content.decode()
    for accept in (False, True):
        item = pack.items.get(kind="pages")
        actions.decide(pack=pack, item=item.key, decisions={document.pk: (document.checksum, accept)})
        assert undecided(pack, before) == 0
    library.sheet.resource_files.all().delete()
    assert undecided(pack, before) == 0, "Of a file that is gone there is nothing to decide."
    replace_file(document, seed_pdfs("en")[0], ["Three"])
    assert undecided(pack, before) == 1


def test_however_much_changed_is_compared_for_a_moment_only(
    maker: Maker, pack: Pack, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_differences, "_MOST_PAIRS", 100)
    document = library.pdf(library.publication)
    replace_file(document, seed_pdfs("en")[0], ["a b c d e", "a b c d e"])
    share(pack=pack)
    replace_file(document, seed_pdfs("vi")[0], ["e a b c f", "e a b c f"])
    page = maker.page(maker.client.get(maker.address("changes/")))
    removed = [each.text_content() for each in page.xpath("//fieldset//details//del")]
    # The first page word by word; for the second nothing is left.
    assert removed == ["d e", "a b c d e"]


def test_editions_without_end_are_refused(maker: Maker, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.packs.views.sharing.MOST_EDITIONS", 1)
    assert maker.client.post(maker.address("share/")).status_code == 303
    Pack.objects.update(introduction="New")
    assert maker.client.post(maker.address("share/")).status_code == 429
    assert pack.editions.count() == 1
