import { removeCommand } from "../problem";
import { rule } from "./rule";

export const consents = [
  rule(["allowDataLoss", "today"], ({ allowDataLoss, today }) =>
    allowDataLoss.flatMap(({ resource, until }, index) =>
      until >= today
        ? []
        : [
            {
              key: `moodle:allowDataLoss[${index}].until`,
              message: `the consent to lose ${resource} ended on ${until}; today is ${today}`,
              remedy: `${removeCommand(`moodle:allowDataLoss[${index}]`)}, or set a later day if the data may still be lost`,
            },
          ],
    ),
  ),

  rule(["allowDataLoss"], ({ allowDataLoss }) =>
    allowDataLoss.flatMap(({ resource }, index) =>
      allowDataLoss.findIndex((other) => other.resource === resource) === index
        ? []
        : [
            {
              key: `moodle:allowDataLoss[${index}].resource`,
              message: `"${resource}" stands in an earlier entry already`,
              remedy: `${removeCommand(`moodle:allowDataLoss[${index}]`)}, or the earlier one`,
            },
          ],
    ),
  ),
];
