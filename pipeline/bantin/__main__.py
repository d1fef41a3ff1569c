"""`python -m bantin` is `bantin`."""

from bantin.cli import main

main()
