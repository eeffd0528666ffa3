import { isOk, type ProbeKit, sendProbe } from './probe-kit.ts';
import { PROBE_BODY, signProbePut } from './sign-probe-put.ts';
import { unsignedUrl } from './unsigned-url.ts';

/** Asks over https, then the same over plain http with a good signature: no answer is as good as a refusal. */
export async function probeTls(kit: ProbeKit): Promise<void> {
  const secure = await sendProbe('GET', unsignedUrl(kit.bucket, ''));
  const answered = secure.status !== null;
  kit.step(answered, answered ? 'HTTPS is answered' : 'HTTPS should be answered, and was not', secure);
  // The Host header is signed, the scheme is not: without a policy the store takes the link over http as well.
  const signed = await signProbePut(kit.key(), { encryption: { kind: 'none' }, endpoint: 'public' });
  const plain = await sendProbe('PUT', signed.url.replace(/^https:/, 'http:'), {
    headers: signed.headers,
    body: PROBE_BODY,
  });
  // A redirect to https has carried the signature in the clear already, but stores nothing.
  const refused = plain.status === null || plain.status >= 300;
  const text = refused
    ? 'A signed upload over plain HTTP is refused'
    : 'A signed upload over plain HTTP should be refused, and was stored';
  kit.step(isOk(plain) ? false : refused, text, plain);
}
