{{/* Variables that every program reads. What only one program reads stands on its container, so that changing it moves no other pod. */}}
{{- define "moodle.environment" -}}
MOODLE_VERSION: {{ .Values.moodle.version | quote }}
MOODLE_URL: {{ printf "https://%s" .Values.site.hostname | quote }}
{{- with .Values.site.supportEmail }}
MOODLE_SUPPORT_EMAIL: {{ . | quote }}
{{- end }}
MOODLE_FILE_MODE: {{ .Values.files.mode | quote }}
MOODLE_DATAROOT: /var/lib/moodle
MOODLE_LOCAL_CACHE_DIR: /var/cache/moodle
MOODLE_TEMPORARY_DIR: /tmp
MOODLE_SECRETS_DIR: /etc/moodle/secrets
MOODLE_SETTINGS_FILE: /etc/moodle/configuration/settings.json
MOODLE_UPLOAD_LIMIT_MIB: {{ .Values.web.uploadLimitMiB | quote }}
MOODLE_REQUEST_TIMEOUT_SECONDS: {{ .Values.web.requestTimeoutSeconds | quote }}
MOODLE_EXTRA_MEMORY_LIMIT_MIB: {{ int64 .Values.web.php.extraMemoryLimitMiB | quote }}
MOODLE_DATABASE_HOST: {{ .Values.database.host | quote }}
MOODLE_DATABASE_PORT: {{ .Values.database.port | quote }}
MOODLE_DATABASE_NAME: {{ .Values.database.name | quote }}
MOODLE_DATABASE_USER: {{ .Values.database.user | quote }}
{{- with .Values.database.readHosts }}
MOODLE_DATABASE_READ_HOSTS: {{ join "," . | quote }}
{{- end }}
{{ include "moodle.environment.tls" (dict "prefix" "MOODLE_DATABASE" "tls" .Values.database.tls "file" "database-ca.pem") }}
{{ include "moodle.environment.cache" (dict "prefix" "MOODLE_SESSION_CACHE" "cache" .Values.sessionCache "file" "session-cache-ca.pem") }}
{{ include "moodle.environment.cache" (dict "prefix" "MOODLE_APPLICATION_CACHE" "cache" .Values.applicationCache "file" "application-cache-ca.pem") }}
{{- with .Values.files.objectStore }}
MOODLE_OBJECT_STORE_PROTOCOL: {{ .protocol | quote }}
{{- with .endpoint }}
MOODLE_OBJECT_STORE_ENDPOINT: {{ . | quote }}
{{- end }}
{{- if kindIs "slice" .ca }}
MOODLE_OBJECT_STORE_CA_FILE: /etc/moodle/configuration/object-store-ca.pem
{{- end }}
{{- with .region }}
MOODLE_OBJECT_STORE_REGION: {{ . | quote }}
{{- end }}
{{- with .account }}
MOODLE_OBJECT_STORE_ACCOUNT: {{ . | quote }}
{{- end }}
MOODLE_OBJECT_STORE_BUCKET: {{ .bucket | quote }}
{{- with .prefix }}
MOODLE_OBJECT_STORE_PREFIX: {{ . | quote }}
{{- end }}
MOODLE_OBJECT_STORE_ACL_HEADER: {{ .aclHeader | default "private" | quote }}
MOODLE_OBJECT_STORE_CHECKSUMS: {{ .checksums | default "always" | quote }}
MOODLE_OBJECT_STORE_PRESIGNED_DOWNLOADS: {{ .presignedDownloads | default false | quote }}
MOODLE_OBJECT_STORE_CREDENTIALS: {{ .credentials.kind | quote }}
{{- if eq .credentials.kind "mintedToken" }}
MOODLE_OBJECT_STORE_TOKEN_FILE: /run/moodle-token/token
{{- end }}
{{- end }}
{{- with .Values.mail }}
MOODLE_MAIL_HOST: {{ .host | quote }}
MOODLE_MAIL_PORT: {{ .port | quote }}
MOODLE_MAIL_SECURITY: {{ .security | quote }}
{{- with .user }}
MOODLE_MAIL_USER: {{ . | quote }}
{{- end }}
MOODLE_MAIL_FROM: {{ .from | quote }}
{{- end }}
{{- end }}

{{- define "moodle.environment.cache" -}}
{{ .prefix }}_HOST: {{ .cache.host | quote }}
{{ .prefix }}_PORT: {{ .cache.port | quote }}
{{- with .cache.user }}
{{ $.prefix }}_USER: {{ . | quote }}
{{- end }}
{{ .prefix }}_PREFIX: {{ .cache.prefix | quote }}
{{ include "moodle.environment.tls" (dict "prefix" .prefix "tls" .cache.tls "file" .file) }}
{{- end }}

{{/* The file is named for public certificates too: Moodle's cache client verifies nothing when it is given none. */}}
{{- define "moodle.environment.tls" -}}
{{- if .tls.enabled -}}
{{ .prefix }}_TLS: verify-{{ .tls.verify }}
{{ .prefix }}_CA_FILE: {{ kindIs "string" .tls.ca | ternary "/etc/ssl/certs/ca-certificates.crt" (printf "/etc/moodle/configuration/%s" .file) }}
{{- else -}}
{{ .prefix }}_TLS: "off"
{{- end }}
{{- end }}

{{/* Files mounted beside the environment: forced settings and the certificates to trust. Nothing in here is secret. */}}
{{- define "moodle.configuration" -}}
settings.json: {{ dict "settings" .Values.moodle.settings "pluginSettings" .Values.moodle.pluginSettings | toJson | quote }}
{{- range $file, $tls := dict "database-ca.pem" .Values.database.tls "session-cache-ca.pem" .Values.sessionCache.tls "application-cache-ca.pem" .Values.applicationCache.tls }}
{{- if and $tls.enabled (kindIs "slice" $tls.ca) }}
{{ $file }}: {{ join "\n" $tls.ca | quote }}
{{- end }}
{{- end }}
{{- with .Values.files.objectStore }}
{{- if kindIs "slice" .ca }}
object-store-ca.pem: {{ join "\n" .ca | quote }}
{{- end }}
{{- end }}
{{- end }}
