"""Which searches and which opened works are counted, and that a visitor pays nothing for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.indexing.rebuild import rebuild
from search.languages import LANGUAGE_CODES
from search.statistics import counting, gathering, storing
from search.statistics.models import FilterCount, OpenedCount, SearchCount
from tests.search.shelf import Shelf, text, work
from tests.search.statistics.conftest import BROWSER
from tests.search.statistics.test_texts import AS_TYPED

pytestmark = pytest.mark.django_db


def counted() -> list[tuple[Any, ...]]:
    """(language, text, asked, found, nothing, opened) of all that was counted, written first."""
    storing.flush()
    return list(
        SearchCount.objects.order_by("language", "text").values_list(
            "language", "text", "asked", "found", "nothing", "opened"
        )
    )


def filters() -> list[tuple[Any, ...]]:
    storing.flush()
    return list(FilterCount.objects.order_by("name").values_list("name", "used", "nothing"))


def come_from(address: str) -> dict[str, dict[str, str]]:
    return {"headers": {"referer": f"http://testserver{address}"}}


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36",
        "Mozilla/5.0 (compatible; Baiduspider/2.0)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
    ],
)
def test_robots_are_not_counted(library: Shelf, agent: str) -> None:
    Client(headers={"user-agent": agent}).get("/en/search/?q=pensions")
    assert counted() == []


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/search?q=pensions",
        "/api/v1/suggest?q=pensions",
        "/en/search/?q=pensions&page=2",
        "/en/search/",
        "/en/search/?q=%20%E2%80%8B",
    ],
)
def test_what_is_no_new_search_on_the_page_is_not_counted(library: Shelf, visitor: Client, address: str) -> None:
    visitor.get(address)
    assert counted() == []


def test_a_page_fetched_in_case_it_is_wanted_is_not_counted(library: Shelf, visitor: Client) -> None:
    visitor.get("/en/search/?q=pensions", headers={"sec-purpose": "prefetch;prerender"})
    visitor.head("/en/search/?q=pensions")
    assert counted() == []


def test_those_who_work_in_the_admin_are_not_counted_but_other_readers_are(library: Shelf, visitor: Client) -> None:
    reader = User.objects.create(username="reader")
    visitor.force_login(reader)
    visitor.get("/en/search/?q=pensions")
    assert [row[:3] for row in counted()] == [("en", "pensions", 1)]
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    visitor.get("/en/search/?q=pensions")
    assert [row[:3] for row in counted()] == [("en", "pensions", 1)]


def test_nothing_is_counted_when_the_settings_say_so(library: Shelf, visitor: Client, settings: Any) -> None:
    settings.SEARCH_STATISTICS_DAYS = 0
    visitor.get("/en/search/?q=pensions&type=video")
    counting.opened(opening("/en/search/?q=pensions"), ["w1"])
    assert counted() == []
    assert not FilterCount.objects.exists()
    assert not OpenedCount.objects.exists()


def test_a_search_that_could_not_be_answered_says_nothing_of_the_library(
    db: None, shelf: Shelf, visitor: Client, caplog: Any
) -> None:
    visitor.get("/en/search/?q=pensions")
    assert counted() == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_search_counts_as_typed_in_every_language(library: Shelf, visitor: Client, language: str) -> None:
    library.works["new"] = work("new", text(language, AS_TYPED[language]))
    rebuild()
    visitor.get(f"/{language}/search/", {"q": f"  {AS_TYPED[language]} "})
    assert counted() == [(language, AS_TYPED[language], 1, 1, 0, 0)]
    assert SearchCount.objects.get().day == timezone.localdate()


def test_what_finds_nothing_is_told_from_what_filters_left_out(library: Shelf, visitor: Client) -> None:
    visitor.get("/en/search/?q=zebra")
    visitor.get("/en/search/?q=pensions&type=nothing-of-the-kind,video&year=1900")
    assert counted() == [("en", "pensions", 1, 0, 0, 0), ("en", "zebra", 1, 0, 1, 0)]
    assert filters() == [("type", 1, 1), ("year", 1, 1)]


def test_of_filters_the_name_alone_is_kept(library: Shelf, visitor: Client) -> None:
    visitor.get("/en/search/?type=video&country=VN&country=TH")
    assert counted() == []
    assert filters() == [("country", 1, 1), ("type", 1, 1)]


def test_going_on_with_the_same_text_is_no_new_search(library: Shelf, visitor: Client) -> None:
    visitor.get("/en/search/?q=pensions")
    visitor.get("/en/search/?q=pensions&sort=title", **come_from("/en/search/?q=pensions"))
    visitor.get("/en/search/?q=pensions&type=fact-sheet", **come_from("/en/search/?q=pensions"))
    visitor.get(
        "/en/search/?q=pensions&type=fact-sheet&type=video", **come_from("/en/search/?q=pensions&type=fact-sheet")
    )
    visitor.get("/th/search/?q=pensions", **come_from("/en/search/?q=pensions"))
    assert counted() == [("en", "pensions", 1, 11, 0, 0)]
    assert filters() == [("type", 1, 0)]
    visitor.get("/en/search/?q=pension", **come_from("/en/search/?q=pensions"))
    assert [row[1] for row in counted()] == ["pension", "pensions"]


def test_two_texts_that_are_not_kept_are_two_searches(library: Shelf, visitor: Client) -> None:
    visitor.get("/en/search/?q=a@example.org")
    visitor.get("/en/search/?q=b@example.org", **come_from("/en/search/?q=a@example.org"))
    assert [row[:3] for row in counted()] == [("en", "", 2)]


def test_no_table_has_room_for_who_asked_or_when() -> None:
    kept = {
        model.__name__: {field.name for field in model._meta.fields}
        for model in (SearchCount, FilterCount, OpenedCount)
    }
    assert kept == {
        "SearchCount": {"id", "day", "language", "text", "asked", "found", "nothing", "opened"},
        "FilterCount": {"id", "day", "language", "name", "used", "nothing"},
        "OpenedCount": {"id", "day", "language", "work", "opened"},
    }
    assert all(model._meta.get_field("day").get_internal_type() == "DateField" for model in (SearchCount, OpenedCount))


# --- What is opened ----------------------------------------------------------


def opening(referer: str, **headers: str) -> Any:
    """A visit to a work from that address."""
    named = {"User-Agent": BROWSER, "Referer": f"http://testserver{referer}", **headers}
    request = RequestFactory(headers=named).get("/en/library/a-work/")
    request.user = AnonymousUser()
    return request


def test_a_work_opened_from_results_counts_with_the_text_that_led_to_it(db: None) -> None:
    counting.opened(opening("/th/search/?q=Pensions&type=video"), ["w1"])
    counting.opened(opening("/th/search/?q=Pensions&page=2"), ["w1", "w2"])
    assert counted() == [("th", "pensions", 0, 0, 0, 2)]
    opened = OpenedCount.objects.order_by("work").values_list("day", "language", "work", "opened")
    assert list(opened) == [(timezone.localdate(), "th", "w1", 2), (timezone.localdate(), "th", "w2", 1)]


def test_a_work_opened_while_browsing_results_counts_without_a_text(db: None) -> None:
    counting.opened(opening("/en/search/?type=video"), ["w1"])
    assert counted() == []
    assert OpenedCount.objects.get().work == "w1"


@pytest.mark.parametrize(
    "referer",
    ["", "/en/", "/en/library/", "/en/search/alerts/?q=x", "/xx/search/?q=x", "/api/v1/search?q=x", "/en/search"],
)
def test_a_work_opened_from_elsewhere_is_not_counted_and_not_even_looked_up(db: None, referer: str) -> None:
    def works() -> Any:
        raise AssertionError("nobody needs them")
        yield

    counting.opened(opening(referer), works())
    assert counted() == []


@pytest.mark.parametrize(
    "referer",
    [
        "http://elsewhere.example/en/search/?q=x",
        "http://[/en/search/?q=x",
        "//",
        "http://testserver:notaport/en/search/?q=x",
        "http://testserver/en/search/?" + "&" * 12_000,
        "\udcff",
    ],
)
def test_a_referer_of_another_site_or_out_of_order_counts_nothing(db: None, referer: str) -> None:
    request = opening("/")
    request.META["HTTP_REFERER"] = referer
    request.__dict__.pop("headers", None)
    counting.opened(request, ["w1"])
    storing.flush()
    assert not OpenedCount.objects.exists()


def test_robots_open_nothing(db: None) -> None:
    counting.opened(opening("/en/search/?q=x", **{"User-Agent": "Googlebot"}), ["w1"])
    assert counted() == []


# --- What it costs -----------------------------------------------------------


def test_a_visitor_waits_for_no_query_more(library: Shelf, visitor: Client, settings: Any) -> None:
    def queries(address: str) -> int:
        visitor.get(address)
        with CaptureQueriesContext(connection) as captured:
            visitor.get(address)
        return len(captured)

    address = "/en/search/?q=pensions&type=fact-sheet"
    with_counting = queries(address)
    settings.SEARCH_STATISTICS_DAYS = 0
    assert with_counting == queries(address) <= 3
    assert SearchCount.objects.count() == 0


def test_many_searches_are_written_after_a_response_with_one_statement_a_table(
    library: Shelf, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        visitor.get(f"/en/search/?q=pensions {number}&type=video")
    assert not SearchCount.objects.exists()
    monkeypatch.setattr(gathering, "SECONDS", 0.0)
    with CaptureQueriesContext(connection) as captured:
        visitor.get("/healthz")
    assert sum("INSERT" in query["sql"] for query in captured) == 2
    assert SearchCount.objects.count() == 20
    assert FilterCount.objects.get().used == 20
    assert SearchCount.objects.filter(day=date.today()).count() == 20
