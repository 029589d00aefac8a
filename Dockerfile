# The portal and its worker in one image, with Tesseract for scans in every language: docs/operating.md, "In a container".
FROM debian:bookworm-slim

RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        make python3 python3-venv \
        tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-eng tesseract-ocr-fil tesseract-ocr-ind tesseract-ocr-jpn \
        tesseract-ocr-khm tesseract-ocr-kor tesseract-ocr-lao tesseract-ocr-mon tesseract-ocr-msa tesseract-ocr-mya \
        tesseract-ocr-por tesseract-ocr-tam tesseract-ocr-tha tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/lumbung
# The libraries change more rarely than the code: this layer is made again only when they do.
COPY Makefile requirements.txt ./
COPY locale locale
RUN make install PYTHON=/usr/bin/python3
COPY . .

# Everything that is kept lies in one folder, and nothing runs as root.
RUN useradd --system --home-dir /srv/lumbung lumbung && install --directory --owner lumbung /var/lib/lumbung
USER lumbung
ENV DEBUG=0 PORTAL_DATA_DIR=/var/lib/lumbung PYTHONUNBUFFERED=1
VOLUME /var/lib/lumbung
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD [".venv/bin/python", "scripts/is_alive.py"]
CMD ["scripts/serve"]
