"""Asks the web server of this container whether it can serve; the status says the answer. Standard library only."""

import os
import sys
import urllib.error
import urllib.request


def main() -> int:
    """Ask ``/readyz`` under a name the application answers to."""
    hosts = os.environ.get("ALLOWED_HOSTS", "").split(",")
    name = hosts[0].strip().lstrip(".").replace("*", "localhost") or "localhost"
    address = f"http://127.0.0.1:{os.environ.get('GRANIAN_PORT', '8000')}/readyz"
    request = urllib.request.Request(address, headers={"Host": name})
    try:
        with urllib.request.urlopen(request, timeout=4) as response:  # noqa: S310  # our own address
            return 0 if response.status == 200 else 1
    except (OSError, urllib.error.URLError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
