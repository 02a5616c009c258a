"use strict";

const repaintMilliseconds = 500;
const lineMilliseconds = 30_000;

exports.progressOn = function progressOn(stream) {
  return {
    say: (line) => void stream.write(`${line}\n`),
    during: (what, work) => (stream.isTTY ? repainted(stream, what, work) : reported(stream, what, work)),
  };
};

exports.silent = { say: () => undefined, during: (_what, work) => work(() => undefined) };

async function repainted(stream, what, work) {
  const started = Date.now();
  let detail = "";
  const text = () => `${what}${detail && `, ${detail}`} (${elapsed(started)})`;
  const paint = () => stream.write(`\r\x1b[2K${text().slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
  paint();
  const timer = setInterval(paint, repaintMilliseconds);
  try {
    return await work((next) => void (detail = next));
  } finally {
    clearInterval(timer);
    stream.write(`\r\x1b[2K${text()}\n`);
  }
}

async function reported(stream, what, work) {
  const started = Date.now();
  let detail = "";
  stream.write(`${what}\n`);
  const timer = setInterval(
    () => stream.write(`  still at it${detail && `: ${detail}`} (${elapsed(started)})\n`),
    lineMilliseconds,
  );
  try {
    return await work((next) => void (detail = next));
  } finally {
    clearInterval(timer);
  }
}

function elapsed(started) {
  const seconds = Math.round((Date.now() - started) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
