"""Prints the rule book as Markdown: `python -m safeboard.foundation.guidance > docs/guidance.md`."""

import sys

from safeboard.foundation.guidance.handbook import handbook

sys.stdout.write(handbook())
