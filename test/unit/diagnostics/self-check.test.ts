import { selfCheck, type CheckResult } from '@/packages/diagnostics/self-check';
import { fakePlatform } from '../stores/fakes/fake-connection';
import { TEST_ENV } from '../fakes/rig';

test('a host without an answer fails a single step; the later steps still run', async () => {
  const { platform, clock } = fakePlatform();
  platform.request = ({ url }) =>
    url.includes('lbs.example/lbs')
      ? new Promise(() => undefined)
      : Promise.resolve({ status: 200, body: 'session:60:60:websocket' });
  const results: CheckResult[] = [];
  const done = (async () => {
    const check = selfCheck({
      env: TEST_ENV,
      platform,
      trySocket: () => new Promise(() => undefined),
      isOnline: () => true,
    });
    for await (const result of check) results.push(result);
  })();
  await clock.advance(20_000);
  await done;
  expect(results.map(({ name, ok }) => [name, ok])).toEqual([
    ['lbs', false],
    ['handshake', true],
    ['socket', false],
    ['login', true],
    ['host', true],
    ['host', true],
  ]);
  expect(results[0]?.detail).toBe('no answer within 8000 ms');
});
