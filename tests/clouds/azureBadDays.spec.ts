import { describeBadDays } from "./badDays";

describeBadDays("azure", {
  step: /^deleted by hand: azure-native:dbforpostgresql:Server moodle-database /m,
  halfReplaced: "moodle-nat",
  restored: {
    "azure-objectfs": "azure-native:keyvault:Vault",
    "azure-block": "azure-native:compute:Snapshot",
  },
});
