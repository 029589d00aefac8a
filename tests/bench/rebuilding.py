"""`manage.py search_index --rebuild` of made works: a process of its own, as beside a server."""

from __future__ import annotations

import sys


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench.works import MadeWorks, only_source

    only_source(MadeWorks(*map(int, sys.argv[1:4])))
    call_command("search_index", rebuild=True)


if __name__ == "__main__":
    main()
