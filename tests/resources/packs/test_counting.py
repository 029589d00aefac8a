"""How often a pack was used, without anybody's trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources.packs import actions
from resources.packs.counting import count, count_visitor
from resources.packs.keys import COOKIE, KeyRing, hand_out
from resources.packs.models import Pack, PackCount, PackUse

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def begun() -> tuple[Pack, str]:
    return actions.begin(language="en")


def visit(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers={"User-Agent": BROWSER, "Accept-Language": "km", **headers})
    request.user = AnonymousUser()
    return request


def counted(pack: Pack) -> dict[str, int]:
    return dict(PackCount.objects.filter(pack=pack).values_list("use", "count"))


def test_a_day_and_a_use_have_one_row(begun: tuple[Pack, str]) -> None:
    pack, _secret = begun
    yesterday = timezone.localdate() - timedelta(days=1)
    PackCount.objects.create(pack=pack, day=yesterday, use=PackUse.OPENED, count=5)
    for _time in range(3):
        count(pack, PackUse.OPENED)
    count(pack, PackUse.DOWNLOADED)
    rows = PackCount.objects.filter(pack=pack).order_by("day", "use").values_list("day", "use", "count")
    today = timezone.localdate()
    assert list(rows) == [(yesterday, "opened", 5), (today, "downloaded", 1), (today, "opened", 3)]


def test_counting_once_more_is_one_query(begun: tuple[Pack, str]) -> None:
    count(begun[0], PackUse.OPENED)
    with CaptureQueriesContext(connection) as asked:
        count(begun[0], PackUse.OPENED)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": ""},
        {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_programs_are_not_counted(begun: tuple[Pack, str], headers: dict[str, str]) -> None:
    count_visitor(visit(**headers), begun[0], PackUse.OPENED)
    assert counted(begun[0]) == {}


def test_makers_are_not_counted_and_others_are(begun: tuple[Pack, str]) -> None:
    pack, secret = begun
    holder = visit()
    response = HttpResponse()
    hand_out(response, KeyRing().with_pack(pack.code, secret, count=0))
    holder.COOKIES[COOKIE] = response.cookies[COOKIE].value
    owner = visit()
    owner.user = User.objects.create(username="owner")
    actions.claim(pack=pack, by=owner.user)
    for own in (holder, owner):
        count_visitor(own, pack, PackUse.OPENED)
    assert counted(pack) == {}
    count_visitor(visit(), pack, PackUse.COPIED)
    assert counted(pack) == {"copied": 1}
