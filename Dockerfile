# The one image. `docker run -p 8000:8000 -v embassy-data:/data IMAGE` works as it stands; `make container-check` shows it.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
# The lock comes alone and first: this slow layer is made again only when the lock changes.
COPY requirements/run.txt requirements/run.txt
RUN pip install --quiet --require-hashes -r requirements/run.txt
COPY . .
# The key and the folder serve this step alone, and stay in this stage.
# The bytecode is made here because the running image cannot write; unchecked, because a copied file's time may differ.
RUN SECRET_KEY=only-for-collecting-the-static-files-while-the-image-is-built DATA_DIR=/tmp/build \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q --invalidation-mode unchecked-hash . \
    && rm -r requirements

FROM python:3.13-slim
LABEL org.opencontainers.image.title="Embassy" \
      org.opencontainers.image.description="The press site and newsroom of a diplomatic mission" \
      org.opencontainers.image.licenses="MIT"
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /app
# The owner must be set before VOLUME: a new volume takes it over from here.
RUN mkdir /data && chown 10001:10001 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
# A number, so that an orchestrator can tell that it is not root.
USER 10001:10001
VOLUME /data
EXPOSE 8000
# /healthz is answered to any host name, so this holds whatever ALLOWED_HOSTS says.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "manage.py", "serve", "--bind", "0.0.0.0:8000"]
