# One static program that runs as nobody, with a folder for the database.
#
# The compiler's image is named by a tag, so that it is renewed with each build. For a build that can be repeated name
# it by digest, and renew that when Go or Debian mend something, once a month at least:
#   docker buildx imagetools inspect golang:1.26-bookworm --format '{{.Manifest.Digest}}'
#   docker compose build --build-arg GO_IMAGE=golang:1.26-bookworm@sha256:…
ARG GO_IMAGE=golang:1.26-bookworm
FROM ${GO_IMAGE} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/summitquiz ./cmd/summitquiz && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /src/LICENSE /src/cmd/summitquiz/licences.txt /licences/
COPY --from=build /out/summitquiz /summitquiz
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
VOLUME /data
EXPOSE 8080
ENV DATABASE_URL=sqlite:/data/summitquiz.db HTTP_ADDR=:8080 TMPDIR=/data
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s CMD ["/summitquiz", "healthcheck"]
ENTRYPOINT ["/summitquiz"]
