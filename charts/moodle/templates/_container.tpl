{{/* What all containers have in common, for { root }. */}}
{{- define "moodle.container.common" -}}
image: {{ include "moodle.image" .root | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  {{- include "moodle.container.securityContext" . | nindent 2 }}
{{- end }}

{{- define "moodle.container.securityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* Environment of a Moodle container, for { root, variables }. */}}
{{- define "moodle.container.environment" -}}
envFrom:
  - configMapRef:
      name: {{ include "moodle.name" .root }}-environment
env:
  - name: MOODLE_RELEASE
    value: {{ include "moodle.release" .root | quote }}
  {{- range $name, $value := .variables }}
  - name: {{ $name }}
    value: {{ include "moodle.text" $value | quote }}
  {{- end }}
{{- end }}

{{/* Helm reads numbers as floating point, which prints a million as 1e+06. */}}
{{- define "moodle.text" -}}
{{ kindIs "float64" . | ternary (int64 .) . }}
{{- end }}

{{/* Mounts of a container that runs Moodle, for { root, secrets (name of the volume) }. */}}
{{- define "moodle.container.mounts" -}}
- name: files
  mountPath: /var/lib/moodle
- name: local-cache
  mountPath: /var/cache/moodle
- name: temporary
  mountPath: /tmp
- name: run
  mountPath: /run/moodle
- name: configuration
  mountPath: /etc/moodle/configuration
  readOnly: true
- name: {{ .secrets | default "secrets" }}
  mountPath: /etc/moodle/secrets
  readOnly: true
{{- if include "moodle.mintsToken" .root }}
- name: token
  mountPath: /run/moodle-token
  readOnly: true
{{- end }}
{{- end }}

{{/*
Resources, for { cpuRequest, cpuLimit, memoryMiB, storageMiB }. Memory is request and limit at once: a pod that may use more than it asked
for is the one that is killed. Storage too, because the limits of a pod's containers together bound its emptyDirs.
*/}}
{{- define "moodle.container.resources" -}}
requests:
  cpu: {{ .cpuRequest | quote }}
  memory: {{ int64 .memoryMiB }}Mi
  ephemeral-storage: {{ .storageMiB }}Mi
limits:
  {{- with .cpuLimit }}
  cpu: {{ . | quote }}
  {{- end }}
  memory: {{ int64 .memoryMiB }}Mi
  ephemeral-storage: {{ .storageMiB }}Mi
{{- end }}

{{/* Space of a pod's emptyDirs plus one GiB for logs, in MiB, for { cacheGiB, temporaryGiB }. */}}
{{- define "moodle.container.storageMiB" -}}
{{ mul 1024 (add .cacheGiB .temporaryGiB 1) }}
{{- end }}

{{/*
Waits until the database belongs to the code in the image (and, before that, until the volume is writable and a minted token is there).
Moodle itself would serve old code on a new database and new code on an old one.
*/}}
{{- define "moodle.container.gate" -}}
- name: await-release
  {{- include "moodle.container.common" . | nindent 2 }}
  command: [/opt/moodle/bin/await-release]
  {{- include "moodle.container.environment" (dict "root" .root "variables" (dict "MOODLE_PHP_MEMORY_LIMIT_MIB" 192)) | nindent 2 }}
  resources:
    {{- include "moodle.container.resources" (dict "cpuRequest" "50m" "memoryMiB" 256 "storageMiB" 128) | nindent 4 }}
  volumeMounts:
    {{- include "moodle.container.mounts" . | nindent 4 }}
{{- end }}

{{/* A sidecar that starts before every other container and ends after them, so that a Job with it can finish. */}}
{{- define "moodle.container.minter" -}}
{{- if include "moodle.mintsToken" .root -}}
{{- $minter := .root.Values.files.objectStore.credentials.minter -}}
- name: token-minter
  image: {{ $minter.image | default (include "moodle.image" .root) | quote }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  restartPolicy: Always
  securityContext:
    {{- include "moodle.container.securityContext" . | nindent 4 }}
  command:
    {{- toYaml $minter.command | nindent 4 }}
  env:
    - name: MOODLE_OBJECT_STORE_TOKEN_FILE
      value: /run/moodle-token/token
    {{- range $name, $value := $minter.environment }}
    - name: {{ $name }}
      value: {{ $value | quote }}
    {{- end }}
  resources:
    {{- include "moodle.container.resources" (dict "cpuRequest" "10m" "memoryMiB" 96 "storageMiB" 128) | nindent 4 }}
  volumeMounts:
    - name: token
      mountPath: /run/moodle-token
{{- end }}
{{- end }}
