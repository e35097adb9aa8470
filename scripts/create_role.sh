#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the application's role, which row-level security binds, and its
# database. The image's own superuser is never the application's.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$DATABASE_PASSWORD" --username=postgres --dbname=postgres <<'SQL'
CREATE ROLE pipcycle LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE pipcycle OWNER pipcycle TEMPLATE template0 ENCODING 'UTF8';
SQL
