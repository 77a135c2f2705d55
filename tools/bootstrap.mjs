/*
 * node tools/bootstrap.mjs <entry.ts> [arguments]
 *
 * Runs a TypeScript program of the project on the Node that the project pins, installing both first if need be. This
 * file is all there is in a fresh clone, so it imports nothing but Node and is written so that even Node 14 can read it
 * and say which Node is needed.
 */
import { spawn, spawnSync } from 'child_process';
import { createHash } from 'crypto';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const OLDEST_NODE = 20;
const LONGEST_INSTALL_MS = 30 * 60 * 1000;
const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.sochi-installed');
const PINNED_NODE = path.join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
const INSTALL_LOCK = path.join(ROOT, 'var', 'install.lock');

/** One sentence for the person who started this; thrown, so that locks are given back on the way out. */
class Refusal extends Error {}

function fail(sentence) {
  throw new Refusal(sentence);
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function lockFingerprint() {
  try {
    const lock = fs.readFileSync(path.join(ROOT, 'package-lock.json'));
    return createHash('sha256').update(lock).update(process.platform).update(os.arch()).digest('hex');
  } catch {
    return fail('package-lock.json is missing: the copy of the project is incomplete, clone it again.');
  }
}

/** Whether npm's own record of what it installed agrees with the lock file: somebody may have run npm by hand. */
function recordAgrees() {
  const wanted = (readJson(path.join(ROOT, 'package-lock.json')) || {}).packages || {};
  const installed = (readJson(path.join(MODULES, '.package-lock.json')) || {}).packages;
  if (!installed) return false;
  const present = Object.keys(wanted).every(function (name) {
    const found = installed[name];
    if (!found) return name === '' || wanted[name].optional === true || wanted[name].devOptional === true;
    return found.version === wanted[name].version && found.link === wanted[name].link;
  });
  return present && fs.existsSync(PINNED_NODE);
}

function isInstalled() {
  const fingerprint = lockFingerprint();
  try {
    if (fs.readFileSync(STAMP, 'utf8') === fingerprint && fs.existsSync(PINNED_NODE)) return true;
  } catch {
    // no stamp yet
  }
  if (!recordAgrees()) return false;
  stampInstall();
  return true;
}

function stampInstall() {
  try {
    fs.writeFileSync(STAMP, lockFingerprint());
  } catch {
    // node_modules may be read-only: then the record is compared again next time
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function sleep(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Takes the lock if nobody alive holds it. The file appears with its content in one step, so it is never half there. */
function tryTakeLock() {
  const mine = INSTALL_LOCK + '.' + process.pid;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, INSTALL_LOCK);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  } finally {
    fs.unlinkSync(mine);
  }
  const holder = Number(fs.readFileSync(INSTALL_LOCK, 'utf8'));
  const isRecent = Date.now() - fs.statSync(INSTALL_LOCK).mtimeMs < LONGEST_INSTALL_MS;
  if (isAlive(holder) && isRecent) return false; // an old lock's number may by now be a stranger's
  breakLock(holder);
  return tryTakeLock();
}

/** Removes the lock of a dead process; a lock that somebody else has renewed meanwhile is put back. */
function breakLock(dead) {
  const aside = INSTALL_LOCK + '.dead.' + process.pid;
  fs.renameSync(INSTALL_LOCK, aside);
  if (Number(fs.readFileSync(aside, 'utf8')) !== dead) fs.linkSync(aside, INSTALL_LOCK);
  fs.unlinkSync(aside);
}

/** Two commands at once in a fresh clone: one installs, the other waits for it. */
function withInstallLock(work) {
  let told = false;
  try {
    fs.mkdirSync(path.dirname(INSTALL_LOCK), { recursive: true });
    fs.accessSync(path.dirname(INSTALL_LOCK), fs.constants.W_OK);
  } catch (error) {
    failUnwritable(error);
  }
  for (;;) {
    let taken = false;
    try {
      taken = tryTakeLock();
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error; // lost a race: try again
    }
    if (taken) break;
    if (!told) process.stderr.write('Another command is installing in this folder; waiting for it ...\n');
    told = true;
    sleep(300);
  }
  try {
    work();
  } finally {
    fs.unlinkSync(INSTALL_LOCK);
  }
}

function failUnwritable(error) {
  if (error.code === 'ENOSPC') fail('The disk is full: free some space for ' + ROOT + ' and start again.');
  fail(
    'Cannot write to ' + ROOT + ': give this user the right to write there, or clone the project elsewhere.',
  );
}

/** The environment without node_modules/.bin in PATH: npm must not run on the Node that it is about to replace. */
function environmentForNpm() {
  const own = path.join(MODULES, '.bin');
  const parts = (process.env.PATH || '').split(path.delimiter);
  const PATH = parts.filter((part) => path.resolve(part) !== own).join(path.delimiter);
  return Object.assign({}, process.env, { PATH });
}

function install() {
  if (isInstalled()) return; // done by the one we waited for
  const env = environmentForNpm();
  const shell = process.platform === 'win32';
  if (spawnSync('npm', ['--version'], { env, shell, stdio: 'ignore' }).status !== 0) {
    fail('npm is needed and was not found: install Node.js ' + OLDEST_NODE + ' or newer together with npm.');
  }
  try {
    fs.accessSync(fs.existsSync(MODULES) ? MODULES : ROOT, fs.constants.W_OK);
  } catch (error) {
    failUnwritable(error);
  }
  process.stderr.write('Installing what the lock file names (npm ci); this takes a minute or two ...\n');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--progress=true'];
  const { status } = spawnSync('npm', args, { cwd: ROOT, env, shell, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    fail(
      'Installing failed: npm ci ended with code ' +
        status +
        ' (its message is above); mend that and start again.',
    );
  }
  stampInstall();
}

function wantedNode() {
  const manifest = readJson(path.join(ROOT, 'package.json')) || {};
  return 'v' + (manifest.dependencies || {}).node;
}

function checkPinnedNode() {
  const result = spawnSync(PINNED_NODE, ['--version'], { encoding: 'utf8' });
  const version = (result.stdout || '').trim();
  if (version === wantedNode()) return;
  fail(
    'Node ' +
      wantedNode() +
      ' was not installed with the project (found: ' +
      (version || 'none') +
      '): ' +
      'npm probably may not run install scripts here; delete node_modules and run "npm ci --ignore-scripts=false".',
  );
}

/** The parent of a process, where the system tells (Linux). */
function parentOf(pid) {
  try {
    const stat = fs.readFileSync('/proc/' + pid + '/stat', 'utf8');
    return stat.slice(stat.lastIndexOf(')')).split(' ')[2];
  } catch {
    return undefined;
  }
}

/**
 * npm stands above us, behind a shell that dies of a signal without passing it on and outlives a killed npm. Started by
 * npm, we stop the program when either is gone: nobody would be left to stop it.
 */
function stopWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const watch = setInterval(function () {
    if (process.ppid !== shell || parentOf(shell) !== npm) child.kill('SIGTERM');
  }, 250);
  watch.unref();
}

/** Runs the program and ends as it ends: signals go through to it, its exit code comes back. */
function run(args) {
  const child = spawn(PINNED_NODE, [path.resolve(ROOT, args[0])].concat(args.slice(1)), {
    // The channel carries no messages: its closing tells the program that this process is gone.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal);
    });
  });
  stopWithNpm(child);
  child.on('error', function (error) {
    process.stderr.write('Cannot run ' + PINNED_NODE + ': ' + error.message + '\n');
    process.exit(1);
  });
  child.on('exit', function (code, signal) {
    process.exit(signal ? 128 + (os.constants.signals[signal] || 0) : code);
  });
}

function prepareAndRun(args) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    fail(
      'Node.js ' +
        OLDEST_NODE +
        ' or newer is needed; this is ' +
        process.version +
        ': install it from nodejs.org.',
    );
  }
  if (!args[0]) fail('usage: node tools/bootstrap.mjs <entry.ts> [arguments]');
  if (!isInstalled()) withInstallLock(install);
  checkPinnedNode();
  run(args);
}

/** Runs `args[0]`, a TypeScript program, with the rest as its arguments. */
export function bootstrap(args) {
  try {
    prepareAndRun(args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(error.message + '\n');
    process.exitCode = 1;
  }
}

if (process.argv[1] && pathToFileURL(fs.realpathSync(process.argv[1])).href === import.meta.url) {
  bootstrap(process.argv.slice(2));
}
