"""`make bench`."""

from tests.bench.search_bench import main

main()
