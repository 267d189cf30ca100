"""`python -m daemon` is `murphyd`."""

from daemon.cli import main

main()
