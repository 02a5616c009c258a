"use strict";

const { randomUUID } = require("node:crypto");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const pollMilliseconds = 200;
const beatMilliseconds = 5_000;
// Far above the beat, so that a machine under load does not lose a lock it holds.
const silentMilliseconds = 120_000;
// Taking a dead lock away is a few file operations; who has not ended after this long was killed in the middle.
const removalMilliseconds = 10_000;

exports.withLock = async function withLock(folder, onWait, work) {
  const owner = { token: randomUUID(), pid: process.pid, host: os.hostname() };
  await acquire(folder, owner, onWait);
  const beat = setInterval(() => touch(folder), beatMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (read(folder)?.token === owner.token) fs.rmSync(folder, { recursive: true, force: true });
  }
};

async function acquire(folder, owner, onWait) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  let told = false;
  while (!take(folder, owner)) {
    if (isDead(folder)) {
      removeDead(folder);
      continue;
    }
    if (!told) onWait(read(folder)?.pid);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

// The folder appears with its owner inside, by a rename, so nobody ever sees a lock without one.
function take(folder, owner) {
  const prepared = `${folder}.${owner.token}`;
  fs.mkdirSync(prepared);
  fs.writeFileSync(path.join(prepared, "owner.json"), JSON.stringify(owner));
  try {
    fs.renameSync(prepared, folder);
    return true;
  } catch (error) {
    fs.rmSync(prepared, { recursive: true, force: true });
    if (["ENOTEMPTY", "EEXIST", "EPERM"].includes(error.code)) return false;
    throw error;
  }
}

function read(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, "owner.json"), "utf8"));
  } catch {
    return undefined;
  }
}

function isDead(folder) {
  const owner = read(folder);
  const age = ageOf(folder);
  if (age === undefined) return false;
  return (owner?.host === os.hostname() && !isAlive(owner.pid)) || age > silentMilliseconds;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

// Removals are done one at a time, and look again first: else the second of two waiters would take away the lock that
// the first has just acquired.
function removeDead(folder) {
  const removal = `${folder}.removal`;
  try {
    fs.mkdirSync(removal);
  } catch {
    if ((ageOf(removal) ?? 0) > removalMilliseconds) fs.rmSync(removal, { recursive: true, force: true });
    return;
  }
  try {
    if (isDead(folder)) fs.rmSync(folder, { recursive: true, force: true });
  } finally {
    fs.rmSync(removal, { recursive: true, force: true });
  }
}

function ageOf(file) {
  try {
    return Date.now() - fs.statSync(file).mtimeMs;
  } catch {
    return undefined;
  }
}

function touch(folder) {
  try {
    fs.utimesSync(folder, new Date(), new Date());
  } catch {
    // The user emptied the cache; the work under way does not need it.
  }
}
