import { expect, it } from 'vitest';
import { type FlowCall, planFlow } from './plan-flow.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 25, 12, 0, seconds));
const call = (step: FlowCall['step'], seconds: number, files = 1): FlowCall => ({
  at: at(seconds),
  step,
  files,
  requestBytes: 400,
  responseBytes: 1_000,
  ms: 500,
});
const bytesIn = (calls: FlowCall[], upload: Parameters<typeof planFlow>[1]) =>
  planFlow(calls, upload).map(({ step, ms, bytesUp }) => [step, ms, bytesUp]);

it('one PUT goes to the store between the start and the completion', () => {
  expect(bytesIn([call('start', 0), call('complete', 5)], { size: 9_000, arrivedAt: at(4), parts: false })).toEqual([
    ['start', 500, 400],
    ['bytes', 3_500, 9_000],
    ['complete', 500, 400],
  ]);
});

it('parts begin with their first links', () => {
  const calls = [call('start', 0), call('parts', 1), call('parts', 8), call('complete', 20)];
  expect(bytesIn(calls, { size: 1e9, arrivedAt: at(20), parts: true }).map(([step]) => step)).toEqual([
    'start',
    'parts',
    'bytes',
    'parts',
    'complete',
  ]);
});

it('a call about several files is shared, and a time that cannot be is not told', () => {
  const [start, bytes] = planFlow([call('start', 3, 4)], { size: 10, arrivedAt: at(3), parts: false });
  expect([start?.bytesUp, start?.bytesDown, start?.files]).toEqual([100, 250, 4]);
  expect(bytes?.ms).toBeNull();
});

it('without arrival there are only calls', () => {
  expect(bytesIn([call('start', 0)], { size: 10, arrivedAt: null, parts: false })).toEqual([['start', 500, 400]]);
});
