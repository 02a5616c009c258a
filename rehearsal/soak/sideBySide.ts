import { Interrupted } from "../interruption";

/**
 * Does the work of every item, some at a time.
 *
 * @returns what was through when it was interrupted, if it was
 * @throws what the work of an item throws, once the others at work are through
 */
export async function sideBySide<Item, Result>(jobs: number, items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const left = [...items];
  const results: Result[] = [];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) results.push(await work(item));
  };
  const workers = await Promise.allSettled(Array.from({ length: jobs }, worker));
  const failed = workers.find((ended) => ended.status === "rejected" && !(ended.reason instanceof Interrupted));
  if (failed?.status === "rejected") throw failed.reason;
  return results;
}
