import { z } from "zod";
import { moodleLine, moodleVersionsAllowed } from "../../moodle/releases";
import { durationBetween } from "../duration";
import { held, inPlace, key, usersNotice } from "../key";
import { imageReference } from "../text";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const settingName = z.string().regex(/^[a-z][a-z0-9_]*$/, { error: "a Moodle setting's name such as forcelogin" });
const pluginName = z.string().regex(/^[a-z]+_[a-z0-9_]+$/, { error: "a plugin's full name such as mod_quiz" });

/** Which Moodle runs, and what its administrators cannot change. */
export function applicationGroup() {
  return z.strictObject({
    version: key(
      z
        .string()
        .refine((version) => moodleLine(version) !== undefined, {
          error: `a Moodle release with its point, such as "5.1.7", of the lines ${moodleVersionsAllowed}`,
        })
        .default("5.1.7"),
      "The Moodle release inside the image.",
      held(usersNotice("the release job upgrades the database; there is no way back to an older release"), "version", ["database"]),
    ),
    image: key(
      imageReference,
      "The image to run, by digest.",
      usersNotice("pods are replaced one after the other; a new schema closes the site during the upgrade"),
    ),
    releaseLimit: key(
      durationBetween("2 min", "12 h").default("60 min"),
      "Longest an installation or upgrade may take. When it is over, a failed one is reported, and one that still runs is cut: " +
        "give large databases room. A first installation takes about seven minutes when nodes have to come first.",
      inPlace,
    ),
    settings: key(
      z.record(settingName, scalar).default({}),
      "Values of $CFG that win over the administration pages, by Moodle's own names.",
      usersNotice("pods are replaced one after the other"),
    ),
    pluginSettings: key(
      z.record(pluginName, z.record(settingName, scalar)).default({}),
      "Settings of plugins that win over the administration pages, by plugin and name.",
      usersNotice("pods are replaced one after the other"),
    ),
  });
}
