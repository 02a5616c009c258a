import { z } from "zod";

export const environments = ["production", "staging", "development"] as const;

/**
 * What a stack is for. Decides defaults only: how much is kept, how many copies run. Protection against losing data does
 * not depend on it.
 */
export type Environment = (typeof environments)[number];

export const environmentKey = z.enum(environments);
