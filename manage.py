#!/usr/bin/env python3
"""Django's own commands (makemigrations, shell), for those who build Safeboard. Users have `./run`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.site.settings")
    execute_from_command_line(sys.argv)
