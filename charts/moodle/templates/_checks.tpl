{{/* What the schema cannot say because it takes two values to be wrong. All of it at once, as a YAML list of sentences. */}}
{{- define "moodle.problems" -}}
{{- $problems := concat
      (include "moodle.problems.files" . | fromYamlArray)
      (include "moodle.problems.objectStore" . | fromYamlArray)
      (include "moodle.problems.onePod" . | fromYamlArray)
      (include "moodle.problems.services" . | fromYamlArray)
      (include "moodle.problems.web" . | fromYamlArray)
      (include "moodle.problems.labels" . | fromYamlArray)
      (include "moodle.problems.settings" . | fromYamlArray) -}}
{{- toYaml $problems }}
{{- end }}

{{- define "moodle.problems.files" -}}
{{- $problems := list -}}
{{- $volume := .Values.files.volume -}}
{{- $sources := list -}}
{{- range $source := list "csi" "nfs" "local" -}}
{{- if hasKey $volume $source }}{{ $sources = append $sources $source }}{{ end -}}
{{- end -}}
{{- if $volume.existingClaim }}{{ $sources = prepend $sources "existingClaim" }}{{ end -}}
{{- if ne (len $sources) 1 -}}
{{- $given := empty $sources | ternary "none" (join " and " $sources) -}}
{{- $problems = append $problems (printf "files.volume: exactly one of existingClaim, csi, nfs and local must be given, not %s" $given) -}}
{{- end -}}
{{- if and $volume.existingClaim (or $volume.mountOptions $volume.nodeAffinity) -}}
{{- $problems = append $problems "files.volume: mountOptions and nodeAffinity belong to a volume the chart makes; with existingClaim set them on that claim's own volume" -}}
{{- end -}}
{{- if and (hasKey $volume "local") (not $volume.nodeAffinity) -}}
{{- $problems = append $problems "files.volume: a local folder is on one node; name it, for example nodeAffinity: { kubernetes.io/hostname: [node-1] }" -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}

{{- define "moodle.problems.objectStore" -}}
{{- $problems := list -}}
{{- $secrets := .Values.secrets -}}
{{- $keys := or (hasKey $secrets "objectStoreAccessKeyId") (hasKey $secrets "objectStoreSecretAccessKey") -}}
{{- $kind := "" -}}
{{- if and (eq .Values.files.mode "objectfs") (not .Values.files.objectStore) -}}
{{- $problems = append $problems "files.objectStore: needed in the mode objectfs; give it, or use files.mode: shared" -}}
{{- end -}}
{{- if and (ne .Values.files.mode "objectfs") .Values.files.objectStore -}}
{{- $problems = append $problems (printf "files.objectStore: not used in the mode %s; remove it, or use files.mode: objectfs" .Values.files.mode) -}}
{{- end -}}
{{- with .Values.files.objectStore -}}
{{- $kind = .credentials.kind -}}
{{- if eq .protocol "s3" -}}
{{- if not .region }}{{ $problems = append $problems "files.objectStore.region: needed by the protocol s3" }}{{ end -}}
{{- if .account }}{{ $problems = append $problems "files.objectStore.account: not known to the protocol s3; remove it" }}{{ end -}}
{{- if eq $kind "mintedToken" }}{{ $problems = append $problems "files.objectStore.credentials.kind: the protocol s3 knows workloadIdentity and accessKey, not mintedToken" }}{{ end -}}
{{- else -}}
{{- if not .account }}{{ $problems = append $problems "files.objectStore.account: needed by the protocol blob" }}{{ end -}}
{{- if ne $kind "mintedToken" }}{{ $problems = append $problems (printf "files.objectStore.credentials.kind: Moodle's client for the protocol blob takes a mintedToken only, not %s" $kind) }}{{ end -}}
{{- $known := printf "https://%s.blob.core.windows.net" (.account | default "ACCOUNT") -}}
{{- if and .endpoint (ne .endpoint $known) }}{{ $problems = append $problems (printf "files.objectStore.endpoint: Moodle's client for the protocol blob knows %s only; remove it" $known) }}{{ end -}}
{{- if .presignedDownloads }}{{ $problems = append $problems "files.objectStore.presignedDownloads: Moodle's client for the protocol blob cannot sign addresses; set it to false" }}{{ end -}}
{{- end -}}
{{- if and (eq $kind "mintedToken") (not .credentials.minter) -}}
{{- $problems = append $problems "files.objectStore.credentials.minter: needed for a mintedToken" -}}
{{- end -}}
{{- if and (ne $kind "mintedToken") .credentials.minter -}}
{{- $problems = append $problems (printf "files.objectStore.credentials.minter: not used with %s; remove it" $kind) -}}
{{- end -}}
{{- end -}}
{{- if and (eq $kind "accessKey") (not (and (hasKey $secrets "objectStoreAccessKeyId") (hasKey $secrets "objectStoreSecretAccessKey"))) -}}
{{- $problems = append $problems "secrets: objectStoreAccessKeyId and objectStoreSecretAccessKey are needed for an accessKey" -}}
{{- end -}}
{{- if and (ne $kind "accessKey") $keys -}}
{{- $problems = append $problems "secrets: objectStoreAccessKeyId and objectStoreSecretAccessKey are only used with files.objectStore.credentials.kind: accessKey; remove them" -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}

{{- define "moodle.problems.onePod" -}}
{{- $problems := list -}}
{{- if include "moodle.onePod" . -}}
{{- if gt (int .Values.web.replicas) 1 -}}
{{- $problems = append $problems (printf "web.replicas: %d pods cannot share the disk of the mode block; set it to 1, or use files.mode: objectfs" (int .Values.web.replicas)) -}}
{{- end -}}
{{- if .Values.web.autoscaling.enabled -}}
{{- $problems = append $problems "web.autoscaling.enabled: the disk of the mode block allows one pod; set it to false" -}}
{{- end -}}
{{- range $name := list "cron" "adhoc" -}}
{{- $replicas := int (index $.Values $name).replicas -}}
{{- if gt $replicas 1 -}}
{{- $problems = append $problems (printf "%s.replicas: in the mode block the runner is one container of the one pod; set it to 1 or 0, not %d" $name $replicas) -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.files.volume.prepare "rootJob" -}}
{{- $problems = append $problems "files.volume.prepare: a rootJob would be a second pod on the disk of the mode block; use fsGroup, which drivers of disks support" -}}
{{- end -}}
{{- if hasKey .Values.files.volume "nfs" -}}
{{- $problems = append $problems "files.volume.nfs: the mode block wants a disk; use csi, local or existingClaim, or files.mode: shared" -}}
{{- end -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}

{{- define "moodle.problems.services" -}}
{{- $problems := list -}}
{{- $secrets := .Values.secrets -}}
{{- $session := .Values.sessionCache -}}
{{- $application := .Values.applicationCache -}}
{{- if and (eq $session.host $application.host) (eq (int $session.port) (int $application.port)) (eq $session.prefix $application.prefix) -}}
{{- $problems = append $problems (printf "applicationCache.prefix: on one server the two caches need different prefixes, not both %s" $session.prefix) -}}
{{- end -}}
{{- if and $session.user (not (hasKey $secrets "sessionCachePassword")) -}}
{{- $problems = append $problems "secrets.sessionCachePassword: needed because sessionCache.user is given" -}}
{{- end -}}
{{- if and $application.user (not (hasKey $secrets "applicationCachePassword")) -}}
{{- $problems = append $problems "secrets.applicationCachePassword: needed because applicationCache.user is given" -}}
{{- end -}}
{{- $mailUser := dig "user" "" (.Values.mail | default dict) -}}
{{- if and $mailUser (not (hasKey $secrets "mailPassword")) -}}
{{- $problems = append $problems "secrets.mailPassword: needed because mail.user is given" -}}
{{- end -}}
{{- if and (hasKey $secrets "mailPassword") (not $mailUser) -}}
{{- $problems = append $problems "mail.user: needed because secrets.mailPassword is given" -}}
{{- end -}}
{{- if .Values.network.policies -}}
{{- if not .Values.network.requiredEgress -}}
{{- $problems = append $problems "network.requiredEgress: empty, so that pods could not even reach the database; list what they need, or set network.policies: false" -}}
{{- end -}}
{{- range $index, $egress := .Values.network.requiredEgress -}}
{{- if eq (hasKey $egress "cidr") (hasKey $egress "namespace") -}}
{{- $problems = append $problems (printf "network.requiredEgress[%d]: exactly one of cidr and namespace must be given" $index) -}}
{{- else if and (hasKey $egress "podLabels") (hasKey $egress "cidr") -}}
{{- $problems = append $problems (printf "network.requiredEgress[%d].podLabels: belong to a namespace, not to a cidr" $index) -}}
{{- end -}}
{{- end -}}
{{- if not .Values.network.ingressFrom -}}
{{- $problems = append $problems "network.ingressFrom: empty, so that nobody could reach the site; name the namespace of what ends TLS, or set network.policies: false" -}}
{{- end -}}
{{- if and .Values.monitoring.serviceMonitor.enabled (not .Values.monitoring.scrapeFrom) -}}
{{- $problems = append $problems "monitoring.scrapeFrom: empty, so that Prometheus could not reach the pods; name its namespace, or set network.policies: false" -}}
{{- end -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}

{{- define "moodle.problems.web" -}}
{{- $problems := list -}}
{{- $web := .Values.web -}}
{{- if not (or .Values.image.digest .Values.image.tag) -}}
{{- $problems = append $problems "image: a digest or a tag is needed; a digest is better, because a tag can be moved" -}}
{{- end -}}
{{- if gt (int $web.autoscaling.minReplicas) (int $web.autoscaling.maxReplicas) -}}
{{- $problems = append $problems (printf "web.autoscaling: minReplicas %d is more than maxReplicas %d" (int $web.autoscaling.minReplicas) (int $web.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- $grace := include "moodle.web.graceSeconds" . | int -}}
{{- if le $grace (int $web.drainSeconds) -}}
{{- $problems = append $problems (printf "web.terminationGraceSeconds: %d leaves running requests no time after drainSeconds %d" $grace (int $web.drainSeconds)) -}}
{{- end -}}
{{- $temporaryMiB := int (mul 1024 $web.localStorage.temporaryGiB) -}}
{{- if lt $temporaryMiB (int (mul 2 $web.uploadLimitMiB)) -}}
{{- $problems = append $problems (printf "web.localStorage.temporaryGiB: %d cannot hold one upload of %d MiB twice, in nginx and in PHP" (int $web.localStorage.temporaryGiB) (int $web.uploadLimitMiB)) -}}
{{- end -}}
{{/* 60 MiB is the least a busy worker was seen to need; a pool that is planned well has more. */}}
{{- $neededMiB := int (add $web.php.opcacheMiB $web.php.apcuMiB 100 (mul 60 $web.php.workers)) -}}
{{- if lt (int $web.php.resources.memoryMiB) $neededMiB -}}
{{- $problems = append $problems (printf "web.php.resources.memoryMiB: %d is too little for %d workers, which need at least %d with their shared memory" (int $web.php.resources.memoryMiB) (int $web.php.workers) $neededMiB) -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}

{{- define "moodle.problems.labels" -}}
{{- $problems := list -}}
{{- range $name := list "commonLabels" "podLabels" -}}
{{- range $label, $value := index $.Values $name -}}
{{- if hasPrefix "app.kubernetes.io/" $label -}}
{{- $problems = append $problems (printf "%s: %s is set by the chart, which finds its pods by it" $name $label) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}

{{/* Settings in which Moodle keeps secrets, and names that plugins use for theirs; a ConfigMap is no place for them. */}}
{{- define "moodle.problems.settings" -}}
{{- $problems := list -}}
{{- $ofCore := list "smtppass" "proxypassword" "cronremotepassword" "recaptchaprivatekey" "airnotifieraccesskey" "upgradekey" "passwordpeppers" "passwordsaltmain" "dbpass" "session_redis_auth" -}}
{{- $ofPlugins := "(^|_)(secret|password|apikey|apisecret|sastoken|pw)$|^s3_key$|(private|shared|client)_?(secret|key)$" -}}
{{- range $setting, $value := .Values.moodle.settings -}}
{{- if has $setting $ofCore -}}
{{- $problems = append $problems (printf "moodle.settings.%s: holds a secret, which must not be a value; put it into the Secret named by secrets.forcedSettings" $setting) -}}
{{- end -}}
{{- end -}}
{{- range $plugin, $settings := .Values.moodle.pluginSettings -}}
{{- range $setting, $value := $settings -}}
{{- if regexMatch $ofPlugins $setting -}}
{{- $problems = append $problems (printf "moodle.pluginSettings.%s.%s: holds a secret, which must not be a value; put it into the Secret named by secrets.forcedSettings" $plugin $setting) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $problems }}
{{- end }}
