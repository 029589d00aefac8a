"""The same file and nearly the same text are pointed out before they are saved twice, in every script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from resources.intake import likeness
from resources.intake.models import Batch, DroppedFile, SignatureBand, State, TextSignature
from resources.models import PortalDocument
from tests.bench.works import Vocabulary
from tests.resources.intake.conftest import dropped, seed, settled, text_of

pytestmark = pytest.mark.django_db


def made(language: str, words: int = 400, seed_: int = 1) -> str:
    import random

    return Vocabulary(language).text(random.Random(f"{language}{seed_}"), words)


@pytest.mark.parametrize("language", ["en", "th", "km", "lo", "my", "zh-hans", "vi"])
def test_a_text_with_a_few_other_words_is_nearly_the_same(language: str) -> None:
    text = made(language)
    changed = text[: len(text) // 2] + made(language, 8, 2) + text[len(text) // 2 :]
    one, other = likeness.signature([text], language), likeness.signature([changed], language)
    assert likeness.share(one, other) > likeness.ALIKE
    assert set(likeness.bands(one)) & set(likeness.bands(other))


@pytest.mark.parametrize("language", ["en", "th", "km", "zh-hans"])
def test_another_text_of_the_same_words_is_another_one(language: str) -> None:
    one = likeness.signature([made(language)], language)
    other = likeness.signature([made(language, seed_=7)], language)
    assert likeness.share(one, other) < 0.3


def test_a_text_too_short_to_be_known_by_has_no_signature() -> None:
    assert likeness.signature(["Fact sheet"], "en") == b""
    assert likeness.bands(b"") == []
    assert likeness.alike(b"") == []


def test_the_same_bytes_as_in_the_library_wait_for_a_decision(
    batch: Batch, drop: Callable[..., Any], client: Client
) -> None:
    settled(dropped(batch, "a.pdf", seed("cambodia-idpoor.en.pdf")), text_of(made("en")))
    second = Batch.objects.create(made_by=batch.made_by)
    assert drop(second, "b.pdf", seed("cambodia-idpoor.en.pdf")).status_code == 201
    row = second.files.get()
    assert (row.state, row.task) == (State.HELD, "")
    assert row.likeness[0]["document"] == PortalDocument.objects.get().pk
    assert "The library has this very file." in client.get(reverse("drop_batch", args=[second.pk])).content.decode()


def test_nearly_the_same_text_is_no_draft_until_an_editor_wants_it(batch: Batch, client: Client) -> None:
    text = made("th")
    first = settled(dropped(batch, "a.pdf", b"%PDF-a"), text_of(text))
    second = settled(dropped(batch, "b.pdf", b"%PDF-b"), text_of(text + " " + made("th", 6, 3)))
    assert (first.state, second.state, second.document) == (State.DRAFTED, State.HELD, None)
    assert second.likeness[0]["document"] == first.document_id
    assert PortalDocument.objects.count() == 1
    client.post(reverse("drop_decide", args=[batch.pk]), {"file": second.pk, "do": "draft"})
    second.refresh_from_db()
    assert second.wanted_all_the_same
    second = settled(second, text_of(text))
    assert second.state == State.DRAFTED


def test_documents_that_came_another_way_are_signed_by_and_by(batch: Batch) -> None:
    row = settled(dropped(batch), text_of(made("en")))
    TextSignature.objects.all().delete()
    assert likeness.sign_waiting() == 1
    assert SignatureBand.objects.filter(signature_id=row.document_id).count() == likeness.BANDS
    assert likeness.sign_waiting() == 0


def test_looking_for_likeness_costs_two_queries_however_many_there_are(
    batch: Batch, django_assert_num_queries: Any
) -> None:
    row = settled(dropped(batch), text_of(made("en")))
    hashes = bytes(TextSignature.objects.get(document=row.document).hashes)
    with django_assert_num_queries(2):
        assert [one.document for one in likeness.alike(hashes)] == [row.document_id]


def test_the_bands_of_a_signature_are_looked_up_by_an_index(batch: Batch) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("The plan is told in SQLite's words.")
    plan = SignatureBand.objects.filter(key__in=[1, 2, 3]).values_list("signature_id").explain()
    assert "USING" in plan
    assert "SCAN" not in plan


def test_the_same_file_in_two_batches_is_pointed_out(batch: Batch, drop: Callable[..., Any]) -> None:
    other = Batch.objects.create(made_by=batch.made_by)
    drop(batch, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    drop(other, "a.pdf", seed("cambodia-idpoor.en.pdf"))
    held = DroppedFile.objects.get(batch=other)
    assert (held.state, held.likeness[0]["batch"]) == (State.HELD, batch.pk)


def said_of_likes(client: Client, batch: Batch) -> str:
    return client.get(reverse("drop_batch", args=[batch.pk])).content.decode()


def test_a_like_file_in_a_closed_collection_is_not_named(batch: Batch, client: Client, contributor: Any) -> None:
    from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction

    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=BaseViewRestriction.GROUPS)
    secret = settled(dropped(batch, "a.pdf", b"%PDF-a"), text_of(made("en"))).document
    PortalDocument.objects.filter(pk=secret.pk).update(title="The minister resigns", collection=closed)
    his = Batch.objects.create(made_by=contributor)
    near = settled(dropped(his, "near.pdf", b"%PDF-b"), text_of(made("en") + " more words"))
    assert near.state == State.HELD
    client.force_login(contributor)
    shown = said_of_likes(client, his)
    assert "The library has a file that says nearly the same." in shown
    assert "minister" not in shown
    assert "/documents/" not in shown.split('id="undecided"')[1].split("</section>")[0]


def test_a_like_file_that_only_others_work_on_is_not_named_until_it_is_published(
    batch: Batch, client: Client, contributor: Any
) -> None:
    first = settled(dropped(batch, "a.pdf", b"%PDF-a"), text_of(made("en")))
    PortalDocument.objects.filter(pk=first.document_id).update(title="Not announced yet")
    his = Batch.objects.create(made_by=contributor)
    settled(dropped(his, "near.pdf", b"%PDF-b"), text_of(made("en") + " more words"))
    client.force_login(contributor)
    assert "Not announced yet" not in said_of_likes(client, his)
    page = first.page.specific
    page.summary = "Now it is."
    page.save_revision().publish()
    assert "Not announced yet" in said_of_likes(client, his)


def test_a_file_in_a_batch_of_somebody_else_is_not_named(
    batch: Batch, drop: Callable[..., Any], client: Client, contributor: Any
) -> None:
    drop(batch, "dismissals of next year.pdf", seed("cambodia-idpoor.en.pdf"))
    his = Batch.objects.create(made_by=contributor)
    client.force_login(contributor)
    assert "dismissals" not in drop(his, "b.pdf", seed("cambodia-idpoor.en.pdf")).content.decode()
    shown = said_of_likes(client, his)
    assert "It is in another batch." in shown
    assert "dismissals" not in shown
    client.force_login(batch.made_by)
    assert "dismissals" in said_of_likes(client, his)


def test_a_pile_dropped_twice_is_shown_with_few_queries(
    batch: Batch, client: Client, django_assert_max_num_queries: Any
) -> None:
    again = Batch.objects.create(made_by=batch.made_by)
    for number in range(15):
        name, data = f"{number}.pdf", b"%PDF-" + bytes([65 + number])
        document = settled(dropped(batch, name, data), text_of(f"Text {number} of a page.")).document
        same = {"document": document.pk, "title": name, "share": 1.0}
        row = dropped(again, name, data)
        DroppedFile.objects.filter(pk=row.pk).update(state=State.HELD, task="", likeness=[same])
    client.get(reverse("drop_batch", args=[again.pk]))
    with django_assert_max_num_queries(50):
        client.get(reverse("drop_batch", args=[again.pk]))
