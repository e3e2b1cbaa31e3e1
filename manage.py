#!/usr/bin/env python
"""Django's command line, with a plain sentence instead of a traceback for a wrong setting."""

import os
import sys


def main() -> None:
    if sys.version_info < (3, 11):  # an older Python must reach this sentence
        sys.exit("Embassy needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Embassy cannot start: {error}")


if __name__ == "__main__":
    main()
