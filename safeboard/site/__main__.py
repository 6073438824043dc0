"""`python -m safeboard.site`, which `./run` becomes."""

import sys

from safeboard.site.command_line import main

sys.exit(main(sys.argv[1:]))
