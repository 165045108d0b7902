"""Compile every template, so that a mistake in one is found before a reader opens its page."""

import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "husrom" / "templates"


def main() -> int:
    django.setup()
    faults = []
    for path in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        name = path.relative_to(TEMPLATES).as_posix()
        try:
            get_template(name)
        except TemplateSyntaxError as fault:
            faults.append(f"{name}: {fault}")
    print("\n".join(faults))
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
