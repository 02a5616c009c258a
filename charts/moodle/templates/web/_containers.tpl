{{/*
How long a web pod may take to end. Most end much sooner: when their last request is answered. PHP-FPM gives up on a request 15 seconds after the
longest one allowed.
*/}}
{{- define "moodle.web.graceSeconds" -}}
{{- $web := .Values.web -}}
{{- if kindIs "invalid" $web.terminationGraceSeconds -}}
{{ add $web.drainSeconds $web.requestTimeoutSeconds 20 }}
{{- else -}}
{{ int64 $web.terminationGraceSeconds }}
{{- end -}}
{{- end }}

{{/*
nginx and PHP-FPM of a web pod, for { root }. They share a socket in /run/moodle. No probe asks Moodle: its pages answer a pod's address with
a redirect, maintenance with 503 and a lost database with 500, each of which would take every pod from the site at once.
*/}}
{{- define "moodle.web.containers" -}}
{{- $web := .root.Values.web -}}
- name: nginx
  {{- include "moodle.container.common" . | nindent 2 }}
  command: [/opt/moodle/bin/nginx]
  {{- include "moodle.container.environment" (dict "root" .root "variables" (dict
        "MOODLE_HTTP_PORT" 8080
        "MOODLE_PROBE_PORT" 8081
        "MOODLE_TRUSTED_PROXIES" (join "," $web.trustedProxies))) | nindent 2 }}
  ports:
    - name: http
      containerPort: 8080
    - name: probe
      containerPort: 8081
  {{- if $web.drainSeconds }}
  lifecycle:
    preStop:
      sleep:
        seconds: {{ $web.drainSeconds }}
  {{- end }}
  startupProbe:
    httpGet: { path: /alive, port: probe }
    periodSeconds: 2
    failureThreshold: 60
  livenessProbe:
    httpGet: { path: /alive, port: probe }
    periodSeconds: 10
    timeoutSeconds: 5
    failureThreshold: 3
  readinessProbe:
    httpGet: { path: /php, port: probe }
    periodSeconds: 5
    timeoutSeconds: 3
    failureThreshold: 3
  resources:
    {{- include "moodle.container.resources" (merge (dict "storageMiB" 512) $web.nginx.resources) | nindent 4 }}
  volumeMounts:
    - name: files
      mountPath: /var/lib/moodle
      readOnly: true
    - name: local-cache
      mountPath: /var/cache/moodle
      readOnly: true
    - name: temporary
      mountPath: /tmp
    - name: run
      mountPath: /run/moodle
- name: php-fpm
  {{- include "moodle.container.common" . | nindent 2 }}
  command: [/opt/moodle/bin/php-fpm]
  {{- include "moodle.container.environment" (dict "root" .root "variables" (dict
        "MOODLE_PHP_WORKERS" $web.php.workers
        "MOODLE_PHP_MAX_REQUESTS" $web.php.maxRequests
        "MOODLE_PHP_MEMORY_LIMIT_MIB" $web.php.memoryLimitMiB
        "MOODLE_PHP_OPCACHE_MIB" $web.php.opcacheMiB
        "MOODLE_PHP_INTERNED_STRINGS_MIB" $web.php.internedStringsMiB
        "MOODLE_PHP_APCU_MIB" $web.php.apcuMiB
        "MOODLE_PHP_SLOW_REQUEST_SECONDS" $web.php.slowRequestSeconds)) | nindent 2 }}
  {{- /* nginx may still read an upload when both are told to stop; it must find PHP-FPM when it is done. */}}
  lifecycle:
    preStop:
      exec:
        command: [/opt/moodle/bin/await-nginx-stop]
  startupProbe:
    httpGet: { path: /php, port: 8081 }
    periodSeconds: 5
    failureThreshold: 60
  livenessProbe:
    httpGet: { path: /php, port: 8081 }
    periodSeconds: 15
    timeoutSeconds: 10
    failureThreshold: 8
  resources:
    {{- include "moodle.container.resources" (merge (dict "storageMiB" (include "moodle.container.storageMiB" $web.localStorage)) $web.php.resources) | nindent 4 }}
  volumeMounts:
    {{- include "moodle.container.mounts" . | nindent 4 }}
{{- end }}
