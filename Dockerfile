# Postlude for production: one image, three commands.
#   web      node --enable-source-maps scripts/start.ts     (the default)
#   worker   node --enable-source-maps scripts/worker.ts
#   migrate  node scripts/migrate.ts                        (before a new version starts)
# The variables that it needs are in docs/configuration.md.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The platform packages of Node and PostgreSQL are for development: the image has the one and not the other.
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node scripts/build.ts

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/build ./build
COPY package.json ./
COPY prisma/migrations ./prisma/migrations
COPY scripts/start.ts scripts/worker.ts scripts/migrate.ts ./scripts/
COPY scripts/processes ./scripts/processes
COPY scripts/database ./scripts/database
USER node
EXPOSE 3000
CMD ["node", "--enable-source-maps", "scripts/start.ts"]
