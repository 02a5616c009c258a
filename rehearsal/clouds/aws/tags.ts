import { type Behaviour, CloudError } from "../../provider/behaviour";
import { text } from "../../provider/properties";
import { momentary, replacedBy } from "./facts";
import * as tokens from "./tokens";

/** One tag of something that another resource, or nobody here, made. */
export const tag: Behaviour = {
  latency: momentary,
  forceNew: replacedBy("ec2/tag_gen.go", ["resourceId", "key"]),
  beforeCreate: (inputs, context) => {
    const id = text(inputs, "resourceId") ?? "";
    const found = context.objects.all().some((object) => object.type !== tokens.TAG && object.id === id && object.retained === undefined);
    if (!found) throw new CloudError("InvalidID", `The ID '${id}' is not valid`);
  },
  id: (inputs) => `${text(inputs, "resourceId")},${text(inputs, "key")}`,
  overwrites: true,
};
