import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { md5Of } from '@/packages/chat/merged/md5';
import { messagesIn } from '@/packages/chat/merged/merged-file';

jest.mock('@tarojs/taro', () => ({}));

const HEADER = JSON.stringify({ version: 1, terminal: 'web', message_count: 2 });
/** A line as the SDK's converter writes it. */
const line = (fields: Record<number, unknown>) => JSON.stringify(fields);
const extension = JSON.stringify({
  mergedMessageNickKey: '陈',
  mergedMessageAvatarKey: 'https://a/b.png',
});

describe('a file of forwarded messages', () => {
  test('has a message in each line after the header', () => {
    const file = [
      HEADER,
      line({ 2: 'chen', 7: 1_700_000_000_000, 8: 0, 9: '早[大笑]', 11: 'c1', 15: extension }),
      line({
        2: 'dora',
        7: '5',
        8: '1',
        10: JSON.stringify({ url: 'https://a/i.jpg', w: 3, h: 4 }),
      }),
      line({
        2: 'dora',
        8: 2,
        10: JSON.stringify({ url: 'https://a/s.aac', dur: 2000, ext: 'aac' }),
      }),
      line({ 2: 'dora', 8: 4, 10: JSON.stringify({ lat: 30, lng: 120, title: '杭州' }) }),
      line({ 2: 'dora', 8: 100, 10: JSON.stringify({ type: 101, data: { url: 'https://a/m' } }) }),
    ].join('\n');
    const [text, image, sound, place, nested] = messagesIn(file);
    expect(text).toMatchObject({
      senderId: 'chen',
      senderName: '陈',
      senderAvatar: 'https://a/b.png',
      createTime: 1_700_000_000_000,
      kind: 'text',
    });
    expect(image).toMatchObject({
      senderName: 'dora',
      senderAvatar: '',
      createTime: 5,
      kind: 'image',
      content: { url: 'https://a/i.jpg', width: 3, height: 4 },
    });
    expect(sound?.content).toMatchObject({ duration: 2000, ext: '.aac' });
    expect(place?.content).toMatchObject({
      place: { latitude: 30, longitude: 120 },
      address: '杭州',
    });
    expect(nested?.content).toMatchObject({ type: '101', value: { url: 'https://a/m' } });
  });

  test('is read without a header, with empty and broken lines', () => {
    const file = `\n{\nnull\n[]\n7\n${line({ 8: 0, 9: 'a' })}\r\n${line({ 8: 99 })}\n`;
    expect(messagesIn(file).map(({ kind }) => kind)).toEqual(['text', 'unknown']);
  });

  test('names no file of this device', () => {
    const attachment = JSON.stringify({ path: 'wxfile://usr/secret.png' });
    expect(messagesIn(line({ 8: 1, 10: attachment }))[0]?.content).toMatchObject({ url: '' });
  });

  test('is read up to 200 messages', () => {
    const file = Array.from({ length: 300 }, () => line({ 8: 0, 9: 'a' })).join('\n');
    const messages = messagesIn(file);
    expect(messages).toHaveLength(200);
    expect(new Set(messages.map(({ messageClientId }) => messageClientId)).size).toBe(200);
  });

  test('never throws', () => {
    const field = fc
      .anything({ maxDepth: 2 })
      .map((value) => (typeof value === 'bigint' ? 0 : value));
    const record = fc.dictionary(fc.constantFrom('2', '7', '8', '9', '10', '11', '15'), field);
    const lines = fc.array(fc.oneof(record.map(safeJson), fc.json(), fc.string()));
    fc.assert(
      fc.property(lines, (all) => {
        for (const message of messagesIn(all.join('\n'))) {
          expect(typeof message.senderName).toBe('string');
          expect(message.createTime).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 14, numRuns: 500 },
    );
  });
});

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? 0 : each)) ?? '';
}

describe('the MD5 of a text', () => {
  test.each(['', 'a', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), '早上好😂', 'é\n'])(
    'of %j is that of its bytes',
    (text) => {
      expect(md5Of(text)).toBe(createHash('md5').update(text).digest('hex'));
    },
  );

  test('of any text is that of its bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(md5Of(text)).toBe(createHash('md5').update(text).digest('hex'));
      }),
      { seed: 14 },
    );
  });
});
