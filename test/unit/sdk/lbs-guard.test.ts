import { type AdapterRequest, guardLbs, type LbsReport } from '@/sdk/lbs-guard';
import { FakeClock } from '../fakes/fake-clock';
import { fate } from '../fakes/rig';

const LBS = 'https://lbs.example/lbs';

function guarded(request: AdapterRequest) {
  const clock = new FakeClock();
  const reports: LbsReport[] = [];
  const ask = guardLbs(request, {
    lbsUrl: LBS,
    legalSocketHosts: ['link.example', 'link2.example'],
    clock,
    timeoutMs: 2500,
    report: (report) => reports.push(report),
  });
  return {
    clock,
    reports,
    ask: () => fate(ask(`${LBS}?k=key`)),
    askOther: () => fate(ask('https://other.example/')),
  };
}

const answer = (data: unknown) => () => Promise.resolve({ status: 200, data });

describe('the LBS guard', () => {
  it('keeps the first legal link, so that the SDK tries linkUrl second', async () => {
    const { clock, ask, reports } = guarded(
      answer({
        common: {
          'mix.link': ['evil.example:443', 'link.example:443'],
          'link.default': ['link2.example:443'],
        },
        nosup: ['nos.example'],
      }),
    );
    const result = ask();
    await clock.advance(0);
    expect(result.value?.data).toEqual({
      common: { 'mix.link': ['link.example:443'], 'link.default': [] },
      nosup: ['nos.example'],
    });
    expect(reports).toEqual([
      {
        kind: 'answer',
        links: ['link.example:443', 'link2.example:443'],
        dropped: ['evil.example:443'],
      },
    ]);
  });

  it.each<[string, AdapterRequest]>([
    ['silent', () => new Promise(() => undefined)],
    ['failing with a timeout', () => Promise.reject({ code: 191005, message: 'timeout' })],
    ['failing with 500', () => Promise.reject({ code: 500, message: 'oops' })],
    ['answering HTML', answer('<html></html>')],
    ['answering nothing', answer(undefined)],
    ['naming only foreign hosts', answer({ common: { 'mix.link': ['evil.example:443'] } })],
    ['naming no hosts', answer({ common: {} })],
  ])(
    'turns an LBS that is %s into a failure that makes the SDK use linkUrl within 3 s',
    async (_how, request) => {
      const { clock, ask } = guarded(request);
      const result = ask();
      await clock.advance(2500);
      // Neither 191005 nor 191002: on both codes the SDK gives up instead of using linkUrl.
      expect(result).toMatchObject({ status: 'rejected', code: 192006 });
      expect(clock.pending).toBe(0);
    },
  );

  it('passes every other request unchanged', async () => {
    const { clock, askOther, reports } = guarded(answer('<html></html>'));
    const result = askOther();
    await clock.advance(0);
    expect(result.status).toBe('resolved');
    expect(reports).toEqual([]);
  });

  it('reports why an answer is not used, and drops entries that are no addresses', async () => {
    const failure = async (request: AdapterRequest) => {
      const { clock, ask, reports } = guarded(request);
      const result = ask();
      await clock.advance(2500);
      expect(result.status).toBe('rejected');
      expect(clock.pending).toBe(0);
      return reports.at(-1);
    };
    const failed = (message: string) => ({ kind: 'failed', code: 192006, message });
    const reject = (cause: unknown) => () => Promise.reject(cause);
    expect(await failure(reject(new Error('broken')))).toEqual(failed('broken'));
    expect(await failure(reject({ message: 'oops' }))).toEqual(failed('oops'));
    expect(await failure(reject({ message: 7 }))).toEqual(failed('[object Object]'));
    expect(await failure(reject(null))).toEqual(failed('null'));
    expect(await failure(reject(['a']))).toEqual(failed('a'));
    const noCommon = failed('the LBS answer has no "common"');
    for (const data of [null, [], 'text', { common: null }, { common: [] }, { common: 'x' }])
      expect(await failure(answer(data))).toEqual(noCommon);
    const odd = { 'mix.link': ['', 7, 'evil.example:1'], 'link.default': 'link.example' };
    const { clock, ask, reports } = guarded(answer({ common: odd }));
    ask();
    await clock.advance(0);
    expect(reports).toEqual([
      { kind: 'answer', links: [], dropped: ['evil.example:1'] },
      failed('the LBS answer names no legal link host'),
    ]);
  });

  it('leaves no timer behind an answer', async () => {
    const { clock, ask } = guarded(answer({ common: { 'mix.link': ['link.example:443'] } }));
    ask();
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });
});
