"""Where secrets stand in source, line by line: none is left, and the rest of the line is."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from sovlint.model.redaction.redact import MaskedLines, mask, mask_source

SECRET = "hunter2x9"

LINES = r"""
{"name":"OPENAI_API_KEY","description":"what it is for","value":"CANARY"}
{"name": "ACME_TOKEN", "type": "SecureString", "tier": "Standard", "value": "CANARY"}
curl -H "Authorization: Bearer CANARY" https://api.acme.fr/x -d @f
curl -H 'X-Api-Key: CANARY' -d @f https://api.acme.fr/x
curl --header "PRIVATE-TOKEN: CANARY" --data a https://gitlab.acme.fr
curl --header="X-Foo: CANARY" https://h.acme.fr
curl -H "Cookie: session=CANARY" https://h.acme.fr
curl -u admin:CANARY -T dump https://files.acme.fr
curl --user 'admin:CANARY' -T dump https://files.acme.fr
curl -uadmin:CANARY -T dump https://files.acme.fr
PGPASSWORD=CANARY pg_dump -h db.acme.fr claims
PGPASSWORD='CANARY' pg_dump -h db.acme.fr claims
export MY_SECRET_THING=CANARY; curl https://h.acme.fr
export ACME_TOKEN="CANARY" && run
AWS_SECRET_ACCESS_KEY=CANARY aws s3 cp a s3://b
API_KEY=CANARY run --host db.acme.fr
KEY=CANARY run
DB_CREDENTIALS=CANARY run
restic --password CANARY backup
tool --password=CANARY --host h.acme.fr
tool --token CANARY --host h.acme.fr
tool --api-key CANARY --host h.acme.fr
tool --secret CANARY --host h.acme.fr
sshpass -p CANARY scp a b@h.acme.fr:/x
sshpass -pCANARY scp a b@h.acme.fr:/x
mysqldump -u root -pCANARY -h db.acme.fr claims
docker login -u a -p CANARY registry.acme.fr
redis-cli -h r.acme.fr -a CANARY
mongodump -u a -p CANARY --host m.acme.fr
mc alias set backup https://s3.acme.fr ACCESSCANARY CANARY
mc config host add backup https://s3.acme.fr ACCESSCANARY CANARY
curl "https://f.acme.fr/api?code=CANARY&x=1"
curl https://f.acme.fr/api?sig=CANARY
curl https://f.acme.fr/api?t=CANARY
curl https://f.acme.fr/api?a=b&token=CANARY
curl 'https://f.acme.fr/api?a=b&key=CANARY'
https://b.s3.eu-west-3.amazonaws.com/x?X-Amz-Signature=CANARY&X-Amz-Credential=CANARY%2F2026&X-Amz-Security-Token=CANARY
postgres://u:CANARY@db.acme.fr/x
  password = sensitive("CANARY")
  value = sensitive("CANARY")
  default = sensitive(  "CANARY" )
args: ["--password", "CANARY", "--host", "h.acme.fr"]
command: ["sh", "-c", "mysql -pCANARY -h db.acme.fr"]
"{\"password\":\"CANARY\",\"host\":\"db.acme.fr\"}"
'{"auth": {"token": "CANARY"}, "url": "https://h.acme.fr"}'
kubectl create secret generic x --from-literal=abc=CANARY --from-literal=k2=CANARY
kubectl create secret docker-registry x --docker-password=CANARY --docker-server=r.acme.fr
echo CANARY | docker login -u a --password-stdin r.acme.fr
echo "CANARY" | base64 -d > /x
vault kv put secret/x foo=CANARY bar=CANARY
heroku config:set FOO=CANARY
gh secret set FOO --body CANARY
aws secretsmanager put-secret-value --secret-id x --secret-string CANARY
aws ssm put-parameter --name x --type SecureString --value CANARY
aws configure set aws_secret_access_key CANARY
proxy_set_header Authorization "Basic CANARY";
proxy_set_header X-Api-Key CANARY;
  set $api_token "CANARY";
- name: DB_PASSWORD\n  value: CANARY
- name: DB_PASSWORD\n  value: "CANARY"
- value: CANARY\n  name: DB_PASSWORD
- --password\n- CANARY
- "--token"\n- "CANARY"
"--token",\n"CANARY",
mysqldump \\n  -u root \\n  -pCANARY \\n  -h db.acme.fr
{"name": "API_TOKEN", "value": "CANARY"}
  name  = "API_TOKEN"\n  value = "CANARY"
password: >-\n  CANARY
password:\n  CANARY
password: |\n  CANARY\n  CANARY
environment:\n  - DB_PASS=CANARY
DB_PASSWORD: ${DB_PASSWORD:-CANARY}
password=CANARY
password = CANARY
spring.datasource.password=CANARY
Server=db.acme.fr;Database=x;User Id=a;Password=CANARY;Encrypt=true
Server=db.acme.fr;Pwd=CANARY
jdbc:postgresql://db.acme.fr/x?user=a&password=CANARY
helm upgrade x --set db.password=CANARY,db.host=db.acme.fr
ALTER USER a WITH PASSWORD 'CANARY';
CREATE USER a IDENTIFIED BY 'CANARY';
requirepass CANARY
machine h.acme.fr login a password CANARY
openssl enc -aes-256-cbc -pass pass:CANARY -in a
wget --header="Authorization: Bearer CANARY" https://h.acme.fr
wget --password=CANARY --user=a https://h.acme.fr
Authorization: Basic CANARY
"Authorization": "Bearer CANARY"
Authorization = "Bearer CANARY"
RequestHeader set Authorization "Basic CANARY"
$env:DB_PASSWORD = "CANARY"
ENV DB_PASSWORD CANARY
password = try(var.x, "CANARY")
password = var.x == "" ? "CANARY" : var.x
password = "${var.prefix}CANARY"
curl -F token=CANARY https://h.acme.fr
curl -d "password=CANARY&user=a" https://h.acme.fr
curl -d '{"password":"CANARY"}' https://h.acme.fr
curl -d "{\"api_key\": \"CANARY\"}" https://h.acme.fr
az storage blob upload --account-key CANARY -f x
az storage blob upload --sas-token "sv=2020&sig=CANARY" -f x
rclone copy a :s3,access_key_id=ACCESSCANARY,secret_access_key=CANARY:b
lftp -u user,CANARY ftp://h.acme.fr
smbclient -U user%CANARY //h/s
ldapsearch -x -D cn=admin -w CANARY -H ldap://l.acme.fr
sqlcmd -S db.acme.fr -U sa -P CANARY
mosquitto_pub -h m.acme.fr -u a -P CANARY
http -a user:CANARY POST h.acme.fr
s3cmd --access_key=ACCESSCANARY --secret_key=CANARY put a s3://b
influx write --token CANARY --host https://i.acme.fr
kcat -X sasl.password=CANARY -b k.acme.fr
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="CANARY";
git clone https://oauth2:CANARY@gitlab.acme.fr/x
npm config set //r.acme.fr/:_authToken CANARY
//r.acme.fr/:_authToken=CANARY
secrets:\n  db_password: CANARY
stringData:\n  api-key: CANARY
api_keys: ["CANARY", "CANARY"]
tokens = ["CANARY"]
- 'curl -H "Authorization: Bearer CANARY" https://h.acme.fr'
- curl -H Authorization:CANARY https://h.acme.fr
value: "-----BEGIN PRIVATE KEY-----\\nCANARY\\n-----END PRIVATE KEY-----"
key: |\n  -----BEGIN RSA PRIVATE KEY-----\n  CANARY\n  CANARY\n  -----END RSA PRIVATE KEY-----
--set-string\n- auth.token=CANARY
x-api-key: CANARY
"x-api-key" = "CANARY"
dbPassword: CANARY
secretKey: CANARY
NEW_RELIC_LICENSE_KEY: CANARY
licenseKey: CANARY
"--header", "x-acme: CANARY"
- -H\n- "X-Acme: CANARY"
- -u\n- admin:CANARY
password: CANARY two CANARY
DB_PASSWORD="CANARY two" run
Cookie: a=CANARY; b=CANARY
X_SECRET := CANARY
x-acme-team: CANARY
x-honeycomb-team=CANARY
OTEL_EXPORTER_OTLP_HEADERS=x-honeycomb-team=CANARY
OTEL_EXPORTER_OTLP_HEADERS: "x-honeycomb-team=CANARY,x-honeycomb-dataset=a"
headers: {x-scope-orgid: a, x-acme-team: CANARY}
  headers = { "X-Honeycomb-Team" = "CANARY" }
:CANARY@redis.acme.fr:6379
db.acme.fr:5432:claims:user:CANARY
*:*:*:postgres:CANARY
machine h.acme.fr\n  login a\n  password CANARY
https://events.pagerduty.com/integration/CANARY/enqueue
https://alert.victorops.com/integrations/generic/20131114/alert/CANARY/a
https://mattermost.acme.fr/hooks/CANARY
https://rocket.acme.fr/hooks/CANARY/x
https://hc-ping.com/CANARY
https://maker.ifttt.com/trigger/x/with/key/CANARY
TOTP_SEED=CANARY
totp_seed: CANARY
SALT=CANARY
PEPPER=CANARY
  salt: CANARY
PHPSESSID=CANARY
<password>CANARY</password>
<property name="hibernate.connection.password">CANARY</property>
  api_key CANARY
  shared_key CANARY
  aws_sec_key CANARY
password CANARY
user a; password CANARY;
auth-user-pass CANARY
curl https://h.acme.fr -su a:CANARY
curl -b session=CANARY https://h.acme.fr
doctl auth init -t CANARY
snyk auth CANARY
ssh-keygen -N CANARY
pulumi config set --secret dbpw CANARY
wrangler secret put FOO CANARY
netlify env:set FOO CANARY
railway variables set FOO=CANARY
SET PASSWORD FOR a = PASSWORD('CANARY')
"secret": {"value": "CANARY"}
  value = "CANARY"  # aws_ssm_parameter SecureString
  type = "SecureString"\n  value = "CANARY"
  set_sensitive {\n    name = "a"\n    value = "CANARY"
kind: Secret\nstringData:\n  a: CANARY
stringData:\n  config.yaml: |\n    a: CANARY
stringData: {a: CANARY}
"stringData": {"a": "CANARY"}
  private_key = <<EOT\nCANARY\nEOT
  password = <<-EOT\n    CANARY\n  EOT
password: 'a''CANARY'
passwords:\n  - CANARY\n  - CANARY
passwords:\n- CANARY\n- CANARY
"tokens": [\n  "CANARY",\n  "CANARY"\n]
hmac: CANARY
psk: CANARY
psk = "CANARY"
snmp_community = "CANARY"
bindpw: CANARY
storepass CANARY
-storepass CANARY
keytool -keypass CANARY
dbpw: CANARY
passcode: CANARY
mot_de_passe: CANARY
motdepasse=CANARY
MDP=CANARY
DB_MDP: CANARY
mdp_base: CANARY
jeton: CANARY
cle_api: CANARY
CLE_API=CANARY
cle_privee: CANARY
Api-Key CANARY
variable "db_password" {\n  type    = string\n  default = "CANARY"\n}
variable "x" {\n  default   = "CANARY"\n  sensitive = true\n}
resource "kubernetes_secret" "x" {\n  data = {\n    a = "CANARY"\n    b = "CANARY"\n  }\n}
resource "aws_ssm_parameter" "x" {\n  type  = "SecureString"\n  value = "CANARY"\n}
resource "github_actions_secret" "x" {\n  plaintext_value = "CANARY"\n}
data:\n  a: CANARY\nkind: Secret
{"kind": "Secret", "data": {"a": "CANARY"}}
secretGenerator:\n- name: x\n  literals:\n  - a=CANARY\n  - b=CANARY
Type: SecureString\nValue: CANARY
DBPassword:\n  Type: String\n  Default: CANARY
"DBPassword": {\n  "Type": "String",\n  "Default": "CANARY"\n}
{ "type": "password", "value": "CANARY", "temporary": false }
https://h.acme.fr/x?next=a%3Fpassword%3DCANARY%26b%3D1
{&quot;password&quot;:&quot;CANARY&quot;,&quot;a&quot;:1}
"""
"""A case a line, with ``CANARY`` for the secret and ``\\n`` between lines of one case."""

KEPT = r"""
TOKEN_URL=https://auth.example/token
KEY_VAULT_NAME=x
PASSWORD=${PASSWORD}
password = random_password.x.result
password = var.token
TOKEN=$(cat /run/secrets/x)
password: {{ .Values.x }}
secretName: claims-db
secretKeyRef: {name: a, key: b}
topologyKey: kubernetes.io/hostname
key: app
automountServiceAccountToken: false
image: vault/token:1.2
kms_key_id = aws_kms_key.x.arn
secret = aws_secretsmanager_secret.x.arn
docker run --user 1000:1000 x
curl -H "Content-Type: application/json" -d @x https://h.acme.fr
existingSecret: claims
passwordSecretRef: {name: a}
aws s3 cp dump.sql.gz s3://backup --region us-east-1
gsutil cp x gs://b
resource "aws_secretsmanager_secret" "x" {
ssh -i key.pem user@h.acme.fr
uses: aws-actions/configure-aws-credentials@v4
docker login -u a --password-stdin r.acme.fr
image: nginx:1.2@sha256:ffcc9bf9ff7c9c7a1a0f5e0e7a7e2d6ed0a1ff1a8a0a1fffcc9bf9ff7c9c7a1a
"Version": "2012-10-17", "Action": "secretsmanager:GetSecretValue"
host: my-claims-database-server.example.com
description: the password of the database: see wiki
  token = data.aws_eks_cluster_auth.x.token
  public_key = "ssh-rsa AAAA"
  content = file("${path.module}/keys/public.json")
  password_policy { minimum_length = 8 }
  hash_key = "PK"
  user_pool_id = aws_cognito_user_pool.p.id
  access_key_id: ${AWS_ACCESS_KEY_ID}
AUTH_URL=https://auth.example.fr
tags = { Key = "value", data-classification = "health" }
  secrets:
    - db_password
containerDefinitionsForClaimsServiceA
"integrity": "sha512-jnHMsrd0Mwa9Cf4IdOzbz543y4XJepXrbia2T4b6+spXC2We3t1y6K44D3mR8XMFSXMCf3/l7rCgddfx7UNVBA=="
aws-auth:\n  - 'aws/aws-auth/**'
AllowedOAuthFlows:\n  - code
"AllowedOAuthFlows": [\n  "code"\n]
"token": auth_state.get("access_token", "")
secret_string = var.env == "production" ? var.a : var.b
server_tokens off;
auth_request /media-auth;
ssl_certificate_key /etc/nginx/ssl/tls.key;
<set-variable name="token" value="@(context.Variables["token"])" />
"DBPassword": {\n  "default": "Password of the domain"\n}
variable "kv-secret-permissions-read" {\n  default = ["Get", "List"]\n}
output "x" {\n  value     = { for each in var.x : each => base64decode("a") }\n  sensitive = true\n}
stringData: |\n  import os
validate-npm-package-license-3.0.4
Time_Key time
- --dsn=$(USER):$(PASSWORD)@tcp($(HOST):$(PORT))/x
"""
"""What is no secret: references, switches, names of secrets, addresses of them."""


def cases(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def masked_lines(lines: Sequence[str]) -> list[str]:
    """Lines of a file as reports show them."""
    masked = MaskedLines(lambda at: lines[at - 1] if 1 <= at <= len(lines) else "")
    return [masked[number] for number in range(1, len(lines) + 1)]


def written(case: str) -> str:
    text = case.replace("CANARY", SECRET)
    return text if "-----BEGIN PRIVATE" in text else text.replace("\\n", "\n")


@pytest.mark.parametrize("case", cases(LINES))
def test_no_secret_is_left_and_hosts_and_lines_are(case: str) -> None:
    text = written(case)
    hidden = mask_source(text)
    assert SECRET not in hidden
    assert "***" in hidden
    assert hidden.count("\n") == text.count("\n")
    assert hidden.count("acme.fr") == text.count("acme.fr")
    assert mask_source(hidden) == hidden
    lines = text.split("\n")
    assert SECRET not in "\n".join(masked_lines(lines))


@pytest.mark.parametrize("line", cases(KEPT))
def test_what_is_no_secret_stays(line: str) -> None:
    text = line.replace("\\n", "\n")
    assert mask_source(text) == text


TOKENS = (
    "AKIA" + "ABCDEFGHIJKL0123",
    "ghp_" + "abcdefghijklmnopqrst0123456789",
    "github_pat_" + "abcdefghijklmnopqrst0123456789",
    "glpat-" + "abcdefghij0123456789",
    "xoxb-" + "1234567890-abcdefghij",
    "sk_live_" + "abcdefghij0123456789abcd",
    "sk-ant-" + "abcdefghij0123456789",
    "npm_" + "abcdefghij0123456789abcdefghij012345",
    "SG." + "abcdefghij0123456789." + "abcdefghij0123456789",
    "hvs." + "abcdefghij0123456789abcd",
    "eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJSM",
)


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_known_by_their_form(token: str) -> None:
    assert mask(f"run {token} there") == "run *** there"


def test_a_secret_many_lines_below_its_program() -> None:
    lines = [
        "mysqldump \\",
        *(f"  --option-{each} \\" for each in range(20)),
        f"  -p{SECRET} \\",
        "  -h db.acme.fr",
    ]
    assert masked_lines(lines)[-2:] == ["  -p*** \\", "  -h db.acme.fr"]


HOSTILE = (
    "password=", "password: ", "--password ", "-u a:", "-H 'a: ", "\\", '\\"', "password:\n ", "name: a_key, ",
    "value: a name: token ", "echo a|", "mysql ", "mysql -p", "alias set a b ", "kv put a=", 'sensitive("a', "AAAA",
    "-----BEGIN PRIVATE KEY-----", "sk-", "Bearer ", "?token=a&", "https://", "https://a:b", "a@b:", "password=${a",
    "kind: Secret\n", "kind: Secret\n data:\n", "stringData: {", "stringData:\n a: b\n", 'variable "x" {\n',
    'resource "x_secret" "y" {\n data = {', 'set_sensitive {\n value = "a"\n', "SecureString value: a ", "<password>a",
    '<a name="password">', "password x\n", "a:1:b:c:d\n", "password%3Da%26", "headers=a=b,", "password = <<EOT\n",
    "passwords:\n- a\n", 'passwords = [\n"a",\n', "password: {value: a", "secretGenerator:\n literals:\n - a=b\n",
    "a.logic.azure.com/workflows/", "https://a/hooks/", "$6$a$", "&quot;password&quot;:&quot;", "a", "'a''b",
    "password = a(", "password: }", "password: ,", "header set ", "- a\n", "--from-literal=",
)  # fmt: skip


@pytest.mark.timed
@pytest.mark.parametrize("seed", HOSTILE)
def test_it_takes_time_in_proportion(seed: str) -> None:
    """What a careless pattern takes the square of the length for would take minutes."""
    started = time.process_time()
    mask_source("password: x " + seed * (60_000 // len(seed)))
    assert time.process_time() - started < 5
