"""Ask the portal on this machine whether it is alive, as the proxy in front of it would: exit with 1 if it isn't."""

from __future__ import annotations

import os
import sys
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen


def main() -> None:
    public = urlsplit(os.environ.get("PORTAL_BASE_URL", ""))
    headers = {"X-Forwarded-Proto": public.scheme, "Host": public.netloc} if public.netloc else {}
    request = Request(f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz", headers=headers)
    try:
        # An answer that isn't 200 raises.
        urlopen(request, timeout=5).close()  # noqa: S310 - the address is of this machine
    except (URLError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
