{{/* Base of every object's name: the release's. Suffixes are at most 23 characters long and names at most 63. */}}
{{- define "moodle.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* What selects a component's pods, for { root, component }. Selectors are immutable, so nothing in here may change with a version. */}}
{{- define "moodle.selector" -}}
app.kubernetes.io/name: moodle
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Labels of an object, for { root, component }. */}}
{{- define "moodle.labels" -}}
{{- $own := include "moodle.selector" . | fromYaml -}}
{{- $_ := set $own "app.kubernetes.io/managed-by" .root.Release.Service -}}
{{- $_ := set $own "app.kubernetes.io/version" .root.Values.moodle.version -}}
{{- $_ := set $own "helm.sh/chart" (printf "%s-%s" .root.Chart.Name .root.Chart.Version) -}}
{{- toYaml (mergeOverwrite (deepCopy .root.Values.commonLabels) $own) }}
{{- end }}

{{- define "moodle.serviceAccountName" -}}
{{ .Values.serviceAccount.name | default (include "moodle.name" .) }}
{{- end }}

{{- define "moodle.claimName" -}}
{{ .Values.files.volume.existingClaim | default (printf "%s-files" (include "moodle.name" .)) }}
{{- end }}

{{- define "moodle.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}
{{- end -}}
{{- end }}

{{/* Names the code in the image; pods with the same one can serve beside each other. */}}
{{- define "moodle.release" -}}
{{ include "moodle.image" . | sha256sum | trunc 12 }}
{{- end }}

{{- define "moodle.onePod" -}}
{{- if eq .Values.files.mode "block" }}true{{ end -}}
{{- end }}
