import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { requireChromium } from '../../services/chromium.mjs';

/**
 * A Chromium driven by bare CDP with only Page, Runtime and DOM switched on. Playwright's Network domain copies every body and
 * makes uploads 15 times slower than they are (performance.md section 0.5), so it is no tool for measuring them.
 *
 * @param {{ args?: string[] }} [options]
 */
export async function openChromium({ args = [] } = {}) {
  const binary = await requireChromium(console.error);
  const dir = mkdtempSync(join(tmpdir(), 'strata-bench-chromium-'));
  const browser = spawn(
    binary,
    [
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${dir}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-timer-throttling',
      '--disable-renderer-backgrounding',
      '--window-size=1280,800',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...args,
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const portFile = join(dir, 'DevToolsActivePort');
  for (let tries = 0; !existsSync(portFile) || readFileSync(portFile, 'utf8').split('\n').length < 2; tries += 1) {
    if (tries > 200) throw new Error('Chromium did not open its debugging port within 20 s.');
    await sleep(100);
  }
  const port = readFileSync(portFile, 'utf8').split('\n')[0];
  const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
  const page = await connect(targets.find((target) => target.type === 'page').webSocketDebuggerUrl);
  await page.send('Page.enable');
  await page.send('Runtime.enable');
  await page.send('DOM.enable');
  return {
    pid: browser.pid,
    ...page,
    async close() {
      page.socket.close();
      const gone = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill('SIGTERM');
      await Promise.race([gone, sleep(5000)]);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function connect(url) {
  const socket = new WebSocket(url);
  const waiting = new Map();
  const listeners = new Map();
  let id = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.id === undefined) {
      for (const listener of listeners.get(message.method) ?? []) listener(message.params);
      return;
    }
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('No connection to Chromium.')), { once: true });
  });
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  /** Gives how to stop. */
  const on = (method, listener) => {
    listeners.set(method, [...(listeners.get(method) ?? []), listener]);
    return () =>
      listeners.set(
        method,
        listeners.get(method).filter((other) => other !== listener),
      );
  };
  const once = (method) =>
    new Promise((resolve) => {
      const listener = (params) => {
        listeners.set(
          method,
          listeners.get(method).filter((other) => other !== listener),
        );
        resolve(params);
      };
      listeners.set(method, [...(listeners.get(method) ?? []), listener]);
    });

  /** Runs an expression in the page and gives its value, waiting for a promise. */
  async function evaluate(expression) {
    const { result, exceptionDetails } = await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
  /** Calls `fn` in the page with JSON arguments. */
  const call = (fn, ...values) => evaluate(`(${fn})(${values.map((value) => JSON.stringify(value)).join(', ')})`);

  async function goto(url) {
    const loaded = once('Page.loadEventFired');
    await send('Page.navigate', { url });
    await loaded;
  }
  /** Asks the page ten times a second until it gives something true: asking takes its time too, from what is measured. */
  async function until(fn, what, seconds, ...values) {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const value = await call(fn, ...values);
      if (value) return value;
      if (performance.now() > end) throw new Error(`Waited ${seconds} s for ${what}.`);
      await sleep(100);
    }
  }
  /** Gives real files of this disk to a file input; `change` fires as if a person had chosen them. */
  async function setFiles(selector, files) {
    const { root } = await send('DOM.getDocument', { depth: 0 });
    const { nodeId } = await send('DOM.querySelector', { nodeId: root.nodeId, selector });
    if (!nodeId) throw new Error(`There is no ${selector} on the page.`);
    await send('DOM.setFileInputFiles', { nodeId, files });
  }
  return { socket, send, on, once, evaluate, call, goto, until, setFiles };
}
