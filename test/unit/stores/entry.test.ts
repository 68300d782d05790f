import { nextSendState, type SendEvent, type SendState } from '@/stores/messages/entry';

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
