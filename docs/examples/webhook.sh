#!/usr/bin/env bash
# Sends one signed report. Needs URL, SOURCE, SECRET (whsec_…) and MESSAGE_ID in the environment.
set -euo pipefail

BODY='{"category":"monitoring","title":"网络监测：直播间销售三无产品","cohort":{"territory":"410381","industry":"F5292"}}'
KEY=$(printf %s "${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
AT=$(date +%s)
SIGNATURE=$(printf %s "$MESSAGE_ID.$AT.$BODY" |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)

# --fail-with-body: a refusal is shown, and ends the program with an error.
curl -sS --fail-with-body "$URL/webhooks/$SOURCE" \
  -H 'content-type: application/json' \
  -H "webhook-id: $MESSAGE_ID" -H "webhook-timestamp: $AT" -H "webhook-signature: v1,$SIGNATURE" \
  --data-binary "$BODY"
