"""From a change in the database to the index: `outbox.enqueue` is what an application calls."""
