import { listenGuarded } from '@/connection/service-events';
import type { NimPort } from '@/sdk';

/** A service that calls its handlers as the SDK does: inside its socket callback, one after another. */
function emitter() {
  const handlers = new Map<string, ((...args: unknown[]) => void)[]>();
  return {
    on: (event: string, handler: (...args: unknown[]) => void) =>
      void handlers.set(event, [...(handlers.get(event) ?? []), handler]),
    off: (event: string, handler: (...args: unknown[]) => void) =>
      void handlers.set(
        event,
        (handlers.get(event) ?? []).filter((one) => one !== handler),
      ),
    emit: (event: string, ...args: unknown[]) =>
      handlers.get(event)?.forEach((handler) => handler(...args)),
  };
}

describe('listening to the SDK', () => {
  function rig() {
    const message = emitter();
    const thrown: string[] = [];
    let isOver = false;
    const nim = {
      listen: (_: string, event: string, handler: (...args: unknown[]) => void) => {
        message.on(event, handler);
        return () => message.off(event, handler);
      },
    } as unknown as NimPort;
    const guard = { isOver: () => isOver, onThrow: (text: string) => void thrown.push(text) };
    const received: unknown[] = [];
    const stop = listenGuarded(
      nim,
      'message',
      'onReceiveMessages',
      (messages) => {
        for (const { text } of messages) received.push((text as string).trim());
      },
      guard,
    );
    return { message, thrown, received, stop, end: () => (isOver = true) };
  }

  it('catches the error of a handler on a malformed push and reports the error', () => {
    const { message, thrown, received } = rig();
    expect(() => message.emit('onReceiveMessages', [{ text: null }])).not.toThrow();
    expect(thrown).toHaveLength(1);
    expect(thrown[0]).toMatch(/^message onReceiveMessages: /);
    message.emit('onReceiveMessages', [{ text: ' fine ' }]);
    expect(received).toEqual(['fine']);
  });

  it('delivers nothing after the end of the connection or after stop', () => {
    const { message, received, stop, end } = rig();
    end();
    message.emit('onReceiveMessages', [{ text: 'late' }]);
    expect(received).toEqual([]);
    const other = rig();
    other.stop();
    other.message.emit('onReceiveMessages', [{ text: 'late' }]);
    expect(other.received).toEqual([]);
    stop();
  });
});
