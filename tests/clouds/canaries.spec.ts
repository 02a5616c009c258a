import { describeSecrets } from "../rehearsal/support/secretsLife";

describeSecrets({
  name: "azure-objectfs",
  file: "tests/stacks/azure-objectfs.yaml",
  copy: { type: "azure-native:keyvault:Secret", name: "moodle-secret-mailPassword" },
  change: { config: { "moodle:database": { retention: "10 d" } }, failing: { type: "azure-native:dbforpostgresql:Server", op: "update", kind: "kill-provider" } },
  origins: ["keyvault:Secret"],
  least: 20,
});

describeSecrets({
  name: "gcp-objectfs",
  file: "tests/stacks/gcp-objectfs.yaml",
  copy: { type: "gcp:secretmanager/secretVersion:SecretVersion", name: "moodle-secret-mailPassword" },
  change: { config: { "moodle:database": { retention: "10 d" } }, failing: { type: "gcp:sql/databaseInstance:DatabaseInstance", op: "update", kind: "kill-provider" } },
  origins: ["SecretVersion"],
  least: 20,
});

describeSecrets({
  name: "existing-shared",
  file: "tests/stacks/existing-shared.yaml",
  copy: { type: "kubernetes:core/v1:Secret", name: "moodle-secrets" },
  // A password that changes changes its copy.
  change: { config: {}, failing: { type: "kubernetes:core/v1:Secret", name: "moodle-secrets", op: "update", kind: "partial" } },
  origins: [],
  least: 15,
});
