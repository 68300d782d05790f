import { autorun } from 'mobx';

const NOON = new Date(2026, 10, 27, 12).getTime();
const HOUR = 3_600_000;

function load(): typeof import('@/components/page/today') {
  let loaded: typeof import('@/components/page/today') | undefined;
  jest.isolateModules(() => (loaded = jest.requireActual('@/components/page/today')));
  if (!loaded) throw new Error('unreachable');
  return loaded;
}

describe('the current day of the labels', () => {
  beforeEach(() => jest.useFakeTimers({ now: NOON }));
  afterEach(() => jest.useRealTimers());

  function watched() {
    const { today } = load();
    const seen: number[] = [];
    // The MobX copy of the isolated module.
    const stop = (jest.requireActual('mobx') as { autorun: typeof autorun }).autorun(() => {
      seen.push(today.now());
    });
    return { today, seen, stop };
  }

  it('changes at midnight, once a day, and at no other time', () => {
    const { today, seen, stop } = watched();
    const end = today.watchMidnight();
    jest.advanceTimersByTime(11.9 * HOUR);
    today.refreshDay();
    expect(seen).toEqual([NOON]);
    jest.advanceTimersByTime(HOUR);
    expect(seen).toHaveLength(2);
    jest.advanceTimersByTime(24 * HOUR);
    expect(seen).toHaveLength(3);
    end();
    jest.advanceTimersByTime(48 * HOUR);
    expect(seen).toHaveLength(3);
    expect(jest.getTimerCount()).toBe(0);
    stop();
  });

  it('changes when a page is shown after a night without timers', () => {
    const { today, seen, stop } = watched();
    jest.setSystemTime(NOON + 24 * HOUR);
    expect(seen).toEqual([NOON]);
    today.refreshDay();
    expect(seen).toEqual([NOON, NOON + 24 * HOUR]);
    stop();
  });
});
