{{- define "moodle.network.ownPods" -}}
app.kubernetes.io/name: moodle
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "moodle.network.peers" -}}
{{- range . }}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .namespace }}
  {{- with .podLabels }}
  podSelector:
    matchLabels:
      {{- toYaml . | nindent 6 }}
  {{- end }}
{{- end }}
{{- end }}
