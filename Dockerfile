# The list's site, built, and served by nginx on port 8080 without any rights:
#
#   docker build -t papers .
#   docker run --rm -p 8080:8080 papers
#
# Where the site will be: --build-arg SITE_URL=https://papers.example.org/, in place of site_url in
# mkdocs.yml. Below a path, such as https://example.org/papers/, it is served at that path.
FROM python:3.12-slim-bookworm AS build
# Git tells when papers came; requirements.txt may name a repository.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /list
COPY . .
RUN --mount=type=cache,target=/root/.cache/pip python -m pip install -r requirements.txt
ARG SITE_URL=
RUN if [ -n "$SITE_URL" ]; then export PAPERSHELF_SITE_URL="$SITE_URL"; fi \
  && sh deploy/www.sh /served

FROM nginx:1.28-alpine
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY --from=build /served/site.conf /etc/nginx/site.conf
COPY --from=build /served/www /srv/www
# The user "nginx" of the image; by number, so that a host can tell that it is not root.
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s \
  CMD ["sh", "-c", "wget --quiet --spider http://127.0.0.1:8080$(sed -n 's/^# base: //p' /etc/nginx/site.conf)"]
CMD ["nginx", "-g", "daemon off;"]
