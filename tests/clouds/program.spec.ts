import { describeProgram } from "../graph/promises";
import { committedStacks, isExemplary } from "../graph/stackProgram";

for (const stack of committedStacks().filter((each) => !isExemplary(each))) describeProgram(stack);
