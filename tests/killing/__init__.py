"""Kills the portal's processes where it hurts, and looks at what is left.

`Portal` keeps one in a folder, with a database of its own: a server (gunicorn), commands and workers are processes that
really end by SIGKILL. A `Point` names the line before which; `Portal.state` tells what is there afterwards.

    portal.begin()
    assert portal.killed("import_resources", "works.csv", at=Point("resources.importing.apply", "progress(min("))
    portal.manage("import_resources", "works.csv")
    portal.later()                      # a worker has had a day
    assert portal.state().faults == []
"""
