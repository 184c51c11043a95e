"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygget.settings")
application = get_wsgi_application()

from brobygget.operations.keeping import begin_keeping  # noqa: E402 -- needs the line above

# In the worker and never in the process that forks it: a child inherits locks that a thread holds just then.
begin_keeping()
