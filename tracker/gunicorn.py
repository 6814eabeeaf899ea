"""How the site is served: `gunicorn --config python:tracker.gunicorn tracker.wsgi:application`."""

import os

from tracker.logs import configuration

bind = "0.0.0.0:8000"  # in a container; beside a proxy on the same machine: --bind 127.0.0.1:8000
workers = 2
# A large report is read within the request where there is no worker; parliament's own take seconds.
timeout = 120
# What is being answered at a restart is answered to its end.
graceful_timeout = 30
# A process that grew starts anew, each at another moment.
max_requests, max_requests_jitter = 5000, 500
# Requests are logged by the site itself, with their number.
accesslog = None
level = os.environ.get("LOG_LEVEL") or "INFO"
logconfig_dict = configuration(form=os.environ.get("LOG_FORMAT") or "json", level=level)
logconfig_dict["loggers"]["gunicorn.error"] = {"level": level, "handlers": ["console"], "propagate": False}
