"""`python -m safeboard.site`, which `./run` becomes."""

import sys

if __name__ == "__main__":
    try:
        from safeboard.site.command_line import main
    except KeyboardInterrupt:
        # Ctrl-C while the libraries are still being loaded: nothing was begun.
        sys.exit(130)
    sys.exit(main(sys.argv[1:]))
