import { mergedText } from '@/packages/chat/forward/merged-text';
import { messagesIn } from '@/packages/chat/merged/merged-file';
import { message } from '../stores/fakes/builders';

jest.mock('@tarojs/taro', () => ({}));

// The ESM build reads a global `self` while it is evaluated.
Object.assign(globalThis, { self: undefined });
const { V2NIMMessageConverter } = jest.requireActual<{
  V2NIMMessageConverter: new (core: object) => { messageSerialization(message: unknown): string };
}>('nim-web-sdk-ng/dist/esm/nim');

const SENDER = { name: '陈', avatar: 'https://a/b.png' };
const MESSAGES = [
  message({ text: '早[大笑]\n"x"', serverExtension: '{"waveform":[1,2],"own":"secret"}' }),
  message({
    messageType: 1,
    text: '',
    attachment: {
      url: 'https://a/i.jpg',
      name: 'i',
      size: 7,
      md5: 'ab',
      width: 3,
      height: 4,
      ext: '.jpg',
      path: 'wxfile://mine',
      raw: '{}',
      uploadState: 1,
    } as never,
  }),
  message({
    messageType: 2,
    attachment: { url: 'https://a/s.aac', duration: 2000, ext: '.aac' } as never,
  }),
  message({
    messageType: 4,
    text: '西湖',
    attachment: { latitude: 30, longitude: 120, address: '杭州' } as never,
  }),
  message({
    messageType: 100,
    conversationType: 2,
    attachment: { raw: '{"type":101,"data":{"url":"https://a/m"}}' } as never,
  }),
];

describe('the file of merged messages', () => {
  const text = mergedText(MESSAGES, () => SENDER);

  test('is read by this client as it was written', () => {
    const read = messagesIn(text);
    expect(read.map(({ kind }) => kind)).toEqual(['text', 'image', 'audio', 'location', 'custom']);
    expect(read[0]).toMatchObject({
      senderId: 'peer',
      senderName: '陈',
      senderAvatar: 'https://a/b.png',
      createTime: MESSAGES[0]?.createTime,
      content: { text: '早😄\n"x"' },
    });
    expect(read[1]?.content).toMatchObject({ url: 'https://a/i.jpg', width: 3, height: 4 });
    expect(read[2]?.content).toMatchObject({ duration: 2000, ext: '.aac' });
    expect(read[3]?.content).toMatchObject({ title: '西湖', address: '杭州' });
    expect(read[4]?.content).toMatchObject({ value: { url: 'https://a/m' } });
  });

  test("has the fields of the SDK's own converter in each line, and names no file of this device", () => {
    const converter = new V2NIMMessageConverter({});
    const [header = '', ...lines] = text.split('\n');
    expect(JSON.parse(header)).toMatchObject({ version: 1, message_count: 5 });
    const parsed = (json: string): Record<string, unknown> => {
      const fields = JSON.parse(json) as Record<string, unknown>;
      const attachment = fields[10];
      return {
        ...fields,
        10: typeof attachment === 'string' && attachment ? JSON.parse(attachment) : undefined,
        15: undefined,
      };
    };
    lines.forEach((line, i) => {
      const own = parsed(converter.messageSerialization(MESSAGES[i]));
      expect(parsed(line)).toMatchObject({ ...pick(own, parsed(line)) });
      expect(line).not.toContain('wxfile');
    });
    expect(JSON.parse(JSON.parse(lines[0] ?? '{}')[15] as string)).toEqual({
      waveform: [1, 2],
      mergedMessageNickKey: '陈',
      mergedMessageAvatarKey: 'https://a/b.png',
    });
  });
});

/** The fields of the converter that are written here too. */
function pick(all: Record<string, unknown>, wanted: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key]]));
}
