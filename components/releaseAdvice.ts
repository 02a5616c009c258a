import * as pulumi from "@pulumi/pulumi";
import type { PlatformPlan } from "./plan/platformPlan";

/** Says where the reason stands when a release fails: Helm names the failed Job at most. Nothing is tried again. */
export function releaseAdvice(name: string, plan: PlatformPlan): pulumi.ErrorHook {
  return new pulumi.ErrorHook(`${name}-advice`, async () => {
    await pulumi.log.warn(adviceOf(plan));
    return false;
  });
}

// With a disk of its own the one pod installs and upgrades before it serves; elsewhere a Job does.
function adviceOf({ site, application }: PlatformPlan): string {
  const program = application.files.mode === "block" ? "component=web --container release" : "component=release";
  return (
    "Moodle's release is not ready. What installing or upgrading said: " +
    `kubectl --namespace ${site.namespace} logs --tail 20 --selector app.kubernetes.io/${program} (docs/runbooks/release-not-ready.md)`
  );
}
