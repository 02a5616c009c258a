{{/* The install and upgrade program, for { root }. */}}
{{- define "moodle.job.container" -}}
{{- $values := .root.Values -}}
- name: release
  {{- include "moodle.container.common" . | nindent 2 }}
  command: [/opt/moodle/bin/release]
  {{- $variables := dict
        "MOODLE_PHP_MEMORY_LIMIT_MIB" $values.job.memoryLimitMiB
        "MOODLE_SITE_NAME" $values.site.name
        "MOODLE_SITE_SHORT_NAME" $values.site.shortName
        "MOODLE_SITE_LANGUAGE" $values.site.language
        "MOODLE_ADMIN_USER" $values.site.adminUser
        "MOODLE_ADMIN_EMAIL" $values.site.adminEmail
        "MOODLE_RELEASE_DEADLINE_SECONDS" $values.job.deadlineSeconds
        "MOODLE_PROBE_PORT" 8081 }}
  {{- if not (include "moodle.onePod" .root) }}
  {{- $_ := set $variables "MOODLE_WEB_PODS_HOST" (printf "%s-web-pods" (include "moodle.name" .root)) }}
  {{- end }}
  {{- include "moodle.container.environment" (dict "root" .root "variables" $variables) | nindent 2 }}
  resources:
    {{- include "moodle.container.resources" (merge (dict "storageMiB" (include "moodle.container.storageMiB" $values.job.localStorage)) $values.job.resources) | nindent 4 }}
  volumeMounts:
    {{- include "moodle.container.mounts" (dict "root" .root "secrets" "release-secrets") | nindent 4 }}
{{- end }}

{{- define "moodle.job.spec" -}}
{{- $scope := dict "root" . "component" "release" "priority" true "undisturbed" true -}}
backoffLimit: {{ .Values.job.retries }}
activeDeadlineSeconds: {{ int64 .Values.job.deadlineSeconds }}
ttlSecondsAfterFinished: {{ int64 .Values.job.keepSeconds }}
{{- /* Two of these must never run at once, also not while the first is still stopping. */}}
completions: 1
parallelism: 1
podReplacementPolicy: Failed
template:
  metadata:
    {{- include "moodle.pod.metadata" $scope | nindent 4 }}
  spec:
    restartPolicy: Never
    {{- include "moodle.pod.common" $scope | nindent 4 }}
    terminationGracePeriodSeconds: {{ int64 .Values.job.terminationGraceSeconds }}
    securityContext:
      {{- include "moodle.pod.securityContext" $scope | nindent 6 }}
    {{- with include "moodle.container.minter" $scope }}
    initContainers:
      {{- . | nindent 6 }}
    {{- end }}
    containers:
      {{- include "moodle.job.container" $scope | nindent 6 }}
    volumes:
      {{- include "moodle.pod.volumes" (merge (dict "root" $) .Values.job.localStorage) | nindent 6 }}
      {{- include "moodle.pod.releaseSecrets" $scope | nindent 6 }}
{{- end }}

{{/*
Name of a Job, for { root, purpose, spec }: the hash of its whole spec, image and configuration included, because a Job cannot be changed, only followed
by another. One that failed is followed as well when the release is tried again with the same values, which only a cluster can tell: Helm would otherwise
find the failed one, change nothing and fail again.
*/}}
{{- define "moodle.job.name" -}}
{{- $root := .root -}}
{{- $name := printf "%s-%s-%s" (include "moodle.name" $root) .purpose (.spec | sha256sum | trunc 10) -}}
{{- $existing := lookup "batch/v1" "Job" $root.Release.Namespace $name | default dict -}}
{{- range dig "status" "conditions" list $existing -}}
{{- if and (eq .type "Failed") (eq .status "True") -}}
{{- $name = printf "%s-%d" $name $root.Release.Revision -}}
{{- end -}}
{{- end -}}
{{ $name }}
{{- end }}

{{/*
Whose a Job is. Helm forgets a Job of a release that failed, and its ended pods would hold the claim when the release is uninstalled; the cluster removes
what belongs to something that is gone. The first release cannot say it, and need not: Helm knows its Jobs.
*/}}
{{- define "moodle.job.owner" -}}
{{- with lookup "v1" "ConfigMap" .Release.Namespace (printf "%s-configuration" (include "moodle.name" .)) -}}
ownerReferences:
  - apiVersion: v1
    kind: ConfigMap
    name: {{ .metadata.name }}
    uid: {{ .metadata.uid }}
{{- end -}}
{{- end }}
