import { keyPath, removeCommand, type Problem } from "../problem";
import { isSecretName, looksSecret } from "../secrets";
import { rule } from "./rule";

export const clearTextSettings = [
  rule(["application"], ({ application: { settings, pluginSettings } }) => [
    ...secretsAmong(["application", "settings"], settings),
    ...Object.entries(pluginSettings).flatMap(([plugin, values]) => secretsAmong(["application", "pluginSettings", plugin], values)),
  ]),
];

function secretsAmong(group: readonly string[], values: Readonly<Record<string, string | number | boolean>>): Problem[] {
  return Object.entries(values)
    .filter(([name, value]) => typeof value === "string" && (isSecretName(name) || looksSecret(value)))
    .map(([name]) => {
      const key = keyPath([...group, name]);
      return {
        key,
        message: "looks like a secret, and would stand in clear text in the stack file and in the cluster",
        remedy: `${removeCommand(key)}; set it on Moodle's administration pages instead`,
      };
    });
}
