import { objectFs, objectFsSettings } from "../../moodle/objectFs";
import { removeCommand, setCommand } from "../problem";
import { rule } from "./rule";

export const combinations = [
  rule(["files", "sizing"], ({ files, sizing }) =>
    files.mode !== "block"
      ? []
      : (["webReplicasMin", "webReplicasMax"] as const)
          .filter((name) => (sizing[name] ?? 1) > 1)
          .map((name) => ({
            key: `moodle:sizing.${name}`,
            message: `${sizing[name]} was given; with files.mode block only 1 is allowed, because one pod alone can mount the disk`,
            remedy: removeCommand(`moodle:sizing.${name}`),
          })),
  ),

  rule(["files", "application"], ({ files, application }) => {
    const decided = files.mode === "objectfs" ? Object.keys(objectFsSettings(files.offload)) : [];
    return decided
      .filter((name) => name in (application.pluginSettings[objectFs] ?? {}))
      .map((name) => ({
        key: `moodle:application.pluginSettings.${objectFs}.${name}`,
        message: "is decided by the group moodle:files, and cannot be set twice",
        remedy: `${removeCommand(`moodle:application.pluginSettings.${objectFs}.${name}`)}, and see moodle:files.offload`,
      }));
  }),

  rule(["environment", "cache"], ({ environment, cache }) =>
    environment !== "production" || cache.separate
      ? []
      : [
          {
            key: "moodle:cache.separate",
            message: "false was given; in production only true is allowed, because a full cache would log users out",
            remedy: setCommand("moodle:cache.separate", "true"),
          },
        ],
  ),

  rule(["ingress"], ({ ingress: { tls, dnsZone, allowedRanges } }) =>
    tls.source !== "acme" || dnsZone !== undefined || allowedRanges.includes("0.0.0.0/0")
      ? []
      : [
          {
            key: "moodle:ingress.allowedRanges",
            message: "shuts the certificate authority out, which without ingress.dnsZone has to reach the site to issue a certificate",
            remedy: `${setCommand("moodle:ingress.dnsZone", "<zone>")}, or ${setCommand("moodle:ingress.tls.source", "secret")}`,
          },
        ],
  ),

  rule(["ingress"], ({ ingress: { tls } }) => {
    const key = "moodle:ingress.tls.secretName";
    if (tls.source === "secret" && !tls.secretName) {
      return [{ key, message: "is missing; tls.source secret needs the name of the Secret with the certificate", remedy: setCommand(key, "<name>") }];
    }
    if (tls.source === "acme" && tls.secretName) {
      return [
        {
          key,
          message: `"${tls.secretName}" was given, but tls.source is acme, which keeps a Secret of its own`,
          remedy: `${removeCommand(key)}, or ${setCommand("moodle:ingress.tls.source", "secret")}`,
        },
      ];
    }
    return [];
  }),
];
