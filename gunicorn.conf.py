"""Read by gunicorn when it starts in this folder: `gunicorn portal.wsgi`."""

# A letter of Thai or Khmer takes nine bytes of an address; by default a paragraph of them would be refused. This is
# the most there is.
limit_request_line = 8190
