import { MessageType } from '@/sdk/constants';
import {
  contentOf,
  copyTextOf,
  isLineKind,
  isMessageKind,
  kindReader,
  type Kinds,
  KINDS,
  previewTextOf,
  readMessage,
} from '@/stores/messages/kinds';
import type { KindSpec } from '@/stores/messages/kinds/kind-spec';
import { registerCustomParser } from '@/stores/messages/kinds/custom';

const custom = (json: unknown) => ({
  messageType: MessageType.CUSTOM,
  attachment: { raw: JSON.stringify(json) },
});

describe('the table of message kinds', () => {
  test('has a kind for each message type of the SDK', () => {
    for (const [name, messageType] of Object.entries(MessageType))
      expect(readMessage({ messageType }).kind).toBe(
        name === 'INVALID' ? 'unknown' : name.toLowerCase(),
      );
  });

  test('does not compile when a kind is missing', () => {
    const { text: _text, ...others } = KINDS;
    // @ts-expect-error The kind `text` is missing.
    const incomplete: Kinds = others;
    expect(Object.keys(incomplete)).not.toContain('text');
  });

  test('knows the kinds that are read from storage', () => {
    expect(['text', 'unknown', 'poll', 'toString', 7].map(isMessageKind)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('reads a type of a newer server as unknown', () => {
    expect(readMessage({ messageType: 77, text: 'x' })).toEqual({ kind: 'unknown', content: null });
    expect(readMessage({}).kind).toBe('unknown');
  });

  const junk = [undefined, null, 7, 'text', [], { raw: '{' }, { raw: 'null' }, { type: {} }];
  test.each(Object.entries(KINDS))(
    '%s reads wrong messages without an exception',
    (_kind, spec) => {
      const { messageType } = spec;
      for (const attachment of junk) {
        const read = readMessage({ messageType, attachment, text: attachment as string });
        expect(() => previewTextOf({ messageType, attachment })).not.toThrow();
        expect(() => copyTextOf(read)).not.toThrow();
      }
    },
  );
});

describe('the content of a message', () => {
  test('is given for its own kind only', () => {
    const read = readMessage({ messageType: MessageType.TEXT, text: 'hello' });
    expect(contentOf(read, 'text')).toEqual({ text: 'hello' });
    expect(contentOf(read, 'image')).toBeNull();
  });

  test('of a picture is its address, before the upload its path', () => {
    const read = (attachment: unknown) =>
      readMessage({ messageType: MessageType.IMAGE, attachment }).content;
    expect(read({ url: 'https://a/b.png', path: '/tmp/b.png', width: 3, height: 4 })).toEqual({
      url: 'https://a/b.png',
      name: '',
      ext: '',
      size: 0,
      width: 3,
      height: 4,
    });
    expect(read({ path: '/tmp/b.png' })).toMatchObject({ url: '/tmp/b.png', width: 0, height: 0 });
  });

  test('of a voice message has the waveform of its extension', () => {
    const read = (serverExtension?: string) =>
      readMessage({
        messageType: MessageType.AUDIO,
        attachment: { url: 'https://a/b.aac', duration: 1500 },
        serverExtension,
      }).content;
    expect(read('{"waveform":[0,50,400,"x",-1]}')).toMatchObject({
      url: 'https://a/b.aac',
      duration: 1500,
      waveform: [0, 50, 100, 0, 0],
    });
    for (const broken of [undefined, '{', '7', '[]', '{"waveform":"loud"}', `"${'x'.repeat(1e6)}"`])
      expect(read(broken)).toMatchObject({ waveform: [] });
  });

  test('of a location has no place when its coordinates are not on the earth', () => {
    const read = (latitude: unknown, longitude: unknown) =>
      readMessage({
        messageType: MessageType.LOCATION,
        attachment: { latitude, longitude, address: 'Hangzhou' },
      }).content;
    expect(read(30.2, -120.1)).toEqual({
      title: '',
      address: 'Hangzhou',
      place: { latitude: 30.2, longitude: -120.1 },
    });
    for (const wrong of [91, NaN, Infinity, '30', null, undefined]) {
      expect(read(wrong, 0)).toMatchObject({ place: null });
      expect(read(0, wrong === 91 ? 181 : wrong)).toMatchObject({ place: null });
    }
  });

  test('of a call is its outcome; null for another attachment', () => {
    const read = (attachment: unknown) =>
      readMessage({ messageType: MessageType.CALL, attachment }).content;
    const durations = [
      { accountId: 'ben', duration: 65 },
      { accountId: 'anna', duration: 64 },
    ];
    expect(read({ type: 2, status: 1, durations })).toEqual({
      type: 'video',
      outcome: 'answered',
      seconds: 65,
    });
    expect(read({ type: 1, status: 5, durations: [null] })).toMatchObject({ outcome: 'busy' });
    expect(read({ type: 1, status: 9 })).toBeNull();
    // A call of 200,000 members is more than an argument list of JavaScript takes.
    const crowd = Array.from({ length: 200_000 }, () => ({ duration: 7 }));
    expect(read({ type: 1, status: 1, durations: crowd })).toMatchObject({ seconds: 7 });
  });

  test('of a tip is a line; only texts can be copied', () => {
    const tip = readMessage({ messageType: MessageType.TIPS, text: 'welcome' });
    const text = readMessage({ messageType: MessageType.TEXT, text: 'hello' });
    expect([tip.kind, text.kind].map(isLineKind)).toEqual([true, false]);
    expect([tip, text].map(copyTextOf)).toEqual([undefined, 'hello']);
  });

  test('of a custom message has the value of the parser that is registered for its type', () => {
    registerCustomParser('vote', ({ choice }) => (typeof choice === 'string' ? choice : null));
    registerCustomParser('broken', () => {
      throw new Error('of the product');
    });
    const valueOf = (json: unknown) => contentOf(readMessage(custom(json)), 'custom')?.value;
    expect(valueOf({ type: 'vote', choice: 'tea' })).toBe('tea');
    expect(valueOf({ type: 'vote', choice: 7 })).toBeNull();
    expect(valueOf({ type: 'broken' })).toBeNull();
    expect(valueOf({ type: 'other' })).toBeNull();
    expect(valueOf({ choice: 'tea' })).toBeUndefined();
  });
});

describe('a further kind', () => {
  const POLL = 41;
  const pollKind: KindSpec<{ question: string }> = {
    messageType: POLL,
    parse: ({ text }) => ({ question: text ?? '' }),
    previewKey: 'preview.custom',
    copyText: ({ question }) => question,
  };

  test('is one entry of the table', () => {
    const { read } = kindReader({ ...KINDS, poll: pollKind });
    expect(read({ messageType: POLL, text: 'Tea?' })).toEqual({
      kind: 'poll',
      content: { question: 'Tea?' },
    });
    expect(read({ messageType: MessageType.TEXT, text: 'hello' }).kind).toBe('text');
  });
});
