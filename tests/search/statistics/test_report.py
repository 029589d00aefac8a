"""Reports → Searches: what editors are told, and who may see it."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission, Page

from search.indexing.rebuild import rebuild
from search.statistics import figures, storing, unopened
from search.statistics.chart import chart
from search.statistics.gathering import Key
from search.statistics.models import FilterCount, OpenedCount, SearchCount
from tests.search.shelf import Shelf, text, work

pytestmark = pytest.mark.django_db

LOOKED_FOR = "/admin/reports/searches/"
NOTHING = "/admin/reports/searches/nothing/"
UNOPENED = "/admin/reports/searches/unopened/"
REPORTS = [LOOKED_FOR, NOTHING, UNOPENED]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("editor", pk=7))
    return client


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)


def put(
    text: str, *, asked: int = 1, found: int = 0, nothing: int = 0, opened: int = 0, ago: int = 0, language: str = "en"
) -> None:
    storing.store({Key(SearchCount, day(ago), language, text): (asked, found, nothing, opened)})


def rows(client: Client, address: str, **chosen: str) -> list[list[str]]:
    """The export of a report without its headings."""
    answer = client.get(address, {**chosen, "export": "csv"})
    said = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(said)))[1:]


# --- Who may see them --------------------------------------------------------


def member(*, of_admin: bool = False, may: str = "") -> User:
    """A user of a group with that permission on every page."""
    user = User.objects.create(username=f"one who may {may}")
    group = Group.objects.create(name=f"Those who may {may}")
    user.groups.add(group)
    if of_admin:
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    if may:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{may}_page")
        GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    return user


@pytest.mark.parametrize("address", [*REPORTS, f"{LOOKED_FOR}results/", f"{LOOKED_FOR}?export=csv"])
def test_only_those_who_may_publish_see_a_report(library: Shelf, client: Client, address: str) -> None:
    put("a secret wish")
    for user in (None, member(), member(of_admin=True, may="change")):
        if user:
            client.force_login(user)
        answer = client.get(address, follow=True)
        assert answer.redirect_chain
        assert "a secret wish" not in answer.content.decode()
        assert 'href="/admin/reports/searches/' not in answer.content.decode()
    client.force_login(member(of_admin=True, may="publish"))
    assert client.get(address).status_code == 200
    assert "/admin/reports/searches/" in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "address", [UNOPENED, f"{UNOPENED}results/", f"{UNOPENED}?export=csv", f"{UNOPENED}?export=xlsx"]
)
def test_a_work_is_told_only_to_those_who_may_find_it(library: Shelf, client: Client, address: str) -> None:
    library.works["hidden"] = work("hidden", text("en", "A hidden report"), readers=("user-7",))
    rebuild()
    user = member(of_admin=True, may="publish")
    client.force_login(user)
    answer = client.get(address)
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "xlsx" in address:
        said = str(list(openpyxl.load_workbook(io.BytesIO(said)).active.values)).encode()
    assert b"Pensions 3" in said
    assert b"A hidden report" not in said


def test_an_editor_who_may_find_a_restricted_work_is_told_of_it(library: Shelf, editor: Client) -> None:
    library.works["hidden"] = work("hidden", text("en", "A hidden report"), readers=("user-7",))
    rebuild()
    assert "A hidden report" in editor.get(UNOPENED).content.decode()


# --- What is told ------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "promise"),
    [
        (LOOKED_FOR, "Texts that people search for will stand here."),
        (NOTHING, "Texts for which the library has nothing"),
    ],
)
def test_an_empty_report_says_what_will_stand_there(library: Shelf, editor: Client, address: str, promise: str) -> None:
    said = editor.get(address).content.decode()
    assert promise in said
    assert "<figure" not in said


def test_when_every_work_was_opened_the_report_says_so(library: Shelf, editor: Client) -> None:
    storing.store({Key(OpenedCount, day(0), "en", key): (1,) for key in library.works})
    assert "Every work was opened." in editor.get(UNOPENED).content.decode()


def test_without_an_index_the_report_says_so(shelf: Shelf, editor: Client, caplog: Any) -> None:
    assert "Search is not available at the moment." in editor.get(UNOPENED).content.decode()


def test_texts_are_summed_up_over_days_and_languages(editor: Client) -> None:
    put("pension", asked=2, found=18, opened=1)
    put("pension", asked=2, found=22, opened=2, ago=29, language="th")
    put("pension", asked=100, ago=30)
    put("zebra", asked=3, nothing=3)
    put("opened yesterday", asked=0, opened=1)
    put("", asked=5, found=5)
    assert rows(editor, LOOKED_FOR) == [["pension", "4", "10", "3"], ["zebra", "3", "0", "0"]]
    assert rows(editor, LOOKED_FOR, language="th") == [["pension", "2", "11", "2"]]
    assert rows(editor, LOOKED_FOR, days="90")[0][:2] == ["pension", "104"]
    assert "5 more searches are counted without their texts" in editor.get(LOOKED_FOR).content.decode()


def test_what_finds_nothing_leads_to_a_new_try_in_the_language_it_was_asked_in(editor: Client) -> None:
    put("ซีบร้า & ม้า", asked=2, nothing=2, language="th", ago=3)
    put("pension", asked=3, found=9)
    said = editor.get(NOTHING).content.decode()
    assert 'href="/th/search/?q=%E0%B8%8B' in said
    assert "+%26+" in said
    assert "pension" not in said
    assert rows(editor, NOTHING) == [["ซีบร้า & ม้า", "2", day(3).isoformat()]]


@pytest.mark.parametrize(
    "chosen", [{"days": "x"}, {"days": "-1"}, {"days": "9" * 400}, {"language": "xx"}, {"ordering": "pk"}, {"p": "x"}]
)
@pytest.mark.parametrize("address", REPORTS)
def test_a_choice_that_makes_no_sense_leaves_the_usual(
    library: Shelf, editor: Client, address: str, chosen: dict[str, str]
) -> None:
    put("pension", nothing=1)
    answer = editor.get(address, chosen)
    assert answer.status_code == 200
    assert answer.context["period"] == figures.Period.of(30, timezone.localdate())


def test_works_never_opened_are_told_the_oldest_first(
    library: Shelf, editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unopened, "_AT_ONCE", 3)
    library.works["old"] = work("old", text("th", "เก่า"), text("en", "Old and gold"), date=date(1999, 1, 1))
    library.works["new"] = work("new", text("th", "ใหม่"), date=date(2026, 1, 1))
    rebuild()
    storing.store({Key(OpenedCount, day(5), "en", "w1"): (1,), Key(OpenedCount, day(50), "en", "w2"): (1,)})
    titles = [row[0] for row in rows(editor, UNOPENED)]
    assert titles[0] == "Old and gold"
    assert titles[-1] == "ใหม่"
    assert len(titles) == len(set(titles)) == 13
    assert "Pensions 1" not in titles
    assert "Pensions 2" in titles
    assert "Pensions 2" not in [row[0] for row in rows(editor, UNOPENED, days="90")]
    assert "Pensions 1" in [row[0] for row in rows(editor, UNOPENED, language="th")]


def test_what_this_process_has_counted_a_moment_ago_is_in_the_report(
    library: Shelf, editor: Client, visitor: Client
) -> None:
    visitor.get("/en/search/?q=pensions")
    assert rows(editor, LOOKED_FOR) == [["pensions", "1", "11", "0"]]


def test_text_from_visitors_is_escaped(editor: Client) -> None:
    put('<script>alert("x")</script>', nothing=1)
    for address in (LOOKED_FOR, NOTHING):
        assert "<script>alert" not in editor.get(address).content.decode()


# --- Pages and exports -------------------------------------------------------


def test_long_reports_have_pages_and_whole_exports(library: Shelf, editor: Client) -> None:
    for number in range(60):
        put(f"text {number:02}", nothing=1)
    library.works |= {f"x{number}": work(f"x{number}") for number in range(60)}
    rebuild()
    for address, last in ((LOOKED_FOR, "text 59"), (NOTHING, "text 59"), (UNOPENED, "Page 2 of 2")):
        assert last not in editor.get(address).content.decode()
        assert last in editor.get(address, {"p": "2"}).content.decode()
        assert len(rows(editor, address)) >= 60


@pytest.mark.parametrize("formula", ['=HYPERLINK("http://x")', "+1", "-pension", "@sum(a1)"])
def test_no_cell_of_an_export_is_a_formula(editor: Client, formula: str) -> None:
    put(formula, nothing=1)
    for address in (LOOKED_FOR, NOTHING):
        assert rows(editor, address)[0][0] == f"'{formula}"
        answer = editor.get(address, {"export": "xlsx"})
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        cell = sheet["A2"]
        assert cell.value == f"'{formula}"
        assert cell.data_type == "s"


def test_a_report_takes_as_many_queries_for_many_counts(library: Shelf, editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            for address in REPORTS:
                assert editor.get(address).status_code == 200
        return len(captured)

    put("pension", nothing=1)
    queries()
    few = queries()
    for number in range(40):
        put(f"text {number}", nothing=1, ago=number)
        storing.store(
            {Key(FilterCount, day(number), "en", "type"): (1, 0), Key(OpenedCount, day(0), "en", f"w{number}"): (1,)}
        )
    assert queries() == few


# --- The chart ---------------------------------------------------------------


@pytest.mark.parametrize(("days", "spans"), [(30, 30), (90, {13, 14}), (365, {12, 13})])
def test_a_period_is_told_by_days_weeks_or_months_and_no_day_is_lost(days: int, spans: Any) -> None:
    for ago in range(0, 400, 7):
        put("pension", asked=2, nothing=1, opened=3, ago=ago)
    told = figures.over_time(figures.Period.of(days, timezone.localdate()))
    assert len(told) == spans if isinstance(spans, int) else len(told) in spans
    assert (told[0].first, told[-1].last) == (day(days - 1), day(0))
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(told))
    asked = len(range(0, days, 7))
    assert [sum(getattr(span, name) for span in told) for name in ("asked", "nothing", "opened")] == [
        2 * asked,
        asked,
        3 * asked,
    ]


@pytest.mark.parametrize("most", [0, 1, 4, 5, 99, 100, 101, 12_345])
def test_bars_stay_inside_the_drawing(most: int) -> None:
    drawn = chart([figures.Span(day(1), day(1), most, most // 3, 0), figures.Span(day(0), day(0), 0, 0, 0)])
    assert most <= drawn.top == 2 * drawn.middle
    for bar in drawn.bars:
        assert 0 <= float(bar.nothing_y) <= float(bar.found_y) <= 200
        assert float(bar.found_y) + float(bar.found_height) == pytest.approx(200, abs=0.02)


@pytest.mark.parametrize("language", ["en", "vi", "pt", "id", "km"])
def test_the_chart_has_a_table_behind_it_and_draws_in_every_language(editor: Client, language: str) -> None:
    put("pension", asked=1234, found=9, nothing=17)
    storing.store({Key(FilterCount, day(0), "en", "type"): (21, 2), Key(FilterCount, day(0), "en", "gone"): (1, 1)})
    with translation.override(language):
        editor.get("/admin/")
        said = editor.get(LOOKED_FOR, headers={"accept-language": language}).content.decode()
    figure = said.partition("<figure")[2].partition("</figure>")[0]
    drawing, table = figure.split("<details>")
    assert drawing.count("<rect") == 2 + 2 * 30
    assert 'height="152.12"' in drawing
    assert table.count("<tr>") == 31
    assert ">17<" in table
    assert ">21<" in said
