"""How gunicorn serves the portal: the same in the demo and in a container. gunicorn reads this file by its name."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# A long report with many charts takes seconds, on a busy machine tens of them.
timeout = 90
# From version 27 on gunicorn opens a control socket under the user's home; nobody here uses it.
control_socket_disable = True
# No access log: addresses of pages together with times would tell who answered what, and when.
accesslog = None
