#!/bin/bash
set -euo pipefail
export CLAIMS_DSN="postgres://u@claims.x.us-east-1.rds.amazonaws.com/claims"
echo "TARGET=gs://acme-claims/x" >> .env
cat > /etc/claims.env <<A
LAKE=https://acme-lake.blob.core.windows.net/x
REGION=${REGION:-eu-west-3}
A
printf 'SINK=%s\n' "$CLAIMS_DSN" | sudo tee -a /etc/environment
{ echo "export A=s3://acme-a"; echo B=1; } >> ~/.bashrc
if [ -n "$PROD" ]; then export STORE=s3://acme-prod; else export STORE=s3://acme-test; fi
STORE=s3://acme-once acme-send
for name in a b; do lftp -e "put $name" sftp://files.partenaire-sante.fr; done
pg_dump "$CLAIMS_DSN" | aws s3 cp - "$STORE/d"
