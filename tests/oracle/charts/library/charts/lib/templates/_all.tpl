{{- define "lib.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ printf "%s-%s" .top.Release.Name .name | trunc 63 | trimSuffix "-" }}
  labels: {{- include "lib.labels" .top | nindent 4 }}
spec:
  ports:
  - port: {{ .top.Values.port }}
{{- end }}
{{ define "lib.labels" }}chart: {{ .Chart.Name }}-{{ .Chart.Version | replace "+" "_" }}
lib: {{ .Values.lib.exported.a | quote }}
{{- end }}
{{- define "lib.config" }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}-lib
data:
  a: b
{{- end -}}
