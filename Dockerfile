# One image for every part of the station; docker-compose.yml says which command each runs.
FROM python:3.12-slim-bookworm AS made
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/loa && /opt/loa/bin/pip install --require-hashes --no-deps -r requirements.lock
COPY . .
RUN /opt/loa/bin/pip install --no-deps --no-build-isolation . \
 && /opt/loa/bin/pybabel -q compile -d /opt/loa/lib/python3.12/site-packages/broadcast/translations

FROM python:3.12-slim-bookworm
# mpv plays on a box that has a sound card; without one the box keeps time silently.
RUN apt-get update && apt-get install -y --no-install-recommends mpv && rm -rf /var/lib/apt/lists/*
COPY --from=made /opt/loa /opt/loa
ENV PATH=/opt/loa/bin:$PATH LOA_DATA=/data LOA_HOST=0.0.0.0
RUN useradd --system --home /data --create-home loa && mkdir /box && chown loa /box
USER loa
WORKDIR /data
VOLUME /data
EXPOSE 8080
CMD ["loa", "web"]
