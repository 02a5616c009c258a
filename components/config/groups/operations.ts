import { z } from "zod";
import { durationBetween } from "../duration";
import type { Environment } from "../environment";
import { inPlace, key, usersNotice } from "../key";
import { emailAddress, hostname, namespaceName } from "../text";

/** Moodle's background work. */
export function cronGroup() {
  return z.strictObject({
    runners: key(z.int().min(1).max(20).default(2), "Pods that run scheduled tasks, each one task at a time.", inPlace),
    adhocRunners: key(
      z.int().min(1).max(20).default(1),
      "Pods that run what users set off: restores, exports, conversions.",
      inPlace,
    ),
  });
}

/** Outgoing mail. The password is the secret `moodle:mailPassword`. */
export function mailGroup() {
  return z.strictObject({
    host: key(hostname, "The mail server.", inPlace),
    port: key(z.union([z.literal(25), z.literal(465), z.literal(587), z.literal(2525)]).default(587), "Its port.", inPlace),
    encryption: key(
      z.enum(["starttls", "tls", "none"]).default("starttls"),
      "How the connection is protected.",
      inPlace,
    ),
    user: key(z.string().min(1).optional(), "User name, where the server asks for one.", inPlace),
    from: key(emailAddress, "Sender of everything the site sends.", usersNotice("mail comes from the other address")),
  });
}

/** What operators see. */
export function observabilityGroup(environment: Environment) {
  const production = environment === "production";
  return z.strictObject({
    logRetention: key(
      durationBetween("1 d", "365 d").default(production ? "90 d" : "7 d"),
      "How long logs of pods, cluster and network are kept. The cloud may round up.",
      inPlace,
    ),
    alarmEmails: key(
      z.array(emailAddress).default([]),
      "Who is told when an alarm fires. Each confirms the subscription once.",
      inPlace,
    ),
    prometheusNamespace: key(
      namespaceName.optional(),
      "Namespace of the Prometheus that watches the cluster, where there is one with its operator: it gets a " +
        "ServiceMonitor and rules, and may reach the pods' metrics.",
      inPlace,
    ),
  });
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** When the clouds may work on the platform. */
export function maintenanceGroup() {
  return z.strictObject({
    day: key(z.enum(weekdays).default("sun"), "Day of the weekly window.", inPlace),
    hour: key(z.int().min(0).max(20).default(2), "Hour the window opens, UTC. It is open for an hour.", inPlace),
    backupHour: key(z.int().min(0).max(23).default(0), "Hour of the daily backups, UTC.", inPlace),
  });
}
