"""``python -m geosec`` is the command line."""

from __future__ import annotations

import sys

from geosec.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
