/** How a web pod's memory becomes PHP-FPM workers. All figures in MiB. */

/**
 * Compiling all of Moodle's scripts took 451 MiB of opcache and 62 MiB of interned strings when measured on 5.1; both
 * figures rounded up. The strings are part of the opcache's memory.
 */
export const opcacheMemory = 512;
export const internedStringsMemory = 64;

/** Localisable caches kept in the pod. An estimate. */
export const apcuMemory = 64;

/** nginx, the FPM master and what the kernel counts to the pod. An estimate. */
const overhead = 100;

/**
 * A busy worker. Idle ones took 11 to 20 MiB when measured; Moodle's own limit for an ordinary page is 128 MiB. An
 * estimate between the two.
 */
const worker = 80;

/** Moodle raises the limit of a page that needs it to 384 MiB (MEMORY_EXTRA): one such page must fit beside all others. */
const extraPage = 384;

/** PHP's `memory_limit`, which Moodle raises by itself where a page needs more. Its own MEMORY_STANDARD. */
export const memoryLimit = 128;

/** @returns the workers a pod of this memory runs, at least 2. */
export function phpWorkers(podMemory: number): number {
  return Math.max(2, Math.floor((podMemory - opcacheMemory - apcuMemory - overhead - extraPage) / worker));
}

export function explainWorkers(podMemory: number): string {
  return `(${podMemory} MiB - ${opcacheMemory} opcache - ${apcuMemory} APCu - ${overhead} overhead - ${extraPage} for one large page) / ${worker} a worker`;
}
