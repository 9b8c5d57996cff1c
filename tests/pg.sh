#!/bin/sh
# pg.sh PROGRAM [ARGUMENT …] -- runs a test program on a database of its own in the PostgreSQL at NUAN_PG_SOCKET.
name=$(basename "$1")
psql -q -c "DROP DATABASE IF EXISTS $name" -c "CREATE DATABASE $name" >/dev/null 2>&1 || { echo "cannot make the database $name"; exit 1; }
NUAN_TEST_DB="postgresql:///$name?host=$NUAN_PG_SOCKET&user=nuan" exec "$@"
