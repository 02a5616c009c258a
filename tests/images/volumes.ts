import { folders } from "../../components/moodle/environment";
import type { Mount } from "../../images/onThisMachine/sandbox";
import type { Lab } from "./support/lab";
import { secrets as ofEverySite, type Variables } from "./environments";

/** What the chart mounts into a pod, files by their paths below the folder. */
export interface Volumes {
  /** Secret files beside those that every site has; an empty text takes one of those away. */
  readonly secrets?: Variables;
  /** Files beside `settings.json`. */
  readonly configuration?: Variables;
  readonly token?: string;
  /** What stands in the place of Moodle's code. */
  readonly code?: Variables;
  /** What stands in the place of other files of the image, by its whole path. */
  readonly files?: Variables;
}

/** The mounts of a pod with these volumes. */
export function mountsOf(lab: Lab, { secrets, configuration, token, code, files = {} }: Volumes): Readonly<Record<string, Mount>> {
  const folderWith = (contents: Variables) => ({ from: lab.folderWith(Object.fromEntries(Object.entries(contents).filter(([, text]) => text !== ""))) });
  return {
    [folders.configuration]: folderWith({ "settings.json": "{}", ...configuration }),
    [folders.secrets]: folderWith({ ...ofEverySite, ...secrets }),
    ...(token !== undefined && { [folders.token]: folderWith({ token }) }),
    ...(code && { "/opt/moodle/code": folderWith(code) }),
    ...Object.fromEntries(Object.entries(files).map(([place, text]) => [place, { from: `${folderWith({ file: text }).from}/file` }])),
  };
}
