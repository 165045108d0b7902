"""The triggers that keep what is recorded as it was recorded."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from husrom.guards import install
from husrom.publishing.guards import GUARDS


def install_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the room's triggers."""
    install(schema_editor, GUARDS)


class Migration(migrations.Migration):
    """Triggers, on SQLite and PostgreSQL."""

    dependencies: ClassVar = [("publishing", "0001_tables")]
    operations: ClassVar = [migrations.RunPython(install_guards, migrations.RunPython.noop)]
