import { soundMessage, soundMessages } from '@/sdk/sound-message';

const SOUND = {
  messageClientId: 'c1',
  messageServerId: '70001',
  senderId: 'ben',
  createTime: 5000,
  isSelf: false,
  text: 'hello',
};
const withField = (fields: object) => ({ ...SOUND, ...fields }) as typeof SOUND;

test('a sound message stays the same object', () => {
  expect(soundMessage(SOUND, 1)).toBe(SOUND);
});

test('a message without a server id is sound: those of chatrooms have none', () => {
  const { messageServerId: _, ...message } = SOUND;
  expect(soundMessage(message, 1)).toBe(message);
});

test.each([
  ['a missing time', { createTime: undefined }, { createTime: 4000 }],
  ['a time that is not a number', { createTime: NaN }, { createTime: 4000 }],
  ['an infinite time', { createTime: Infinity }, { createTime: 4000 }],
  ['a missing sender', { senderId: undefined }, { senderId: '' }],
  ['a sender that is a list', { senderId: [] }, { senderId: '' }],
  ['a server id that is a number', { messageServerId: 7 }, { messageServerId: '' }],
  ['a missing direction', { senderId: 1, isSelf: undefined }, { senderId: '', isSelf: false }],
])('%s is replaced', (_, given, expected) => {
  expect(soundMessage(withField(given), 4000)).toEqual({ ...SOUND, ...expected });
});

test('a text that is not a string is removed', () => {
  const { text: _, ...rest } = SOUND;
  expect(soundMessage(withField({ text: {} }), 1)).toEqual(rest);
});

test.each([undefined, '', 7, null])('a message with the id %p is left out', (messageClientId) => {
  expect(soundMessage(withField({ messageClientId }), 1)).toBeUndefined();
  expect(soundMessages([withField({ messageClientId }), SOUND], 1)).toEqual([SOUND]);
});

test('a message without a time has the time of the message before it', () => {
  const times = soundMessages(
    [NaN, 6000, undefined, 9000].map((createTime) => withField({ createTime })),
    4000,
  ).map(({ createTime }) => createTime);
  expect(times).toEqual([4000, 6000, 6000, 9000]);
});
