{{/*
A container that runs tasks, for { root, kind (scheduled or adhoc), runner }. It has no liveness probe: a task may rightly be silent for an hour,
and a process that died is restarted anyway.
*/}}
{{- define "moodle.runner.container" -}}
{{- $values := .root.Values -}}
- name: {{ eq .kind "scheduled" | ternary "cron" "adhoc" }}
  {{- include "moodle.container.common" . | nindent 2 }}
  command: [/opt/moodle/bin/runner, {{ .kind }}]
  {{- include "moodle.container.environment" (dict "root" .root "variables" (dict
        "MOODLE_PHP_MEMORY_LIMIT_MIB" .runner.memoryLimitMiB
        "MOODLE_RUNNER_KEEP_ALIVE_SECONDS" .runner.keepAliveSeconds
        "MOODLE_TASK_MAX_RUNTIME_SECONDS" .runner.maxRuntimeSeconds
        "MOODLE_TASK_SCHEDULED_LIMIT" $values.cron.replicas
        "MOODLE_TASK_ADHOC_LIMIT" (add $values.cron.replicas $values.adhoc.replicas))) | nindent 2 }}
  resources:
    {{- include "moodle.container.resources" (merge (dict "storageMiB" (include "moodle.container.storageMiB" .runner.localStorage)) .runner.resources) | nindent 4 }}
  volumeMounts:
    {{- include "moodle.container.mounts" . | nindent 4 }}
{{- end }}

{{/*
A Deployment of runners, for { root, component, kind, runner }. Old runners stop as soon as new ones start: old code must not work on a new
database. A runner that stops finishes its task first, and nothing waits for it.
*/}}
{{- define "moodle.runner.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "moodle.name" .root }}-{{ .component }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "moodle.labels" . | nindent 4 }}
spec:
  replicas: {{ .runner.replicas }}
  revisionHistoryLimit: 3
  progressDeadlineSeconds: {{ add .root.Values.job.deadlineSeconds 600 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 100%
      maxSurge: 0
  selector:
    matchLabels:
      {{- include "moodle.selector" . | nindent 6 }}
  template:
    metadata:
      {{- include "moodle.pod.metadata" . | nindent 6 }}
    spec:
      {{- include "moodle.pod.common" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ .runner.terminationGraceSeconds }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "moodle.selector" . | nindent 14 }}
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "moodle.selector" . | nindent 14 }}
      securityContext:
        {{- include "moodle.pod.securityContext" . | nindent 8 }}
      initContainers:
        {{- with include "moodle.container.minter" . }}
        {{- . | nindent 8 }}
        {{- end }}
        {{- include "moodle.container.gate" . | nindent 8 }}
      containers:
        {{- include "moodle.runner.container" . | nindent 8 }}
      volumes:
        {{- include "moodle.pod.volumes" (merge (dict "root" .root) .runner.localStorage) | nindent 8 }}
        {{- include "moodle.pod.servingSecrets" . | nindent 8 }}
{{- end }}
