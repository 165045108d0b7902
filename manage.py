"""Django's usual name for the command line, for editors and hosting that look for it. People type ``husrom``."""

from husrom.cli import main

if __name__ == "__main__":
    main()
