import { output } from "@pulumi/pulumi";
import type { CloudPlan } from "../../components/plan/cloudPlan";
import type { Observability } from "../contract";

const nobody = "none: nothing here watches it; watch the server where it is run";

/** What is there to look at, and for the rest that there is nothing. */
export function observabilityOf({ workload: { namespace }, blockDisk }: CloudPlan): Observability {
  const rule = (alert: string) => output(`PrometheusRule moodle, alert ${alert}; none without observability.prometheusNamespace`);
  return {
    podLogs: output(`kubectl logs --namespace ${namespace}, as long as the nodes keep them`),
    alarms: {
      databaseStorage: output(nobody),
      databaseConnections: output(nobody),
      certificateExpiry: output(`none: a line certificate.checked in the logs of namespace ${namespace} says how many days are left`),
      // With a disk of its own one pod does everything: what stops there takes the whole site with it.
      cronAge: blockDisk ? rule("MoodleUnavailable") : rule("MoodleCronStopped"),
      failedJob: blockDisk ? rule("MoodleUnavailable") : rule("MoodleReleaseFailed"),
    },
  };
}
