"""`make bench`."""

from tests.bench.relevance import relevance
from tests.bench.search_bench import main

main()
relevance()
