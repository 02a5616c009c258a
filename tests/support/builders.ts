import type { PlatformConfig } from "../../components/config/schema";
import { planPlatform, type PlatformPlan } from "../../components/plan/platformPlan";
import { loadStack, rehearsed, type StackConfig } from "./stackConfig";

/** The least a stack file must say, with a group or key replaced by each override. */
export function aStack(overrides: StackConfig = {}): StackConfig {
  return rehearsed({
    "aws:region": "eu-central-1",
    "moodle:cloud": "aws",
    "moodle:environment": "production",
    "moodle:site": { hostname: "moodle.example.edu", name: "Example University", adminEmail: "moodle@example.edu" },
    "moodle:cluster": { deployers: ["arn:aws:iam::123456789012:role/moodle-deployer"] },
    ...overrides,
  });
}

export function aConfig(overrides: StackConfig = {}): PlatformConfig {
  return loadStack(aStack(overrides)).config;
}

export function aPlan(overrides: StackConfig = {}): PlatformPlan {
  return planPlatform(aConfig(overrides), "test");
}
