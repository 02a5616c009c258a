import { describePublishedTypes, hasGateway } from "./publishedTypes";
import { committedStacks, isExemplary } from "./stackProgram";

for (const stack of committedStacks().filter(isExemplary).filter(hasGateway)) describePublishedTypes(stack);
