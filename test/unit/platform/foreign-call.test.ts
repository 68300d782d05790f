import { foreignCall } from '@/platform/foreign-call';
import { FakeClock } from '../fakes/fake-clock';

describe('foreignCall', () => {
  const clock = new FakeClock();
  const limit = new Error('limit');
  const ended = new Error('ended');
  const bounds = { clock, limitMs: 1000, onLimit: () => limit };

  it('returns the result of a call and leaves no timer', async () => {
    await expect(foreignCall(() => Promise.resolve(7), bounds)).resolves.toBe(7);
    await expect(foreignCall(() => 8, bounds)).resolves.toBe(8);
    expect(clock.pending).toBe(0);
  });

  it('turns a synchronous throw into a rejection and leaves no timer', async () => {
    const cause = new Error('thrown');
    const call = () => {
      throw cause;
    };
    await expect(foreignCall(call, bounds)).rejects.toBe(cause);
    await expect(foreignCall(() => Promise.reject(cause), bounds)).rejects.toBe(cause);
    expect(clock.pending).toBe(0);
  });

  it('rejects at the limit without an answer, not earlier', async () => {
    let outcome: unknown = 'waiting';
    void foreignCall(() => new Promise(() => undefined), bounds).catch((error: unknown) => {
      outcome = error;
    });
    await clock.advance(999);
    expect(outcome).toBe('waiting');
    await clock.advance(1);
    expect(outcome).toBe(limit);
  });

  it('rejects when its operation ends, drops the late result and unsubscribes', async () => {
    const handlers = new Set<() => void>();
    const whenEnded = (handler: () => void) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    };
    let answer: (value: number) => void = () => undefined;
    const call = () => new Promise<number>((resolve) => (answer = resolve));
    const waiting = foreignCall(call, { ...bounds, whenEnded, onEnded: () => ended });
    for (const handler of handlers) handler();
    answer(7);
    await expect(waiting).rejects.toBe(ended);
    expect(handlers.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('makes no call when its operation has already ended', async () => {
    const call = jest.fn(() => 1);
    let isSubscribed = true;
    const whenEnded = (handler: () => void) => {
      handler();
      return () => (isSubscribed = false);
    };
    await expect(foreignCall(call, { ...bounds, whenEnded, onEnded: () => ended })).rejects.toBe(
      ended,
    );
    expect(call).not.toHaveBeenCalled();
    expect(isSubscribed).toBe(false);
  });
});
