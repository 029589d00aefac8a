"""A file's bytes as an answer: all of them or the range asked for, in place only where that is safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

CHUNK = 64 * 1024
# Longer numbers than any file has bytes are no range: Python refuses to read a number of thousands of digits.
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def file_response(
    request: HttpRequest, path: Path, *, checksum: str, media_type: str, name: str, in_place: bool
) -> HttpResponseBase:
    """The bytes at `path`, which exists, all or the range asked for (RFC 9110, one range), under the name `name`. Who
    goes on with other bytes than these gets all of them (`If-Range`).

    `checksum` says which bytes they are; a browser that has them is told so. `in_place`: it may show them instead of
    keeping them as a file.
    """
    etag = f'"{checksum}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = _bytes(request, path, path.stat().st_size, etag)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _policy(media_type)
    disposition = content_disposition_header(not in_place, name)
    if disposition:
        response["Content-Disposition"] = disposition
    if response.status_code != 304:
        response["Content-Type"] = media_type
    return response


def _policy(media_type: str) -> str:
    """The Content-Security-Policy of a file opened in place: it can load nothing but itself, and run nothing."""
    shut = "default-src 'none'; style-src 'unsafe-inline'"
    if media_type == "application/pdf":
        # Browsers' own PDF readers don't start in a sandbox.
        return f"{shut}; object-src 'self'"
    # What `default-src` doesn't speak for.
    shut += "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    # The page a browser makes for a film asks for the film once more, and from a sandbox it would get nothing: that is
    # another origin.
    return f"{shut}; media-src 'self'" if media_type.startswith("video/") else f"{shut}; sandbox"


def _bytes(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponseBase:
    match = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.headers.get("If-Range", etag) != etag or not match or (not match[1] and not match[2]):
        return FileResponse(path.open("rb"))
    if match[1]:
        start, end = int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)
    else:
        start, end = max(0, size - int(match[2])), size - 1
    if start >= size or start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_part(path, start, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _part(path: Path, start: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while length > 0 and (chunk := file.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
