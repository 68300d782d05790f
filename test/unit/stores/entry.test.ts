import {
  acceptMessage,
  nextSendState,
  type SendEvent,
  type SendState,
  unsentEntry,
} from '@/stores/messages/entry';
import { acknowledgedId } from '@/stores/messages/timeline';
import { draft } from './fakes/builders';

const sending: SendState = { status: 'sending', errorCode: 0, progress: 0 };
const uploading: SendState = { status: 'sending', errorCode: 0, progress: 40 };
const failed: SendState = { status: 'failed', errorCode: 192003, progress: 40 };
const sent: SendState = { status: 'sent', errorCode: 0, progress: 100 };

describe('nextSendState', () => {
  test.each<[SendState, SendEvent, SendState]>([
    [sending, { type: 'progress', percent: 40 }, uploading],
    [uploading, { type: 'failed', code: 192003 }, failed],
    [failed, { type: 'retry' }, uploading],
    [failed, { type: 'accepted' }, sent],
    [uploading, { type: 'accepted' }, sent],
  ])('%j after %j is %j', (state, event, next) => {
    expect(nextSendState(state, event)).toEqual(next);
  });

  test.each<SendEvent>([
    { type: 'retry' },
    { type: 'progress', percent: 50 },
    { type: 'failed', code: 192004 },
    { type: 'accepted' },
  ])('a sent message stays sent after %j', (event) => {
    expect(nextSendState(sent, event)).toEqual(sent);
  });
});

describe('acceptMessage', () => {
  const own = () => draft({ text: 'own', createTime: 5000 });

  test('takes the time of the server', () => {
    const entry = unsentEntry(own());
    acceptMessage(entry, { ...entry.message, createTime: 6000 }, '70001');
    expect(entry).toMatchObject({ createTime: 6000, messageServerId: '70001' });
  });

  test.each([NaN, undefined, 'x'])('keeps its own time when the answer has %p', (createTime) => {
    const entry = unsentEntry(own());
    acceptMessage(entry, { ...entry.message, createTime: createTime as never }, '70001');
    expect(entry).toMatchObject({ createTime: 5000, messageServerId: '70001' });
    expect(entry.message).toMatchObject({ text: 'own', createTime: 5000 });
  });

  test('keeps its own content when the answer has another id', () => {
    const entry = unsentEntry(own());
    const { message } = entry;
    acceptMessage(entry, { ...message, messageClientId: 'other', text: 'other' }, '70001');
    expect(entry).toMatchObject({ message, messageClientId: message.messageClientId });
  });
});

test.each([
  ['70001', '70001'],
  ['0', ''],
  ['', ''],
  [undefined, ''],
  [7, ''],
  [[], ''],
])('the server id %p counts as %p', (messageServerId, expected) => {
  expect(acknowledgedId({ messageServerId })).toBe(expected);
});
