"""Settings: production is strict, and a wrong or missing variable says how to set it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import manage

PRODUCTION = {"DEBUG": "0", "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz"}


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"DEBUG": "0"}, "SECRET_KEY is not set"),
        ({"DEBUG": "perhaps"}, "set it to 1 or 0"),
        ({"UPLOAD_MAX_MB": "many"}, "UPLOAD_MAX_MB='many' is not a whole number"),
        ({"UPLOAD_MAX_MB": "0"}, "set it to 1 or more"),
        ({"PORTAL_BASE_URL": "lumbung.example.org"}, "set it to one such as https://"),
        ({"DATABASE_URL": "what"}, "DATABASE_URL"),
    ],
)
def test_a_wrong_variable_says_how_to_set_it(tmp_path: Path, variables: dict[str, str], told: str) -> None:
    done = manage(tmp_path, "check", **variables)
    assert done.returncode != 0
    assert told in done.stderr


@pytest.mark.parametrize(
    "variables",
    [
        {"ELASTICSEARCH_URL": "https://user:pa/geheim@es.example.org"},
        {"ELASTICSEARCH_URL": "https://user:12/geheim@es.example.org:9200"},
        {"ELASTICSEARCH_URL": "https://user:12#geheim@es.example.org"},
        {"ELASTICSEARCH_URL": "https://user:12?geheim@es.example.org"},
        {"ELASTICSEARCH_URL": "https://user:p@12/geheim@es.example.org"},
        {"ELASTICSEARCH_URL": "https://user:[geheim@es.example.org"},
        {"ELASTICSEARCH_URL": "https://user:geheim@es.example.org:many"},
        {"ELASTICSEARCH_URL": "https://user:geheim@es.example.org:99999"},
        {"ELASTICSEARCH_URL": "https://user:geheim@es example.org"},
        {"ELASTICSEARCH_URL": "https://user:geheim@es%example.org"},
        {"ELASTICSEARCH_URL": "user:geheim@es.example.org"},
        {"DATABASE_URL": "postgres://user:pa/geheim@db.example.org/name"},
    ],
)
def test_a_wrong_address_stops_the_portal_and_its_password_is_not_shown(
    tmp_path: Path, variables: dict[str, str]
) -> None:
    done = manage(tmp_path, "check", **variables)
    (name,) = variables
    assert done.returncode != 0
    assert f"{name} " in done.stderr
    assert "percent-encoded" in done.stderr
    assert "geheim" not in done.stdout + done.stderr


def test_an_address_with_an_encoded_password_is_taken(tmp_path: Path) -> None:
    url = "https://user:pa%2Fss%23w%40rd@es.example.org:9200/behind/"
    done = manage(tmp_path, "check", ELASTICSEARCH_URL=url)
    assert done.returncode == 0, done.stderr


def test_production_passes_the_deployment_checks_without_a_warning(tmp_path: Path) -> None:
    done = manage(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level",
        "INFO",
        PORTAL_BASE_URL="https://lumbung.example.org",
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_machine_on_its_own_serves_plainly(tmp_path: Path) -> None:
    done = manage(
        tmp_path,
        "shell",
        "-c",
        "from django.conf import settings as s; "
        "print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)",
        PORTAL_BASE_URL="http://10.0.0.5:8000",
        **PRODUCTION,
    )
    assert done.stdout.split()[-3:] == ["False", "False", "0"], done.stderr


def test_the_address_of_the_portal_is_a_host_it_answers_to(tmp_path: Path) -> None:
    done = manage(
        tmp_path,
        "shell",
        "-c",
        "from django.conf import settings as s; "
        "print('lumbung.example.org' in s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS)",
        PORTAL_BASE_URL="https://lumbung.example.org",
        **PRODUCTION,
    )
    assert "True ['https://lumbung.example.org']" in done.stdout, done.stderr
