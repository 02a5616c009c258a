import type { Cloud } from "../../../provider/behaviour";
import { cloud as simulated } from "../index";
import { RELEASE } from "../release";
import { realObject } from "./objects";
import { realRelease } from "./release";

/** A real cluster in the place of the simulated one: real Helm, real kubectl, real pods. The engine and the program see no difference. */
export const cloud: Cloud = { ...simulated, behaviours: { [RELEASE]: realRelease }, behaviourOf: realObject, connect: undefined };
