# One static program that runs as nobody, with a folder for the database.
FROM golang:1.26-bookworm AS build
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
