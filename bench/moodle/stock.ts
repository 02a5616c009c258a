import type { Variables } from "../../tests/images/environments";

/** Where programs of the stock pod find what was written for them. */
export const places = { config: "/opt/moodle/config.php", nginx: "/stock/nginx.conf", phpFpm: "/stock/php-fpm.conf" } as const;

const run = "/run/moodle";

/** Moodle's configuration as its installer writes it, with the database of the image's site. */
export function configurationOf(environment: Variables): string {
  return `<?php
unset($CFG);
global $CFG;
$CFG = new stdClass();
putenv('PGSSLROOTCERT=${environment["MOODLE_DATABASE_CA_FILE"]}');
$CFG->dbtype = 'pgsql';
$CFG->dblibrary = 'native';
$CFG->dbhost = '${environment["MOODLE_DATABASE_HOST"]}';
$CFG->dbname = '${environment["MOODLE_DATABASE_NAME"]}';
$CFG->dbuser = '${environment["MOODLE_DATABASE_USER"]}';
$CFG->dbpass = file_get_contents('${environment["MOODLE_SECRETS_DIR"]}/databasePassword');
$CFG->prefix = 'mdl_';
$CFG->dboptions = ['dbpersist' => false, 'dbport' => ${environment["MOODLE_DATABASE_PORT"]}, 'ssl' => 'verify-full'];
$CFG->wwwroot = '${environment["MOODLE_URL"]}';
$CFG->sslproxy = true;
$CFG->dataroot = '${environment["MOODLE_DATAROOT"]}';
$CFG->directorypermissions = 02777;
require_once __DIR__ . '/code' . (is_dir(__DIR__ . '/code/public/lib') ? '/public' : '') . '/lib/setup.php';
`;
}

/** Debian's nginx.conf, its default site and its snippet for PHP, with this site's root and port. */
export function nginxConfiguration(webRoot: string, port: number): string {
  return `daemon off;
pid ${run}/stock-nginx.pid;
worker_processes auto;
error_log /dev/null;
events { worker_connections 768; }
http {
  sendfile on;
  tcp_nopush on;
  types_hash_max_size 2048;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log ${run}/stock-access.log;
  gzip on;
  client_body_temp_path ${run}/stock-body;
  fastcgi_temp_path ${run}/stock-fastcgi;
  proxy_temp_path ${run}/stock-proxy;
  scgi_temp_path ${run}/stock-scgi;
  uwsgi_temp_path ${run}/stock-uwsgi;
  server {
    listen ${port} default_server;
    root ${webRoot};
    index index.php index.html;
    location / { try_files $uri $uri/ =404; }
    location ~ [^/]\\.php(/|$) {
      fastcgi_split_path_info ^(.+?\\.php)(/.*)$;
      try_files $fastcgi_script_name =404;
      set $path_info $fastcgi_path_info;
      fastcgi_param PATH_INFO $path_info;
      fastcgi_index index.php;
      include /etc/nginx/fastcgi.conf;
      fastcgi_pass unix:${run}/stock.sock;
    }
  }
}
`;
}

/** Debian's www.conf. */
export const phpFpmConfiguration = `[global]
daemonize = no
error_log = ${run}/stock-php-fpm.log
[www]
listen = ${run}/stock.sock
pm = dynamic
pm.max_children = 5
pm.start_servers = 2
pm.min_spare_servers = 1
pm.max_spare_servers = 3
`;
