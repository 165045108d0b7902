"""The door for a web server: ``gunicorn husrom.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "husrom.settings")

application = get_wsgi_application()
