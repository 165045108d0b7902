#!/bin/sh
# Make the virtual environment with the first Python that is new enough.
# Usage: make_venv.sh DIRECTORY [PYTHON]. A name in PATH may be a shim that cannot start: each is tried.
set -eu

venv=$1
shift

for candidate in "$@" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        if "$candidate" -m venv "$venv" >/dev/null 2>&1; then
            echo "Made $venv with $("$candidate" --version)."
            exit 0
        fi
        rm -rf "$venv"
        echo "$candidate is new enough, but cannot make a virtual environment." >&2
        echo "On Debian and Ubuntu: apt-get install python3-venv. Then run make again." >&2
        exit 1
    fi
done

echo "Husrom needs Python 3.11 or newer, and found none." >&2
echo "python3 here is: $(python3 --version 2>&1 || echo 'not installed')." >&2
echo "Install a newer one, or say where it is: make run PYTHON=/path/to/python3.12" >&2
exit 1
