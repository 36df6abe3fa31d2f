#!/usr/bin/env python3
"""python3 bench/run.py --pages 1000 --runs 5: Coldpress beside its peers, on the same articles."""

import sys
from pathlib import Path

# This folder itself must not be on the path: a module in it has the name of a library.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench.session import main  # noqa: E402  the line above makes it importable

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
