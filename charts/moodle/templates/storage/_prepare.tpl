{{- define "moodle.prepare.spec" -}}
backoffLimit: 4
activeDeadlineSeconds: 600
ttlSecondsAfterFinished: {{ int64 .root.Values.job.keepSeconds }}
template:
  metadata:
    labels:
      {{- toYaml (mergeOverwrite (deepCopy .root.Values.commonLabels) .root.Values.podLabels (include "moodle.selector" . | fromYaml)) | nindent 6 }}
  spec:
    restartPolicy: Never
    {{- include "moodle.pod.common" . | nindent 4 }}
    securityContext:
      runAsNonRoot: false
      runAsUser: 0
      runAsGroup: 0
      seccompProfile:
        type: RuntimeDefault
    containers:
      - name: prepare
        image: {{ include "moodle.image" .root | quote }}
        imagePullPolicy: {{ .root.Values.image.pullPolicy }}
        command: [/bin/chown, {{ .owner | quote }}, /var/lib/moodle]
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities:
            drop: [ALL]
            add: [CHOWN]
        resources:
          {{- include "moodle.container.resources" (dict "cpuRequest" "10m" "memoryMiB" 32 "storageMiB" 64) | nindent 10 }}
        volumeMounts:
          - name: files
            mountPath: /var/lib/moodle
    volumes:
      - name: files
        persistentVolumeClaim:
          claimName: {{ include "moodle.claimName" .root }}
{{- end }}
