import { checkText, setTextCheck, type TextVerdict } from '@/stores/messages/text-check';
import { FakeClock, settle } from '../fakes/fake-clock';

const PLACE = { id: 'me|1|peer', kind: 'message' } as const;

function setUp() {
  const clock = new FakeClock();
  const done: string[] = [];
  const write = (text: string) =>
    checkText(text, PLACE, clock, {
      send: (sent) => done.push(`sent ${sent}`),
      refuse: (reason) => done.push(`refused ${reason}`),
    });
  return { clock, done, write };
}

afterEach(() => setTextCheck(null));

describe('the check of a product', () => {
  test('is none by default: a text is sent at once', () => {
    const { done, write } = setUp();
    write('a');
    expect(done).toEqual(['sent a']);
  });

  test('lets a text pass, replaces it, or refuses it with a reason', async () => {
    const { done, write } = setUp();
    const asked: unknown[] = [];
    const verdicts: Record<string, TextVerdict> = {
      b: { text: 'B' },
      c: { refuse: 'no c' },
      d: undefined,
    };
    setTextCheck((text, place) => {
      asked.push([text, place]);
      return verdicts[text] ?? null;
    });
    for (const text of ['a', 'b', 'c', 'd']) write(text);
    await settle();
    expect(done).toEqual(['sent a', 'sent B', 'refused no c', 'sent d']);
    expect(asked[0]).toEqual(['a', PLACE]);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
    ['gives no answer for 3 s', () => new Promise(() => undefined)],
    ['answers a number', () => 7],
    ['answers an empty text', () => ({ text: ' ' })],
    ['answers fields of wrong types', () => ({ text: 1, refuse: 2 })],
  ])('that %s lets the text pass', async (_, answer) => {
    const { clock, done, write } = setUp();
    setTextCheck(answer as never);
    write('a');
    await clock.advance(2999);
    await clock.advance(1);
    expect(done).toEqual(['sent a']);
  });

  test('keeps the order of the texts, also when the first answer is late', async () => {
    const { clock, done, write } = setUp();
    setTextCheck((text) =>
      text === 'a'
        ? new Promise((resolve) => clock.setTimeout(() => resolve({ text: 'A' }), 1000))
        : null,
    );
    write('a');
    write('b');
    await clock.advance(1000);
    expect(done).toEqual(['sent A', 'sent b']);
  });
});
