"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeboard.site.settings")
application = get_wsgi_application()

# Every page's code now, not with the first request. Then all that stays for good is left out of looking for garbage,
# which would otherwise stop a page for a tenth of a second now and again.
get_resolver().url_patterns  # noqa: B018 - asking for them reads them
gc.collect()
gc.freeze()
