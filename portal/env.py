"""Settings from the environment, parsed by type. A value that can't be read says which variable it is and how to set
it.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool) -> bool:
    """The truth of `name`: 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: set it to 1 or 0.")


def text(name: str, default: str = "") -> str:
    """The value of `name` without spaces around it."""
    return os.environ.get(name, default).strip()


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The comma-separated values of `name`."""
    value = os.environ.get(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value is not None else list(default)


def number(name: str, default: int, *, at_least: int = 0) -> int:
    """The whole number in `name`, not less than `at_least`."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        parsed = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.") from None
    if parsed < at_least:
        raise ImproperlyConfigured(f"{name}={parsed} is too small: set it to {at_least} or more.")
    return parsed


def directory(name: str, default: Path) -> Path:
    """The folder in `name`, as an absolute path; it need not be there."""
    value = os.environ.get(name)
    return Path(value).expanduser().resolve() if value else default


def address(name: str, default: str) -> str:
    """An address of a site, without the slash at its end. The error doesn't show it: a password may stand in it."""
    value = text(name, default).rstrip("/")
    if value and not _is_address(value):
        raise ImproperlyConfigured(
            f"{name} is not an address: set it to one such as https://lumbung.example.org. "
            "In a user or password characters such as / ? # @ must be percent-encoded: %2F %3F %23 %40."
        )
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    # After an unencoded / ? or # the rest of a password would be taken for a path, and shown.
    after_host = f"{parts.path}{parts.query}{parts.fragment}"
    return (
        parts.scheme in {"http", "https"}
        and bool(host)
        and "%" not in host
        and port != 0
        and "@" not in after_host
        and value.isprintable()
        and not any(sign.isspace() for sign in value)
    )


def database(default_path: Path) -> dict[str, object]:
    """Django's settings of the database in DATABASE_URL; by default a SQLite file that several processes may write
    to.
    """
    url = text("DATABASE_URL") or f"sqlite:///{default_path}"
    try:
        config: dict[str, object] = dict(environ.Env.db_url_config(url))
    except (environ.ImproperlyConfigured, ValueError):
        # The error may quote a part of the password.
        raise ImproperlyConfigured(
            "DATABASE_URL can't be read: set it to one such as postgres://user:password@host/name. "
            "In a password characters such as / ? # @ must be percent-encoded: %2F %3F %23 %40."
        ) from None
    if not str(config.get("ENGINE", "")).startswith("django."):
        raise ImproperlyConfigured(
            "DATABASE_URL names no database that Django supports: set it to one such as "
            "postgres://user:password@host/name."
        )
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        # WAL lets readers go on beside the one writer; IMMEDIATE makes a second writer wait instead of failing
        # half-way.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA mmap_size=134217728;PRAGMA cache_size=-16000;",
        }
        config["CONN_MAX_AGE"] = 600
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config
