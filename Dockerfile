# Two steps: one builds the wheel, the other holds only what runs. Secrets come in as files at start, never here.
FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel .

FROM python:3.13-slim
# What draws a PDF. Without it everything else works.
RUN apt-get update && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 \
    libharfbuzz-subset0 && rm -rf /var/lib/apt/lists/*
# A user of its own, with a number that stays, so that files it leaves behind keep their owner.
RUN useradd --uid 10001 --create-home --home-dir /var/lib/draad draad
COPY requirements.lock /tmp/requirements.lock
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock && rm /tmp/requirements.lock
COPY --from=build /wheel /tmp/wheel
RUN pip install --no-cache-dir --no-deps /tmp/wheel/*.whl && rm -r /tmp/wheel
ENV DRAAD_HOME=/var/lib/draad \
    PYTHONUNBUFFERED=1
USER draad
WORKDIR /var/lib/draad
EXPOSE 8000
ENTRYPOINT ["draad"]
CMD ["serve", "--bind", "0.0.0.0:8000"]
