"""Exports are made once, survive the death of a worker, and go when they are stale."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models.signals import post_init
from django.utils import timezone

from resources.packs import actions
from resources.packs.content import PackContent
from resources.packs.editions import share
from resources.packs.exporting import registry
from resources.packs.exporting.types import ExportOptions, FindFile, Paper, Progress
from resources.packs.models import Edition, Export, ExportKind, ExportStatus, KeptFile, Pack
from resources.packs.queue import ask_for, existing, make_next, tidy, touch
from tests.resources.packs.conftest import Library

KHMER = ExportOptions(language="km")
Making = Callable[[PackContent, ExportOptions, FindFile, Path, Progress], None]


@pytest.fixture
def edition(pack: Pack) -> Edition:
    return share(pack=pack)


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch) -> Callable[[Making], None]:
    """Let an exporter of the test's own make every kind."""

    def use(make: Making) -> None:
        monkeypatch.setattr("resources.packs.queue.making.exporter", lambda _kind: make)

    return use


def titles(content: PackContent, _options: ExportOptions, _find: FindFile, target: Path, progress: Progress) -> None:
    progress(0.5)
    target.write_text("\n".join(item.text_for("km").title for item in content.items), "utf-8")


def read(export: Export) -> str:
    export.refresh_from_db()
    assert export.status == ExportStatus.DONE, export.reason
    with export.file.open("rb") as file:
        return str(file.read().decode())


def test_two_who_ask_for_the_same_cause_one(edition: Edition, making: Callable[[Making], None]) -> None:
    made: list[str] = []

    def count(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
        made.append(content.code)
        titles(content, options, find, target, progress)

    making(count)
    first = ask_for(edition=edition, kind=ExportKind.ZIP, options=KHMER)
    again = ask_for(edition=edition, kind=ExportKind.ZIP, options=ExportOptions("km", Paper.LETTER, True, True))
    assert first == again, "What is not printed has no paper."
    assert ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER) != first
    assert make_next()
    assert make_next()
    assert not make_next()
    assert len(made) == 2
    assert ask_for(edition=edition, kind=ExportKind.ZIP, options=KHMER).status == ExportStatus.DONE
    assert not make_next()


def test_an_export_that_fails_is_tried_again_and_then_says_why(
    edition: Edition, making: Callable[[Making], None]
) -> None:
    def fail(*_told: object) -> None:
        raise OSError("No space left on device")

    making(fail)
    export = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    assert make_next()
    assert not make_next(), "It waits a while before it is tried again."
    for _ in range(2):
        Export.objects.update(due=timezone.now())
        assert make_next()
    export.refresh_from_db()
    assert (export.status, export.attempts) == (ExportStatus.FAILED, 3)
    assert "No space left" in export.reason
    assert not list(Path(default_storage.path("packs/exports")).iterdir()), "Nothing half made is left."
    assert ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER).status == ExportStatus.FAILED
    Export.objects.update(due=timezone.now() - timedelta(hours=1))
    assert ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER).status == ExportStatus.WAITING


def test_what_a_dead_worker_began_is_made_by_the_next(edition: Edition, making: Callable[[Making], None]) -> None:
    making(titles)
    export = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    later = timezone.now() + timedelta(seconds=30)
    Export.objects.update(status=ExportStatus.RUNNING, attempts=1, lease_until=later)
    assert not make_next(), "It may be alive."
    Export.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert make_next()
    assert read(export)


def test_what_takes_three_workers_down_is_given_up_and_the_next_is_made(
    edition: Edition, making: Callable[[Making], None]
) -> None:
    class Killed(BaseException):
        """The system ends the worker: nothing is said, nothing is cleaned up."""

    def kill(_content: PackContent, options: ExportOptions, *_told: object) -> None:
        if options.language == "km":
            raise Killed
        titles(_content, options, *_told)  # type: ignore[arg-type]

    making(kill)
    deadly = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    other = ask_for(edition=edition, kind=ExportKind.PDF, options=ExportOptions("th"))
    for _ in range(3):
        Export.objects.filter(pk=other.pk).update(due=timezone.now() + timedelta(hours=1))
        with pytest.raises(Killed):
            make_next()
        Export.objects.filter(pk=deadly.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert make_next()
    deadly.refresh_from_db()
    assert (deadly.status, deadly.lease_until) == (ExportStatus.FAILED, None)
    assert "died 3 times" in deadly.reason
    Export.objects.filter(pk=other.pk).update(due=timezone.now())
    assert make_next()
    assert read(other)
    assert not make_next()


def test_what_took_a_worker_down_lets_those_that_wait_go_first(
    edition: Edition, making: Callable[[Making], None]
) -> None:
    order: list[str] = []

    def note(content: PackContent, options: ExportOptions, find: FindFile, target: Path, progress: Progress) -> None:
        order.append(options.language)
        if options.language == "km" and len(order) == 1:
            raise KeyboardInterrupt
        titles(content, options, find, target, progress)

    making(note)
    deadly = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    ask_for(edition=edition, kind=ExportKind.PDF, options=ExportOptions("th"))
    with pytest.raises(KeyboardInterrupt):
        make_next()
    Export.objects.filter(pk=deadly.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    while make_next():
        pass
    assert order == ["km", "th", "km"]


@pytest.mark.parametrize(
    ("read_as", "became"),
    [
        ({"status": ExportStatus.RUNNING, "attempts": 1}, {"status": ExportStatus.DONE, "lease_until": None}),
        ({"status": ExportStatus.WAITING, "attempts": 0}, {"status": ExportStatus.RUNNING, "attempts": 1}),
        ({"status": ExportStatus.FAILED, "attempts": 3}, {"status": ExportStatus.RUNNING, "attempts": 1}),
    ],
    ids=["was made meanwhile", "was begun meanwhile", "was asked for and begun meanwhile"],
)
def test_who_asks_writes_nothing_back_that_the_worker_changed_meanwhile(
    edition: Edition, read_as: dict[str, object], became: dict[str, object]
) -> None:
    export = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    longer_ago = timezone.now() - timedelta(hours=1)
    Export.objects.update(due=longer_ago, lease_until=timezone.now() + timedelta(minutes=1), **read_as)

    def worker(instance: Export, **_signal: object) -> None:
        post_init.disconnect(worker, sender=Export)
        Export.objects.filter(pk=instance.pk).update(**became)

    # At the moment at which who asks has read the row, the worker writes it.
    post_init.connect(worker, sender=Export)
    asked = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    export.refresh_from_db()
    assert {name: getattr(export, name) for name in became} == became
    assert asked.status == became["status"], "What is given back is what there is."


def test_a_worker_that_was_taken_for_dead_gives_up(edition: Edition, making: Callable[[Making], None]) -> None:
    def overtaken(*told: object) -> None:
        Export.objects.update(attempts=7)
        progress = told[4]
        assert callable(progress)
        progress(0.5)

    making(overtaken)
    export = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    assert make_next()
    export.refresh_from_db()
    assert (export.status, export.attempts) == (ExportStatus.RUNNING, 7), "It is the other one's now."


def test_an_export_is_the_same_wherever_the_worker_thinks_that_the_portal_is(
    pack: Pack, library: Library, making: Callable[[Making], None], settings: Any
) -> None:
    actions.add(pack=pack, choices=[library.pages(library.sheet, 1, 2)])
    edition = share(pack=pack)
    making(titles)
    export = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    settings.SEARCH_BASE_URL = "http://elsewhere.example"
    assert make_next()
    assert read(export)
    assert existing(edition=edition, kind=ExportKind.PDF, options=KHMER) == export


def test_a_withdrawn_work_is_in_no_new_export_and_the_old_one_goes(
    edition: Edition, library: Library, making: Callable[[Making], None]
) -> None:
    making(titles)
    before = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    make_next()
    assert library.publication.title in read(before)
    path = Path(before.file.path)
    library.publication.unpublish()
    assert existing(edition=edition, kind=ExportKind.PDF, options=KHMER) is None
    after = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    assert not Export.objects.filter(pk=before.pk).exists()
    make_next()
    assert library.publication.title not in read(after)
    assert path.parent == Path(after.file.path).parent


def test_a_work_withdrawn_while_its_export_waits_is_not_in_it(
    edition: Edition, library: Library, making: Callable[[Making], None]
) -> None:
    making(titles)
    ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    library.publication.unpublish()
    assert make_next()
    assert not Export.objects.exists()


def test_what_a_withdrawn_work_made_stale_goes_with_the_days_tidying(
    edition: Edition, library: Library, making: Callable[[Making], None], django_capture_on_commit_callbacks: Any
) -> None:
    making(titles)
    stale = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    make_next()
    stale.refresh_from_db()
    tidy()
    assert Path(stale.file.path).exists(), "It still holds what is shown."
    library.publication.unpublish()
    right = ask_for(edition=edition, kind=ExportKind.ZIP, options=KHMER)
    with django_capture_on_commit_callbacks(execute=True):
        tidy()
    assert list(Export.objects.all()) == [right]
    assert not Path(stale.file.path).exists()


def test_when_there_is_no_room_those_used_longest_ago_go_and_the_last_one_stays(
    edition: Edition, making: Callable[[Making], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_content: PackContent, _options: ExportOptions, _find: FindFile, target: Path, _tell: Progress) -> None:
        target.write_bytes(b"x" * 100)

    making(write)
    monkeypatch.setattr("resources.packs.queue.tidying.MOST_BYTES", 250)
    made = [
        ask_for(edition=edition, kind=ExportKind.PDF, options=ExportOptions(language))
        for language in ("km", "th", "en")
    ]
    make_next()
    make_next()
    assert Export.objects.count() == 3
    touch(made[0])
    make_next()
    assert set(Export.objects.all()) == {made[0], made[2]}, "The Thai one was used longest ago."
    monkeypatch.setattr("resources.packs.queue.tidying.MOST_BYTES", 10)
    tidy()
    assert Export.objects.get() == made[0], "Somebody may wait for one that is too large for all the room."


def test_files_go_with_what_they_belong_to(
    library: Library,
    pack: Pack,
    making: Callable[[Making], None],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    making(titles)
    edition = share(pack=pack)
    export = ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    make_next()
    export.refresh_from_db()
    made, kept = Path(export.file.path), [Path(each.file.path) for each in KeptFile.objects.all()]
    with django_capture_on_commit_callbacks(execute=True):
        tidy()
    assert made.exists()
    assert all(path.exists() for path in kept)
    with django_capture_on_commit_callbacks(execute=True):
        pack.delete()
    assert not made.exists()
    KeptFile.objects.update(created=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        tidy()
    assert not any(path.exists() for path in kept)
    assert library.pdf(library.sheet).file.storage.exists(library.pdf(library.sheet).file.name)


def test_what_nobody_fetched_for_a_month_goes(edition: Edition, making: Callable[[Making], None]) -> None:
    making(titles)
    ask_for(edition=edition, kind=ExportKind.PDF, options=KHMER)
    make_next()
    Export.objects.update(used=timezone.now() - timedelta(days=31))
    tidy()
    assert not Export.objects.exists()


def test_nobody_makes_a_kind_that_there_is_not() -> None:
    with pytest.raises(LookupError):
        registry.exporter("docx")
