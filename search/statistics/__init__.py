"""What is searched for and what is opened, counted by day and without a trace of who it was, and a report of it.

`counting` is what views call. Nothing is written while a visitor waits: `gathering` keeps counts in the process,
`storing` adds them to the tables after a response, `housekeeping` removes what is old or rare.
"""
