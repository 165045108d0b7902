"""``python -m husrom``: the same command line, where the ``husrom`` script is not in the path."""

from husrom.cli import main

if __name__ == "__main__":
    main()
