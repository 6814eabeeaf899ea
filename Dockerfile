# One image for the site, the worker and the beat; what it runs is the command it is given.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DEBUG=0 \
    VAR_DIR=/srv/var \
    STATIC_ROOT=/srv/static

WORKDIR /srv/toegezegd
RUN useradd --system --home-dir /srv/var --shell /usr/sbin/nologin toegezegd \
    && install --directory --owner toegezegd --group toegezegd /srv/var /srv/static

COPY requirements.txt .
RUN pip install --requirement requirements.txt

COPY . .
# The rules are compiled once, while their folder can still be written. The key is for this step.
RUN SECRET_KEY=only-for-compile-rules ALLOWED_HOSTS=localhost python manage.py compile_rules
USER toegezegd
# The static files are part of the image: a volume on /srv/var must not hide or outlive them. The key is for this step.
RUN SECRET_KEY=only-for-collectstatic ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput --verbosity 0

EXPOSE 8000
CMD ["gunicorn", "--config", "python:tracker.gunicorn", "tracker.wsgi:application"]
