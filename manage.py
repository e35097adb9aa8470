#!/usr/bin/env python
"""Django's command line, against the local trial services unless the environment names others."""

import os
import sys


def main() -> None:
    """Start the local services when none are configured, then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pipcycle.settings")
    from pipcycle.local import ensure_local_environment

    ensure_local_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
