import { describeProgram } from "../graph/promises";
import { describePublishedTypes, hasGateway } from "../graph/publishedTypes";
import { committedStacks, isExemplary } from "../graph/stackProgram";

for (const stack of committedStacks().filter((each) => !isExemplary(each))) {
  describeProgram(stack);
  if (hasGateway(stack)) describePublishedTypes(stack);
}
