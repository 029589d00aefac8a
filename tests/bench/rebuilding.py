"""The index that is asked first made anew from made works: by a process of its own, as beside a server."""

from __future__ import annotations

import sys


def main() -> None:
    import django

    django.setup()
    from search.engines import get_engine
    from search.indexing.rebuild import rebuild
    from tests.bench.works import MadeWorks, only_source

    only_source(MadeWorks(*map(int, sys.argv[1:4])))
    rebuild(engine=get_engine())


if __name__ == "__main__":
    main()
