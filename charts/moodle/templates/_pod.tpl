{{/*
Labels and annotations of a pod, for { root, component, undisturbed (whether it must not be moved to another node while it runs) }. The checksums make a
changed configuration a new pod.
*/}}
{{- define "moodle.pod.metadata" -}}
labels:
  {{- toYaml (mergeOverwrite (deepCopy .root.Values.commonLabels) .root.Values.podLabels (include "moodle.selector" . | fromYaml)) | nindent 2 }}
annotations:
  checksum/environment: {{ include "moodle.environment" .root | sha256sum }}
  checksum/configuration: {{ include "moodle.configuration" .root | sha256sum }}
  {{- with mergeOverwrite (deepCopy .root.Values.podAnnotations) (.undisturbed | default false | ternary (include "moodle.pod.undisturbed" . | fromYaml) dict) }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/*
An upgrade that is cut in the middle has to be repaired by hand. Autoscalers empty nodes that are little used, and a budget does not hold them back from
a pod that is not Ready: Karpenter asks for one of these, the Cluster Autoscaler for the other.
*/}}
{{- define "moodle.pod.undisturbed" -}}
karpenter.sh/do-not-disrupt: "true"
cluster-autoscaler.kubernetes.io/safe-to-evict: "false"
{{- end }}

{{/* What all pods have in common, for { root, priority (whether users notice when the pod waits for a node) }. */}}
{{- define "moodle.pod.common" -}}
serviceAccountName: {{ include "moodle.serviceAccountName" .root }}
automountServiceAccountToken: false
{{- /* Kubernetes would add variables named after Services, MOODLE_WEB_PORT among them. */}}
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- if and .priority .root.Values.scheduling.priorityClassName }}
priorityClassName: {{ .root.Values.scheduling.priorityClassName }}
{{- end }}
{{- with .root.Values.scheduling.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.scheduling.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Without fsGroup the kubelet leaves the volume's owner alone. */}}
{{- define "moodle.pod.securityContext" -}}
runAsNonRoot: true
runAsUser: {{ int64 .root.Values.runAs.user }}
runAsGroup: {{ int64 .root.Values.runAs.group }}
{{- if eq .root.Values.files.volume.prepare "fsGroup" }}
fsGroup: {{ int64 .root.Values.runAs.group }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/* Volumes of a pod that runs Moodle, for { root, cacheGiB, temporaryGiB }; its secrets come beside. */}}
{{- define "moodle.pod.volumes" -}}
- name: files
  persistentVolumeClaim:
    claimName: {{ include "moodle.claimName" .root }}
- name: local-cache
  emptyDir:
    sizeLimit: {{ int64 .cacheGiB }}Gi
- name: temporary
  emptyDir:
    sizeLimit: {{ int64 .temporaryGiB }}Gi
- name: run
  emptyDir:
    sizeLimit: 16Mi
- name: configuration
  configMap:
    name: {{ include "moodle.name" .root }}-configuration
{{- if include "moodle.mintsToken" .root }}
- name: token
  emptyDir:
    medium: Memory
    sizeLimit: 1Mi
{{- end }}
{{- end }}

{{/* Volume of the secret files, for { name, secrets }. Moodle looks for the encryption key at a place of its own. */}}
{{- define "moodle.pod.secrets" -}}
- name: {{ .name }}
  projected:
    sources:
      {{- range $key, $reference := .secrets }}
      - secret:
          name: {{ $reference.name }}
          items:
            - key: {{ $reference.key }}
              path: {{ eq $key "encryptionKey" | ternary "encryption/key/sodium.key" $key }}
      {{- end }}
{{- end }}

{{/* The administrator's password is for the install and upgrade program alone. */}}
{{- define "moodle.pod.servingSecrets" -}}
{{- include "moodle.pod.secrets" (dict "name" "secrets" "secrets" (omit .root.Values.secrets "adminPassword")) }}
{{- end }}

{{- define "moodle.pod.releaseSecrets" -}}
{{- include "moodle.pod.secrets" (dict "name" "release-secrets" "secrets" .root.Values.secrets) }}
{{- end }}

{{- define "moodle.mintsToken" -}}
{{- with .Values.files.objectStore }}{{ if eq .credentials.kind "mintedToken" }}true{{ end }}{{ end -}}
{{- end }}
