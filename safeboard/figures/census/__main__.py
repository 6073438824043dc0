"""Prints the rules as Markdown: `python -m safeboard.figures.census > docs/census-rules.md`."""

import sys

from safeboard.figures.census.handbook import handbook

sys.stdout.write(handbook())
