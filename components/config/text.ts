import { z } from "zod";

/** Texts with a shape. Each says what is allowed in the words of the error message. */

export const hostname = z
  .string()
  .max(253)
  .regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
    error: 'a DNS name in lower case without scheme, port or path, such as "moodle.example.edu"',
  });

export const emailAddress = z.string().regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, {
  error: 'an e-mail address such as "moodle@example.edu"',
});

const octet = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
const ipv4Range = new RegExp(`^${octet}(?:\\.${octet}){3}/(?:3[0-2]|[12]?\\d)$`);

export const addressRange = z.string().regex(ipv4Range, {
  error: 'an IPv4 range in CIDR notation such as "203.0.113.0/24"',
});

const aDay = { error: "a day of the calendar such as 2026-12-01" };

/** The engine writes a day without quotes as a point in time, also back into the stack file. */
const midnight = / 00:00:00 \+0000 UTC$/;

export const namespaceName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: "the name of a Kubernetes namespace: lower-case letters, digits and dashes",
});

export const calendarDay = z.preprocess(
  (given) => (typeof given === "string" ? given.replace(midnight, "") : given),
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { ...aDay, abort: true })
    .refine((day) => !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day), aDay),
);

export const imageReference = z
  .string()
  .regex(/^[a-z0-9.-]+(?::\d+)?\/[a-z0-9._/-]+(?::[\w.-]{1,128})?@sha256:[a-f0-9]{64}$/, {
    error: 'an image with registry and digest, such as "registry.example.edu/moodle:5.1@sha256:<64 hex digits>"',
  });
