import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';

type Data = string | ArrayBuffer | ArrayBufferView;

/** The signer derives one key a day and keeps the array, so this holds one entry a day and identity. */
const keys = new WeakMap<object, KeyObject>();

function keyObject(secret: ArrayBuffer | ArrayBufferView): KeyObject {
  let key = keys.get(secret);
  if (!key) {
    key = createSecretKey(toBytes(secret));
    keys.set(secret, key);
  }
  return key;
}

const toBytes = (data: Data): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};

/**
 * SHA-256 and its HMAC for the signer. The SDK's own hands the signing key to Node as bytes each time, for which Node 24 takes
 * 21 us in place of 4 with a key object [measured].
 */
export class SigningHash {
  readonly #secret: Data | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Data) {
    this.#secret = secret;
    this.#hash = this.#start();
  }

  #start(): Hash | Hmac {
    if (this.#secret === undefined) return createHash('sha256');
    return createHmac('sha256', typeof this.#secret === 'string' ? this.#secret : keyObject(this.#secret));
  }

  update(data: Data): void {
    this.#hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#start();
  }
}
