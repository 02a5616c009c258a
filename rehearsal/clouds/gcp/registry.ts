import { type Behaviour } from "../../provider/behaviour";
import { text } from "../../provider/properties";
import { assumed, replacedBy } from "./facts";
import { locationOf, projectOf } from "./place";
import { choiceProblems, labelNameProblems, located } from "./reference";

export const repository: Behaviour = {
  latency: assumed("0:12", "0:03", "0:12"),
  forceNew: replacedBy("artifactregistry/resource_artifact_registry_repository.go", [
    ...["format", "repositoryId", "kmsKeyName", "location", "mode", "mavenConfig.allowSnapshotOverwrites", "mavenConfig.versionPolicy"],
    ...["aptRepository", "commonRepository", "description", "dockerRepository", "mavenRepository", "npmRepository", "pythonRepository", "yumRepository"].map(
      (name) => `remoteRepositoryConfig.${name}`,
    ),
  ]),
  autoName: false,
  check: (inputs) => [...labelNameProblems(inputs, "repositoryId"), ...choiceProblems(inputs, "mode", ["STANDARD_REPOSITORY", "REMOTE_REPOSITORY", "VIRTUAL_REPOSITORY"])],
  ...located((inputs, context) => `locations/${locationOf(inputs, context)}/repositories/${text(inputs, "repositoryId")}`),
  outputs: (inputs, context) => {
    const location = locationOf(inputs, context);
    const name = text(inputs, "repositoryId") ?? "";
    return {
      name,
      location,
      registryUri: `${location}-docker.pkg.dev/${projectOf(inputs, context)}/${name}`,
      createTime: text(context.previous, "createTime") ?? context.timestamp,
      updateTime: context.timestamp,
    };
  },
};
