# The site with everything, the Debian included, behind nginx:  docker compose up
FROM node:26-bookworm-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends python3 python3-pip ca-certificates
WORKDIR /course
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run linux:image && npm run build

FROM nginx:1.30-alpine
COPY --from=build /course/dist /usr/share/nginx/html
RUN cp /usr/share/nginx/html/hosting/nginx-http.conf /etc/nginx/conf.d/00-course.conf \
  && { echo 'server {'; echo '  listen 80;'; echo '  root /usr/share/nginx/html;'; echo '  location / {'; \
       cat /usr/share/nginx/html/hosting/nginx-location.conf; echo '  }'; echo '}'; } > /etc/nginx/conf.d/default.conf \
  && nginx -t
HEALTHCHECK --interval=30s --timeout=5s CMD wget --quiet --spider http://127.0.0.1/ || exit 1
