import { describeProgram } from "./promises";
import { committedStacks, isExemplary } from "./stackProgram";

for (const stack of committedStacks().filter(isExemplary)) describeProgram(stack);
