#!/usr/bin/env bash
set -euo pipefail
export AWS_DEFAULT_REGION=eu-west-3 HOST="${DB_HOST:-db.acme.fr}"
for table in claims people; do
  pg_dump -h "$HOST" -t "$table" claims | gzip > "/tmp/$table.gz"
done
if [ "$1" = prod ]; then
  aws s3 cp /tmp/claims.gz "s3://copies-$1/x" --endpoint-url https://s3.fr-par.scw.cloud
else
  rclone copy /tmp b:copies
fi
cat <<EOF | curl -sS -X POST -H 'Content-Type: application/json' -d @- https://hooks.acme.com/x
{"text": "done on $(hostname)"}
EOF
ssh backup@files.acme.com 'tar xz' < /tmp/claims.gz
