"""Fetching a repository's list, part by part. A part and the token of the next are kept together: a worker that is
killed lost nothing that was fetched.
"""

from __future__ import annotations

from resources.fetching import Fetcher
from resources.importing.harvest import MOST_RECORDS, Harvester, HarvestError, HarvestRequest, too_many
from resources.imports.models import RowStatus, RunRow, RunStatus
from resources.imports.queue.turns import Turn


def make_fetcher() -> Fetcher:
    """What asks repositories. Tests put one in its place that reaches a server of their own."""
    return Fetcher(seconds=45)


def harvest(turn: Turn) -> None:
    """Fetch parts of the list until the turn is over or the list is."""
    run = turn.run
    asked = run.harvest
    try:
        harvester = Harvester(HarvestRequest(**asked["request"]), make_fetcher())
        for _step in turn.steps():
            turn.go_on()
            count = asked.get("records", 0)
            page = harvester.page(asked.get("token", ""), count + 1)
            if count + len(page.rows) > MOST_RECORDS:
                raise HarvestError(too_many())
            with turn.step():
                RunRow.objects.bulk_create(
                    RunRow(
                        run=run,
                        position=count + place,
                        line=row.line,
                        key=row.cells.get("id", "")[:200],
                        cells=dict(row.cells) | ({"gone": "1"} if row.gone else {}),
                        problems=[list(problem) for problem in row.problems.items()],
                        notes=dict(row.notes),
                        status=RowStatus.NEW,
                    )
                    for place, row in enumerate(page.rows)
                )
                asked = {
                    **asked,
                    "token": page.token,
                    "records": count + len(page.rows),
                    "asked": asked.get("asked") or page.asked,
                }
                turn.go_on(harvest=asked, attempts=0)
            if not page.token:
                turn.becomes(RunStatus.CHECKING)
                return
    except HarvestError as error:
        turn.becomes(RunStatus.FAILED, reason=str(error))
