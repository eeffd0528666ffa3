import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * What a page would do without Strata's engine, as functions put into the page under `window.bare`: links and checksums are made
 * beforehand and are not timed, so these loops are the least that a browser can do with the same bytes.
 */
export async function installBareLoops(page) {
  const hashWasm = readFileSync(createRequire(import.meta.url).resolve('hash-wasm/dist/crc64.umd.min.js'), 'utf8');
  await page.evaluate(`window.bareWorkerSource = ${JSON.stringify(`${hashWasm}\n;(${hashInWorker})();`)}`);
  await page.evaluate(`window.bare = (${bareLoops})()`);
}

function hashInWorker() {
  const made = hashwasm.createCRC64('9a6c9329ac4bc9b5');
  globalThis.onmessage = async ({ data: { id, blob } }) => {
    const crc = await made;
    const bytes = await blob.arrayBuffer();
    crc.init();
    crc.update(new Uint8Array(bytes));
    const crc64nvme = btoa(String.fromCharCode(...crc.digest('binary')));
    postMessage({ id, crc64nvme, bytes }, [bytes]);
  };
}

function bareLoops() {
  const input = document.createElement('input');
  input.type = 'file';
  input.id = 'bare-input';
  input.multiple = true;
  input.hidden = true;
  document.body.append(input);

  const worker = new Worker(URL.createObjectURL(new Blob([window.bareWorkerSource], { type: 'text/javascript' })));
  const waiting = new Map();
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)(data);
    waiting.delete(data.id);
  };
  let serial = 0;
  const hash = (blob) =>
    new Promise((resolve) => {
      serial += 1;
      waiting.set(serial, resolve);
      worker.postMessage({ id: serial, blob });
    });

  const api = async (method, path, body) => {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${json.detail}`);
    return json;
  };
  const put = ({ method, url, headers }, body) =>
    new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest();
      xhr.upload.onprogress = () => {};
      xhr.onload = () => (xhr.status === 200 ? resolve() : reject(new Error(`PUT ${xhr.status} ${xhr.responseText}`)));
      xhr.onerror = () => reject(new Error('PUT: no answer'));
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.send(body);
    });
  const inLanes = async (lanes, jobs, act) => {
    let next = 0;
    const lane = async () => {
      while (next < jobs.length) await act(jobs[next++]);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  const refused = (result) => new Error(`${result.path ?? ''} ${result.error.code}: ${result.error.detail}`);

  return {
    /**
     * One file in parts of the server's size, four at a time. Gives the ms from the first read to the last answer of the store.
     * `how`: `plain` without checksums, `buffer` sends the bytes that were hashed, `slice` hashes and then sends from disk.
     */
    async parts(library, path, how) {
      const [file] = input.files;
      const body = { files: [{ path, size: file.size, contentType: 'application/octet-stream', ifExists: 'fail' }] };
      const [result] = (await api('POST', `/libraries/${library}/uploads`, body)).results;
      if (!result.ok) throw refused(result);
      const { partSize, partCount } = result.plan;
      const slices = Array.from({ length: partCount }, (_, i) => file.slice(i * partSize, (i + 1) * partSize));
      const wanted = [];
      for (const [i, slice] of slices.entries())
        wanted.push({ number: i + 1, crc64nvme: (await hash(slice)).crc64nvme });
      const links = [];
      for (let at = 0; at < wanted.length; at += 64)
        links.push(...(await api('POST', `/uploads/${result.id}/parts`, { parts: wanted.slice(at, at + 64) })).parts);

      const began = performance.now();
      await inLanes(4, links, async (link) => {
        const slice = slices[link.number - 1];
        if (how === 'plain') return put(link, slice);
        const { crc64nvme, bytes } = await hash(slice);
        if (crc64nvme !== wanted[link.number - 1].crc64nvme) throw new Error('The file changed.');
        return put(link, how === 'buffer' ? bytes : slice);
      });
      const ms = performance.now() - began;
      await api('DELETE', `/uploads/${result.id}`);
      return ms;
    },

    /** Reserves and signs the chosen files. Gives the ids of the uploads; `puts` sends them and `complete` ends them. */
    async prepare(library, folder) {
      const files = [...input.files];
      window.bareJobs = [];
      const ids = [];
      for (let at = 0; at < files.length; at += 100) {
        const some = files.slice(at, at + 100);
        const asked = [];
        for (const file of some) {
          const { crc64nvme } = await hash(file);
          asked.push({
            path: folder + file.name,
            size: file.size,
            contentType: file.type || 'application/octet-stream',
            crc64nvme,
          });
        }
        const { results } = await api('POST', `/libraries/${library}/uploads`, { files: asked });
        for (const [i, result] of results.entries()) {
          if (!result.ok) throw refused(result);
          window.bareJobs.push({ link: result.plan, file: some[i] });
          ids.push(result.id);
        }
      }
      return ids;
    },

    /** Many small files, one PUT each, six at a time. Gives the ms from the first to the last. */
    async puts() {
      const began = performance.now();
      await inLanes(6, window.bareJobs, ({ link, file }) => put(link, file));
      return performance.now() - began;
    },

    async complete(ids) {
      for (let at = 0; at < ids.length; at += 100) {
        const { results } = await api('POST', '/uploads/complete', { ids: ids.slice(at, at + 100) });
        for (const result of results) if (!result.ok) throw refused(result);
      }
    },
  };
}
